"""A file `sources/NAME.toml` -> what is known of that source; and what was learned -> the file's text.

What stands above the mark is the editor's and stays character for character. What stands below it is
written by `publish learn`; there only `action = "keep"` is the editor's, and outlives the next run.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publisher.clean.recurring import Recurring
from publisher.clean.text import label
from publisher.content.slugs import slugify
from publisher.content.spelling import nearest
from publisher.errors import Problems, PublishError
from publisher.settings import KnownBlock, KnownLine, KnownSource

MARK = "# ---- learned: `publish learn` writes what follows; above this line everything is yours ----"
_HEAD = """\
# What articles of this source have in common; docs/sources.md tells what may stand here.
# An article is of this source if front matter, the canonical link's host or the top folder is one of these:
names = {names}
"""
_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"names", "strict", "line", "block"}),
    "line": frozenset({"text", "action", "confidence", "count", "share", "example"}),
    "block": frozenset({"lines", "action", "confidence", "count", "share", "example"}),
}
_SURE = 1.0  # what an editor writes by hand
_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "lines": (list,),
    "names": (list,),
    "strict": (bool,),
    "action": (str,),
    "confidence": (int, float),
    "count": (int,),
    "share": (int, float),
    "example": (str,),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One [[line]] or [[block]]: its texts, and whether it is to stay."""

    texts: tuple[str, ...]
    keep: bool
    confidence: float

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label(text) for text in self.texts)


def read_source(name: str, text: str) -> KnownSource:
    """What the file `name` says. Raises Problems with every mistake: unknown keys, wrong values."""
    table = _table(name, text)
    problems = list(_mistakes(name, "", table))
    for kind in ("line", "block"):
        for number, each in enumerate(table.get(kind, ()), 1):
            where = f"{name} [[{kind}]] {number}"
            problems.extend(_mistakes(where, kind, each))
    if problems:
        raise Problems(problems)
    entries = list(_entries(table))
    stem = name.rpartition("/")[2].removesuffix(".toml")
    names = tuple(dict.fromkeys(slugify(str(each)) for each in (stem, *table.get("names", ()))))
    lines = [
        KnownLine(each, entry.confidence, entry.keep)
        for entry in entries
        if len(entry.texts) == 1 or entry.keep
        for each in entry.labels
    ]
    blocks = [
        KnownBlock(entry.labels, entry.confidence)
        for entry in entries
        if len(entry.texts) > 1 and not entry.keep
    ]
    return KnownSource(names, tuple(lines), tuple(blocks), table.get("strict"))


def written(name: str, before: str, names: Sequence[str], learned: Iterable[Recurring]) -> str:
    """The file's new text. `before` is "" for a new one; `names` are written only there.

    What the editor's part says of a line is not repeated below the mark. Raises as `read_source`.
    """
    own = before.partition(MARK)[0] if MARK in before else before
    read_source(name, before)
    said = {entry.labels for entry in _entries(_table(name, own))}
    kept = {entry.labels for entry in _entries(_table(name, before)) if entry.keep} - said
    head = own if own.strip() else _HEAD.format(names=_toml(list(names))) + "\n"
    out = [head if head.endswith("\n") else f"{head}\n", f"{MARK}\n"]
    for each in learned:
        labels = tuple(label(text) for text in each.texts)
        if labels not in said:
            out.append(_item(each, keep=labels in kept))
            kept.discard(labels)
    out += [_gone(entry) for entry in _entries(_table(name, before)) if entry.labels in kept]
    return "".join(out)


def _item(each: Recurring, keep: bool) -> str:
    single = len(each.texts) == 1
    listed = "".join(f"  {_toml(text)},\n" for text in each.texts)
    facts = f"text = {_toml(each.texts[0])}\n" if single else f"lines = [\n{listed}]\n"
    return (
        f"\n[[{'line' if single else 'block'}]]\n{facts}"
        f'action = "{"keep" if keep else "drop"}"\n'
        f"confidence = {each.confidence:.2f}\ncount = {each.count}\nshare = {each.share:.2f}\n"
        f"example = {_toml(each.example)}\n"
    )


def _gone(entry: _Entry) -> str:
    """A line to keep that does not recur any more: the editor's word stands."""
    if len(entry.texts) == 1:
        return f'\n[[line]]\ntext = {_toml(entry.texts[0])}\naction = "keep"\n'
    return f'\n[[block]]\nlines = {_toml(list(entry.texts))}\naction = "keep"\n'


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise PublishError(f"{name}:{line[1]}" if line else name, f"broken TOML: {error}") from error


def _entries(table: Mapping[str, Any]) -> Iterator[_Entry]:
    for kind in ("line", "block"):
        for each in table.get(kind, ()):
            texts = (each["text"],) if kind == "line" else tuple(each["lines"])
            sure = float(each.get("confidence", _SURE))
            yield _Entry(texts, each.get("action") == "keep", sure)


def _mistakes(where: str, kind: str, table: object) -> Iterator[PublishError]:
    if not isinstance(table, Mapping):
        yield PublishError(where, f"{kind} must be a table", f"[[{kind}]]")
        return
    for key, value in table.items():
        if key not in _KEYS[kind]:
            yield PublishError(where, f"unknown key {key!r}", nearest(key, sorted(_KEYS[kind])))
        elif message := _wrong(key, value):
            yield PublishError(where, f"{key}: {message}")
    needed = {"line": "text", "block": "lines"}.get(kind)
    if needed and needed not in table:
        yield PublishError(where, f"`{needed}` is missing")


def _wrong(key: str, value: object) -> str:
    if key in {"line", "block"}:
        return "" if isinstance(value, list) else f"write [[{key}]]"
    if type(value) not in _TYPES[key]:
        return f"expected {' or '.join(each.__name__ for each in _TYPES[key])}, found {value!r}"
    match key, value:
        case "action", str() if value not in {"drop", "keep"}:
            return f'expected "drop" or "keep", found {value!r}'
        case "confidence" | "share", int() | float() if not 0 <= value <= 1:
            return f"expected a number from 0 to 1, found {value}"
        case _:
            texts = value if isinstance(value, list) else [value] if key == "text" else []
            return "" if all(map(_says, texts)) else "expected texts with words in them"


def _says(text: object) -> bool:
    """A text without words would match every line of dashes."""
    return isinstance(text, str) and bool(label(text))
