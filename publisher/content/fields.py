"""A tree of values -> typed front matter. Every mistake is collected: file, line, nearest spelling."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from publisher.content.aliases import read_alias
from publisher.content.dates import in_zone, parse_date, within_years
from publisher.content.slugs import is_slug, slugify
from publisher.content.spelling import misspelt
from publisher.content.values import Value, plain
from publisher.errors import Problems, PublishError
from publisher.model import FrontMatter, Image, Origin

T = TypeVar("T")

KEYS = (
    *("title", "date", "updated", "slug", "author", "authors", "summary", "section", "tags", "image"),
    *("language", "draft", "featured", "canonical_url", "source", "id", "publish"),
    *("aliases", "noindex"),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_ADDRESS = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
# XML cannot carry these (XML 1.0, production 2); bidi overrides can make a headline lie.
_FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False, "": False}


def read_fields(path: str, values: Mapping[str, Value], zone: ZoneInfo) -> FrontMatter:
    """Typed front matter; dates without zone are read in `zone`. Raises Problems with every mistake."""
    reader = _Reader(path, values, zone)
    front = FrontMatter(
        title=reader.get("title", reader.line_of_text),
        date=reader.get("date", reader.date, None),
        updated=reader.get("updated", reader.date, None),
        slug=reader.get("slug", reader.slug),
        authors=reader.get("authors", reader.texts, ()) or reader.get("author", reader.texts, ()),
        summary=reader.get("summary", reader.line_of_text),
        section=reader.get("section", reader.line_of_text),
        tags=reader.get("tags", reader.tags, ()),
        image=reader.get("image", reader.image, None),
        language=reader.get("language", reader.language),
    )
    front = replace(
        front,
        draft=reader.get("draft", reader.switch, False),
        featured=reader.get("featured", reader.switch, False),
        canonical_url=reader.get("canonical_url", reader.address),
        source=reader.get("source", reader.origin, None),
        id=reader.get("id", reader.line_of_text),
        keep=reader.get("publish", reader.keep, ()),
        aliases=reader.get("aliases", reader.aliases, ()),
        noindex=reader.get("noindex", reader.switch, False),
        extra=reader.extra(),
        lines={key: value.line for key, value in values.items()},
    )
    reader.finish()
    return front


def clean_text(text: str) -> str:
    """One line of text that any output can carry: no controls, no bidi overrides, single spaces, NFC."""
    return unicodedata.normalize("NFC", " ".join(_FORBIDDEN.sub(" ", text).split()))


class _Mistake(ValueError):
    """What is wrong with one value, and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(slots=True)
