"""Entries in any order -> those to publish, newest first; and what makes two of them impossible together."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from publisher.errors import PublishError
from publisher.model import Entry

Reason = Literal["draft", "future", "empty"]


@dataclass(frozen=True, slots=True)
class Lineup:
    """The articles that go out, newest first, what is withheld with the reason, pages and authors by path."""

    entries: tuple[Entry, ...]
    withheld: tuple[tuple[Entry, Reason], ...]
    pages: tuple[Entry, ...] = ()

    @property
    def every(self) -> tuple[Entry, ...]:
        """Articles, then pages and authors."""
        return (*self.entries, *self.pages)


def line_up(entries: Iterable[Entry], now: datetime, drafts: bool = False, future: bool = False) -> Lineup:
    """Newest first, equal dates by path. Drafts, articles dated after `now` and empty ones are withheld."""
    by_path = sorted(entries, key=lambda e: e.card.path)
    ordered = sorted(by_path, key=lambda e: (e.card.kind == "article", e.card.date), reverse=True)
    shown: list[Entry] = []
    withheld: list[tuple[Entry, Reason]] = []
    for entry in ordered:
        reason = _reason(entry, now, drafts, future)
        if reason:
            withheld.append((entry, reason))
        else:
            shown.append(entry)
    articles = tuple(entry for entry in shown if entry.card.kind == "article")
    return Lineup(articles, tuple(withheld), tuple(sorted(shown[len(articles) :], key=lambda e: e.card.path)))


def clashes(entries: Iterable[Entry], folder: str = "") -> list[PublishError]:
    """Two articles with one id, one chosen slug or one address (also by case or Unicode form alone).

    Messages name the other article below `folder` (`content/`).
    """
    known = tuple(entries)
    chosen = [entry for entry in known if "slug" in entry.lines and entry.card.kind == "article"]
    return [
        *_shared(known, "id", folder, "give one of them an id of its own"),
        *_shared(chosen, "slug", folder, "change one of the two"),
        *_shared(known, "url", folder, "give one of them a `slug` of its own"),
    ]


def folded(path: str) -> str:
    """The form in which two paths are the same to some file system."""
    return unicodedata.normalize("NFC", path).casefold()


def _reason(entry: Entry, now: datetime, drafts: bool, future: bool) -> Reason | None:
    if entry.card.draft and not drafts:
        return "draft"
    if entry.prose.empty and entry.card.kind != "author":
        return "empty"
    return "future" if entry.card.date > now and not future else None


def _shared(
    entries: Iterable[Entry], field: Literal["id", "slug", "url"], folder: str, hint: str
) -> list[PublishError]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[folded(getattr(entry.card, field))].append(entry)
    name = "address" if field == "url" else field
    return [
        PublishError(
            _place(later, field),
            f"the {name} {getattr(later.card, field)!r} is that of {folder}{first.card.path} too",
            hint,
        )
        for first, *rest in (sorted(group, key=lambda e: e.card.path) for group in groups.values())
        for later in rest
    ]


def _place(entry: Entry, field: str) -> str:
    line = entry.lines.get("slug" if field == "url" else field, 1)
    return f"{entry.card.path}:{line}"
