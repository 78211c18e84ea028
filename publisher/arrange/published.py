"""What was published before and what is to be published now -> dates of change, and what is withdrawn.

An article has changed when its file has, and with it what a reader sees of title and body. A new version of
the program, or another setting, that shows the same file differently is no edit. Dates come from the
records: an edit is dated by the first build that saw it, and by no other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from publisher.arrange.order import Lineup
from publisher.model import Card, Entry
from publisher.settings import Publication

Name = tuple[str, str]


class Record(NamedTuple):
    """An article that was published. `written` and `seen` are those of its entry.

    `changed`: when what it shows now was first built, to the second; None for what it showed at first.
    `names`: (kind, name) of section, tags, authors and language, by which feeds are told apart.
    `withdrawn`: when a build first went without it; None while it is there.
    """

    id: str
    written: str
    seen: str
    changed: datetime | None
    url: str
    title: str
    date: datetime
    names: tuple[Name, ...]
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that is `withdrawn`, by id, and the `new` records, which nobody has kept yet."""

    withdrawn: tuple[Record, ...] = ()
    new: tuple[Record, ...] = ()

    @property
    def just_withdrawn(self) -> tuple[Record, ...]:
        """What the build before still showed."""
        return tuple(each for each in self.new if each.withdrawn)


def compare(
    known: Mapping[str, Record], lineup: Lineup, now: datetime, publication: Publication
) -> tuple[tuple[Entry, ...], History]:
    """Records by id and the articles in line at the moment `now` -> those with their dates, and what differs.

    An `updated` that front matter states stays; one that is not after the date of publication is none.
    An article that waits for its date is not withdrawn.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    shown = tuple(record(entry, known.get(entry.card.id), moment) for entry in lineup.entries)
    waiting = {entry.card.id for entry, reason in lineup.withheld if reason == "future"}
    gone = _gone(known.values(), waiting.union(each.id for each in shown), moment)
    withdrawn = tuple(sorted(gone, key=lambda each: each.id))
    new = tuple(each for each in (*shown, *withdrawn) if known.get(each.id) != each)
    pairs = zip(lineup.entries, shown, strict=True)
    return tuple(_dated(entry, each, publication) for entry, each in pairs), History(withdrawn, new)


def record(entry: Entry, old: Record | None, moment: datetime) -> Record:
    """What is to be remembered of an entry that is published; its `changed` never goes back."""
    card = entry.card
    changed = old.changed if old else None
    if old and old.seen != entry.seen and old.written != entry.written:
        changed = max(moment, changed or moment)
    return Record(
        card.id,
        entry.written,
        entry.seen,
        changed,
        card.url,
        card.title,
        card.date.astimezone(UTC),
        names(card),
    )


def names(card: Card) -> tuple[Name, ...]:
    """What an article stands under."""
    section = [("section", card.section)] if card.section else []
    tags, authors = [("tag", name) for name in card.tags], [("author", name) for name in card.authors]
    return (*section, *tags, *authors, ("language", card.language))


def _gone(known: Iterable[Record], there: set[str], moment: datetime) -> Iterator[Record]:
    for each in known:
        if each.id not in there:
            yield each if each.withdrawn else each._replace(withdrawn=moment)


def _dated(entry: Entry, kept: Record, publication: Publication) -> Entry:
    """The very same entry where nothing is to be said."""
    card = entry.card
    updated = card.updated or (kept.changed.astimezone(publication.zone) if kept.changed else None)
    updated = updated if updated and updated > card.date else None
    return entry if updated == card.updated else replace(entry, card=replace(card, updated=updated))
