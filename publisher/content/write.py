"""An article and its source -> the text of the file as `check --fix` and `clean` write it.

Only the fields that are new are written into the front matter; the author's own lines, comments and
order stay as they are.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime

import yaml

from publisher.content.head import Head, split
from publisher.model import CleanArticle, FrontMatter, Image, Line, Origin, Source

Plain = str | tuple[str, ...] | Mapping[str, str]


def rewritten(source: Source, cleaned: CleanArticle, added: Mapping[str, Plain]) -> str:
    """The file's new text: `added` fields in its front matter, the cleaned body below it.

    A text without front matter gets a YAML block when there is a field to write.
    """
    head = split(source.path, source.text)
    body = body_text(cleaned.article.lines)
    if not head.kind and not added:
        return body
    fence = "+++" if head.kind == "toml" else "---"
    block = _toml(head, added) if head.kind == "toml" else _yaml(head, added)
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
            midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
            return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
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


def _yaml(head: Head, added: Mapping[str, Plain]) -> str:
    kept = [line for line in head.text.split("\n") if not _empty_key(line, added, ":")]
    lines = "\n".join(kept).rstrip("\n")
    new = "".join(_yaml_pair(key, value) for key, value in added.items())
    return (f"{lines}\n" if lines else "") + new


def _yaml_pair(key: str, value: Plain) -> str:
    data = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
    if isinstance(data, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:+-]+)?", data):
        return f"{key}: {data}\n"
    return yaml.safe_dump({key: data}, allow_unicode=True, width=10**6, sort_keys=False)


def _toml(head: Head, added: Mapping[str, Plain]) -> str:
    """New keys stand before the first table: behind it they would belong to the table."""
    kept = [line for line in head.text.split("\n") if not _empty_key(line, added, "=")]
    table = next((n for n, line in enumerate(kept) if line.lstrip().startswith("[")), len(kept))
    new = [f"{key} = {_toml_value(value)}" for key, value in added.items()]
    return "\n".join([*kept[:table], *new, *kept[table:]]).strip("\n") + "\n"


def _toml_value(value: Plain) -> str:
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple():
            return f"[{', '.join(map(_toml_value, value))}]"
        case _:
            pairs = ", ".join(f"{key} = {_toml_value(text)}" for key, text in value.items())
            return f"{{ {pairs} }}"


def _empty_key(line: str, added: Mapping[str, Plain], sign: str) -> bool:
    """`date:` without a value makes way for the date that is written."""
    key, found, value = line.partition(sign)
    return bool(found) and key.strip() in added and value.strip() in {"", '""', "''", "null", "~", "[]"}
