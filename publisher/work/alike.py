"""All entries of a publication -> the same story twice: findings ST001 (near copy) and ST002 (update).

Sketches are remembered by the text's digest in `.publish/similar.sqlite`, which may be deleted at any time.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from publisher.content.origin import names
from publisher.model import Card, Entry, Finding
from publisher.similar import sketch
from publisher.similar.stories import Story, Twin, twins
from publisher.store.memo import Memo
from publisher.work.place import Place

_VERSION = f"{sketch.SPAN} {sketch.BANDS} {sketch.ROWS} 1".encode()


def same_stories(place: Place, entries: Iterable[Entry]) -> tuple[Twin, ...]:
    """Each later story with the one it is a copy or an update of. Nothing but the memo is written."""
    stories = [_story(entry, place.publication.author) for entry in entries]
    return twins(stories, _sketches(place, stories))


def findings(place: Place, entries: Iterable[Entry]) -> Mapping[str, Finding]:
    """The findings by the path of the later story; none where neither code is wanted."""
    wants = place.publication.clean.wants
    if not wants("ST001") and not wants("ST002"):
        return {}
    made = {twin.later.path: _finding(place, twin) for twin in same_stories(place, entries)}
    return {path: finding for path, finding in made.items() if wants(finding.code)}


def with_canonicals(place: Place, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """With `canonical = "first"`, near copies give the address of the first as theirs; in the same order.

    An article that names a canonical address or a source's of its own keeps it.
    """
    if place.publication.clean.canonical == "own":
        return entries
    cards = {entry.card.path: entry.card for entry in entries}
    first = {
        twin.later.path: cards[twin.first.path]
        for twin in same_stories(place, entries)
        if twin.kind == "copy"
    }
    return tuple(
        replace(entry, card=_pointing(place, entry.card, first[entry.card.path]))
        if entry.card.path in first
        else entry
        for entry in entries
    )


def _pointing(place: Place, card: Card, first: Card) -> Card:
    if card.canonical_url or (card.source and card.source.url):
        return card
    return replace(card, canonical_url=first.canonical_url or place.publication.absolute(first.url))


def _finding(place: Place, twin: Twin) -> Finding:
    first, day = place.shown(twin.first.path), twin.first.date.date().isoformat()
    sure = max(twin.alike, twin.held, twin.taken)
    if twin.kind == "update":
        message = f"an update of {first} of {day}: {100 * twin.held:.0f} % of that stands here again"
        return Finding("ST002", (1,), message, sure)
    who = ", ".join(twin.first.names[:1] or sorted(twin.first.authors))
    message = f"near copy of {first}, first published {day}{f' by {who}' if who else ''}: {_alike(twin)}"
    return Finding("ST001", (1,), message, sure)


def _alike(twin: Twin) -> str:
    if twin.taken - twin.alike > 0.15 and twin.taken > twin.held:
        return f"{100 * twin.taken:.0f} % of this text stands there"
    return f"{100 * twin.alike:.0f} % alike"


def _story(entry: Entry, nobody: str) -> Story:
    """`nobody` is the byline that the publication gives to articles without one."""
    card = entry.card
    known = tuple(names(card.source, card.canonical_url, ""))
    return Story(card.path, card.date, frozenset(card.authors) - {nobody}, known, entry.text)


def _sketches(place: Place, stories: Iterable[Story]) -> dict[str, bytes]:
    keys = {story.path: _key(story.text) for story in stories}
    with Memo(place.state / "similar.sqlite") as memo:
        known = memo.get_many(keys.values())
        new = {
            keys[story.path]: sketch.sketch(story.text) for story in stories if keys[story.path] not in known
        }
        memo.put_many(new)
        memo.prune(keys.values())
    every = known | new
    return {path: every[key] for path, key in keys.items()}


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=32, person=_VERSION).digest()
