"""An editor's file for one issue of a newsletter -> its day and newsletter, typed front matter, and its text.

`newsletter/2026-11-20.md` is for all newsletters of that day, `newsletter/weekly/2026-11-20.md` for one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from publisher.content.article import front_values
from publisher.content.head import split
from publisher.content.spelling import misspelt
from publisher.content.values import Value, plain
from publisher.errors import Problems, PublishError
from publisher.model import Image, Line

KEYS = ("subject", "preheader", "lead", "order", "first", "sponsor")
_SPONSOR = ("text", "url", "label", "image")
_IMAGE = ("src", "alt")
_ORDERS = ("section", "newest", "oldest")
_PATH = re.compile(r"newsletter/(?:([^/]+)/)?(\d{4}-\d\d-\d\d)\.[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoteHead:
    """What front matter says; empty where it is silent. `first` are sections, `sponsor` plain texts."""

    texts: Mapping[str, str]
    first: tuple[str, ...]
    sponsor: Mapping[str, str]
    image: Image | None
    lines: Mapping[str, int]


def note_place(path: str) -> tuple[str, date]:
    """The newsletter ('' for all) and the day that a note is for. Raises PublishError for other names."""
    found = _PATH.fullmatch(path)
    try:
        if found:
            return found[1] or "", date.fromisoformat(found[2])
    except ValueError:
        pass
    hint = "this folder has newsletter/2026-11-20.md or newsletter/NAME/2026-11-20.md; no articles"
    raise PublishError(path, "this is no day's file", hint)


def read_note(path: str, text: str) -> tuple[NoteHead, tuple[Line, ...]]:
    """Front matter and text. Raises Problems (or PublishError) with all mistakes, each with its line."""
    head = split(path, text)
    top = next((line for line in head.body if line.text.strip()), None)
    if not head.kind and top and top.text.strip() in {"---", "+++"}:
        where = f"{path}:{top.number}"
        raise PublishError(where, "this is no front matter", "keys stand between two lines ---")
    values = front_values(path, head)
    reader = _Reader(path, [])
    found = reader.known(values, KEYS)
    note = NoteHead(
        {key: reader.text(key, found.get(key)) for key in ("subject", "preheader", "lead")}
        | {"order": reader.order(found.get("order"))},
        reader.texts(found.get("first")),
        *reader.sponsor(found.get("sponsor")),
        {key: value.line for key, value in values.items()},
    )
    if reader.problems:
        raise Problems(reader.problems)
    return note, head.body


@dataclass(slots=True)
class _Reader:
    """Takes values apart and collects what is wrong with them."""

    path: str
    problems: list[PublishError]

    def known(self, values: Mapping[str, Value], keys: tuple[str, ...]) -> dict[str, Value]:
        for key in values.keys() - set(keys):
            near = misspelt(key, keys)
            hint = f"did you mean {near!r}?" if near else f"known are {', '.join(keys)}"
            self._problem(values[key].line, f"unknown key {key!r}", hint)
        return {key: value for key, value in values.items() if plain(value) is not None}

    def text(self, key: str, value: Value | None) -> str:
        if value is None:
            return ""
        if isinstance(value.data, list | dict):
            self._problem(value.line, f"{key}: expected text", "one line")
            return ""
        return " ".join(str(value.data).split())

    def order(self, value: Value | None) -> str:
        text = self.text("order", value)
        if value and text not in _ORDERS:
            self._problem(value.line, f"order: found {text!r}", f"one of {', '.join(_ORDERS)}")
        return text

    def texts(self, value: Value | None) -> tuple[str, ...]:
        if value is None:
            return ()
        items = value.data if isinstance(value.data, list) else [value]
        return tuple(text for item in items if (text := self.text("first", item)))

    def sponsor(self, value: Value | None) -> tuple[dict[str, str], Image | None]:
        if value is None:
            return {}, None
        if not isinstance(value.data, dict):
            self._problem(value.line, "sponsor: expected a block", "{text: …, url: https://…}")
            return {}, None
        parts = self.known(value.data, _SPONSOR)
        texts = {key: self.text(key, parts.get(key)) for key in ("text", "url", "label")}
        if not texts["text"]:
            self._problem(value.line, "sponsor: `text` is missing", "the words that readers see")
        if not _is_secure(texts["url"]):
            line = parts["url"].line if "url" in parts else value.line
            self._problem(line, f"sponsor: `url` is no secure web address: {texts['url']!r}", "https://…")
        return texts, self._image(parts.get("image"))

    def _image(self, value: Value | None) -> Image | None:
        if value is None:
            return None
        if not isinstance(value.data, dict):
            return Image(self.text("image", value))
        parts = self.known(value.data, _IMAGE)
        src = self.text("src", parts.get("src"))
        if not src:
            self._problem(value.line, "image: `src` is missing", "the picture's path or its address")
        return Image(src, self.text("alt", parts.get("alt")))

    def _problem(self, line: int, message: str, hint: str) -> None:
        self.problems.append(PublishError(f"{self.path}:{line}", message, hint))


def _is_secure(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and " " not in url
    except ValueError:
        return False
