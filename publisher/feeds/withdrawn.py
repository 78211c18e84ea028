"""Records of withdrawn articles in -> what a feed says of them, so that readers take them away, too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from publisher.arrange.published import Record
from publisher.feeds.identity import address, permanent
from publisher.settings import Publication


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an item: its id, its address, and since when it is gone (RFC 6721)."""

    id: str
    url: str
    when: datetime


def tombstones(
    withdrawn: Iterable[Record], oldest: datetime | None, publication: Publication
) -> Iterator[Tombstone]:
    """Newest first; of articles that a feed going back to `oldest` would still hold."""
    for each in sorted(withdrawn, key=lambda each: (each.date, each.id), reverse=True):
        if each.withdrawn and not (oldest and each.date < oldest):
            yield Tombstone(permanent(each.id), address(publication, each.url), each.withdrawn)