class _Reader:
    """Reads keys one by one and remembers what was wrong with each."""

    path: str
    values: Mapping[str, Value]
    zone: ZoneInfo
    problems: list[PublishError] = field(default_factory=list)

    def get(self, key: str, convert: Callable[[Value], T], default: T | str = "") -> T:
        value = self.values.get(key)
        if value is None or value.data is None or (value.bare and value.data in {"", "~", "null"}):
            return default  # type: ignore[return-value]  # the default of a text is the empty text
        try:
            return convert(value)
        except _Mistake as mistake:
            self._problem(value.line, f"{key}: {mistake}", mistake.hint)
        except ValueError as error:
            self._problem(value.line, f"{key}: {error}")
        return default  # type: ignore[return-value]  # never used: `finish` raises

    def finish(self) -> None:
        if "author" in self.values and "authors" in self.values:
            self._problem(self.values["author"].line, "both author and authors are given", "keep one of them")
        if self.problems:
            raise Problems(self.problems)

    def extra(self) -> dict[str, object]:
        """Keys that are not ours; one that is almost ours is taken for a slip."""
        found = {key: value for key, value in self.values.items() if key not in KEYS}
        for key, value in found.items():
            if near := misspelt(key, [known for known in KEYS if known not in self.values]):
                self._problem(value.line, f"unknown key {key!r}", f"did you mean {near!r}?")
        return {key: plain(value) for key, value in found.items()}

    def text(self, value: Value) -> str:
        match value.data:
            case str(text):
                return _FORBIDDEN.sub("", text).strip()
            case bool() | int() | float() | date():
                return str(value.data)
            case _:
                raise _expected(value, "text")

    def line_of_text(self, value: Value) -> str:
        return clean_text(self.text(value))

    def texts(self, value: Value) -> tuple[str, ...]:
        items = value.data if isinstance(value.data, list) else [value]
        found = tuple(self.line_of_text(item) for item in items)
        return tuple(dict.fromkeys(text for text in found if text))

    def tags(self, value: Value) -> tuple[str, ...]:
        if isinstance(value.data, str):
            parts = [Value(part, value.line) for part in value.data.split(",")]
            return self.texts(Value(parts, value.line))
        return self.texts(value)

    def aliases(self, value: Value) -> tuple[str, ...]:
        return tuple(dict.fromkeys(read_alias(text) for text in self.texts(value)))

    def date(self, value: Value) -> datetime:
        match value.data:
            case str(text):
                return in_zone(parse_date(text), self.zone)
            case date() as moment:
                return in_zone(within_years(moment), self.zone)
            case _:
                raise _expected(value, "a date such as 2026-11-20")

    def slug(self, value: Value) -> str:
        slug = self.text(value)
        if set(slug) & set("/\\") or slug.strip(".") == "":
            raise _Mistake(
                f"{slug!r} would leave its folder", "a slug is one part of an address, without slashes"
            )
        if not is_slug(slug):
            proper = slugify(slug)
            raise _Mistake(
                f"{slug!r} is not fit for an address", f"write {proper!r}" if proper else "use letters"
            )
        return slug

    def language(self, value: Value) -> str:
        if not _LANGUAGE.match(tag := self.text(value)):
            raise _Mistake(f"{tag!r} is not a language tag", "write a BCP 47 tag such as en, de or pt-BR")
        return tag

    def switch(self, value: Value) -> bool:
        if isinstance(value.data, bool):
            return value.data
        if isinstance(value.data, str) and value.data.lower() in _SWITCH:
            return _SWITCH[value.data.lower()]
        raise _expected(value, "true or false")

    def address(self, value: Value) -> str:
        if not _ADDRESS.match(url := self.text(value)) or " " in url:
            raise _Mistake(f"{url!r} is not a web address", "it begins with https://")
        return url

    def image(self, value: Value) -> Image:
        if isinstance(value.data, dict):
            parts = self._parts(
                value, {"src": self.text, "alt": self.line_of_text, "credit": self.line_of_text}
            )
            if not parts.get("src"):
                raise _Mistake("a picture needs `src`", "give the file's path or its address")
            return Image(self._picture(parts["src"]), parts.get("alt", ""), parts.get("credit", ""))
        return Image(self._picture(self.text(value)))

    def _picture(self, src: str) -> str:
        try:
            urlsplit(src)
        except ValueError:
            raise _Mistake(f"{src!r} is neither a path nor a web address") from None
        return src

    def origin(self, value: Value) -> Origin:
        if isinstance(value.data, dict):
            text = self.line_of_text
            parts = self._parts(value, {"name": text, "url": self.address, "license": text, "author": text})
            if not parts.get("name"):
                raise _Mistake("a source needs `name`", "name the publication the article comes from")
            return Origin(**parts)
        return Origin(self.line_of_text(value))

    def keep(self, value: Value) -> tuple[str, ...]:
        if not isinstance(value.data, dict):
            raise _Mistake("expected a block with `keep`", 'publish: {keep: [DU001, "a text to keep"]}')
        return self._parts(value, {"keep": self.texts}).get("keep", ())

    def _parts(self, value: Value, readers: Mapping[str, Callable[[Value], T]]) -> dict[str, T]:
        assert isinstance(value.data, dict)  # noqa: S101  (asked by the caller)
        parts: dict[str, T] = {}
        for key, item in value.data.items():
            if key not in readers:
                near = misspelt(key, list(readers))
                known = f"did you mean {near!r}?" if near else f"known are {', '.join(readers)}"
                raise _Mistake(f"unknown key {key!r}", known)
            if item.data is not None:
                parts[key] = readers[key](item)
        return parts

    def _problem(self, line: int, message: str, hint: str = "") -> None:
        self.problems.append(PublishError(f"{self.path}:{line}", message, hint))


def _expected(value: Value, expected: str) -> _Mistake:
    kinds = {list: "a list", dict: "a block of keys", str: "text", bool: "true or false"}
    found = kinds.get(type(value.data), f"{value.data!r}")
    return _Mistake(f"expected {expected}, found {found if found != 'text' else repr(value.data)}")
