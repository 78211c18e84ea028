"""An article and its source -> the text of the file as `check --fix` and `clean` write it.

Only the fields that are new are written into the front matter; the author's own lines, comments and
order stay as they are.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timezone

import yaml

from publisher.content.head import split
from publisher.model import CleanArticle, FrontMatter, Image, Line, Origin, Source

Plain = str | tuple[str, ...] | Mapping[str, str]


def rewritten(source: Source, before: FrontMatter, cleaned: CleanArticle, added: Mapping[str, Plain]) -> str:
    """The file's new text: `added` fields in its front matter, the cleaned body below it.

    `before` is the front matter as it stands; a key of it that is written again was empty and makes way.
    A text without front matter gets a YAML block when there is a field to write.
    """
    head = split(source.path, source.text)
    body = body_text(cleaned.article.lines)
    if not head.kind and not added:
        return body
    fence = "+++" if head.kind == "toml" else "---"
    empty = {line - head.first for key, line in before.lines.items() if key in added}
    kept = [line for number, line in enumerate(head.text.split("\n")) if number not in empty]
    block = _toml(kept, added) if head.kind == "toml" else _yaml(kept, added)
    return f"{fence}\n{block}{fence}\n\n{body}" if body else f"{fence}\n{block}{fence}\n"


def body_text(lines: tuple[Line, ...]) -> str:
    """The lines as the text of a file: no blank ones first or last, one line end after the last."""
    text = "\n".join(line.text for line in lines)
    body = re.sub(r"\A([^\S\n]*\n)+", "", text).rstrip()
    return f"{body}\n" if body else ""


def moved_fields(before: FrontMatter, after: FrontMatter) -> dict[str, Plain]:
    """What cleaning moved into fields that were empty, as plain values ready to be written."""
    found: dict[str, Plain] = {}
    for key in ("title", "date", "updated", "authors", "summary", "section", "source", "image", "language"):
        old, new = getattr(before, key), getattr(after, key)
        if new and new != old and (value := as_plain(new)):
            found["author" if key == "authors" and len(value) == 1 else key] = _single(key, value)
    return found


def as_plain(value: object) -> Plain:
    """A front-matter value as the text, list or block that stands for it in a file."""
    match value:
        case datetime():
            # An offset that the text itself gives is part of the date; the publication's own zone is not.
            own = not isinstance(value.tzinfo, timezone)
            midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.date().isoformat() if own and midnight else value.isoformat(timespec="seconds")
        case Origin(name=name, url=url, license=license_, author=author):
            parts = {"name": name, "url": url, "license": license_, "author": author}
            return {k: v for k, v in parts.items() if v} if url or license_ or author else name
        case Image(src=src, alt=alt, credit=credit):
            return {k: v for k, v in {"src": src, "alt": alt, "credit": credit}.items() if v}
        case tuple():
            return tuple(map(str, value))
        case _:
            return str(value)


def _single(key: str, value: Plain) -> Plain:
    return value[0] if key == "authors" and isinstance(value, tuple) and len(value) == 1 else value


def _yaml(kept: list[str], added: Mapping[str, Plain]) -> str:
    lines = "\n".join(kept).strip("\n")
    new = "".join(_yaml_pair(key, value) for key, value in added.items())
    return (f"{lines}\n" if lines else "") + new


def _yaml_pair(key: str, value: Plain) -> str:
    data = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
    if isinstance(data, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:+-]+)?", data):
        return f"{key}: {data}\n"
    return yaml.safe_dump({key: data}, allow_unicode=True, width=10**6, sort_keys=False)


def _toml(kept: list[str], added: Mapping[str, Plain]) -> str:
    """New keys stand before the first table: behind it they would belong to the table."""
    table = next((n for n, line in enumerate(kept) if _opens_table(kept, n, line)), len(kept))
    new = [f"{key} = {_toml_value(value)}" for key, value in added.items()]
    return "\n".join([*kept[:table], *new, *kept[table:]]).strip("\n") + "\n"


def _opens_table(lines: list[str], number: int, line: str) -> bool:
    """Whether a `[` opens a table: inside a text or list what stands above is unfinished TOML."""
    if not line.lstrip().startswith("["):
        return False
    try:
        tomllib.loads("\n".join(lines[:number]))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False
    return True


def _toml_value(value: Plain) -> str:
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple():
            return f"[{', '.join(map(_toml_value, value))}]"
        case _:
            pairs = ", ".join(f"{key} = {_toml_value(text)}" for key, text in value.items())
            return f"{{ {pairs} }}"
