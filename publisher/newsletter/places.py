"""A template and its values -> which line of which template file each place of its output comes from.

Jinja forgets this. So the template is filled once more, with a mark before every line of its own text;
the marks are taken out again and tell. Needed only when something is wrong, so it costs nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from publisher.templating import fill

# Noncharacters (Unicode 23.7): no text that is meant to be read holds them.
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_SHUT}]*){_SHUT}")


@dataclass(frozen=True, slots=True)
class Places:
    """Offsets in the output, ascending, and the `file:line` that holds from each of them on."""

    offsets: tuple[int, ...]
    lines: tuple[str, ...]

    def at(self, offset: int) -> str:
        """The `file:line` of the template that made this place of the output."""
        return self.lines[max(0, bisect_right(self.offsets, offset) - 1)] if self.lines else ""


class _Marks(Extension):
    """Puts a mark before each line of a template's own text; runs before anything is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        origin = stream.filename or stream.name or ""
        for token in stream:
            if token.type == "data":
                lines = token.value.split("\n")
                marked = (
                    f"{_OPEN}{origin}:{token.lineno + at}{_SHUT}{line}" for at, line in enumerate(lines)
                )
                yield Token(token.lineno, token.type, "\n".join(marked))
            else:
                yield token


def trace(made: Environment, name: str, values: Mapping[str, object]) -> Places:
    """Where each place of `fill(made, name, values)` comes from. Raises what `fill` raises."""
    marked = fill(made.overlay(extensions=[_Marks]), name, values)
    offsets: list[int] = []
    lines: list[str] = []
    taken = 0
    for mark in _MARK.finditer(marked):
        offsets.append(mark.start() - taken)
        lines.append(mark[1])
        taken += len(mark[0])
    return Places(tuple(offsets), tuple(lines))
