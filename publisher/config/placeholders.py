"""A line with placeholders (`{title}: {lead}`) and their values -> the line filled."""

from collections.abc import Mapping
from string import Formatter

PLACEHOLDERS = ("title", "lead", "date")


def fill(template: str, values: Mapping[str, str]) -> str:
    """A format string of which only the bare names of `values` are understood: `{lead}`, not `{lead.x}`.

    Raises ValueError that says what is wrong and how to mend it.
    """
    try:
        pieces = list(Formatter().parse(template))
    except ValueError as error:
        raise ValueError(f"{template!r}: {error} (a brace itself is written {{{{ or }}}})") from error
    filled = []
    for literal, name, spec, conversion in pieces:
        if name is not None and (name not in values or spec or conversion):
            known = ", ".join(f"{{{each}}}" for each in values)
            raise ValueError(f"unknown placeholder {{{name}}} (known are {known})")
        filled += [literal, values[name] if name else ""]
    return "".join(filled)
