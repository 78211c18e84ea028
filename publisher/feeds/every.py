"""The feeds of a publication in -> the files to make out, each when it is asked for.

Those of the publication itself go back to its first article by archives (RFC 5005): `/feed/1.xml` holds
the first articles there ever were, and once an archive is there it stays as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from publisher.feeds.channel import Channel, channel, newest, people_of
from publisher.feeds.jsonfeed import json_feed
from publisher.feeds.people import People
from publisher.keying import Digests, Key, digest
from publisher.lazily import lazily
from publisher.settings import Publication
from publisher.site.feeds import Feed

if TYPE_CHECKING:
    from publisher.feeds import xml
else:
    xml = lazily("publisher.feeds.xml")


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that is not made yet; `make` raises ValueError for a date without zone."""

    path: str
    make: Callable[[], bytes]
    key: Key


def planned(
    feeds: tuple[Feed, ...],
    publication: Publication,
    people: People = dict,
    digests: Digests | None = None,
) -> Iterator[Planned]:
    """Every feed in its three formats, the first of `feeds` with its archives. `people` is asked once.

    `digests`: those that were made of entries already.
    """
    people = cache(people)
    key = partial(_key, publication, people, digests or Digests())
    for feed in feeds:
        main = feed is feeds[0]
        oldest_first = newest(feed)[::-1] if main else ()
        path = f"{feed.url.lstrip('/')}feed"
        count = len(feed.entries) // publication.feed.items if main else 0
        # An archive that everybody has already, because the feed itself goes as far back, is none.
        count = count if len(feed.entries) > publication.feed.items else 0
        yield from _formats(
            path, partial(_subscribed, feed, publication, people, count), partial(key, feed, count)
        )
        for number in range(count, 0, -1):
            held = oldest_first[(number - 1) * publication.feed.items : number * publication.feed.items]
            of_then = replace(feed, entries=held, withdrawn=())
            told = partial(_archived, of_then, publication, people, number)
            yield from _formats(f"{path}/{number}", told, partial(key, of_then, -number))


def _formats(path: str, values: Callable[[], Channel], key: Key) -> Iterator[Planned]:
    told, key = cache(values), cache(key)
    both = cache(lambda: xml.xml(told()))
    yield Planned(f"{path}.xml", lambda: both()[0], key)
    yield Planned(f"{path}.atom", lambda: both()[1], key)
    yield Planned(f"{path}.json", lambda: json_feed(told()), key)


def _key(publication: Publication, people: People, digests: Digests, feed: Feed, number: int) -> bytes:
    """Of everything that `channel` looks at; `number` tells feeds (0 and above) and archives apart."""
    held = newest(feed)[: publication.feed.items]
    where = (feed.title, feed.url, feed.home, feed.language, number)
    told = people_of(held, publication, people())
    return digest(digests(publication), where, feed.withdrawn, told, [*map(digests, held)])


def _subscribed(feed: Feed, publication: Publication, people: People, archives: int) -> Channel:
    made = channel(feed, publication, people)
    return replace(made, older=f"{made.stem}/{archives}") if archives else made


def _archived(feed: Feed, publication: Publication, people: People, number: int) -> Channel:
    """A feed of the articles of then; `number` counts from 1, the oldest."""
    made = channel(feed, publication, people)
    older = f"{made.stem}/{number - 1}" if number > 1 else ""
    return replace(made, stem=f"{made.stem}/{number}", current=made.stem, older=older)


def made_whole(path: str, channel: Channel) -> Iterator[Planned]:
    """One feed whose values are there already, in its three formats; `path` is without ending."""
    return _formats(path, lambda: channel, partial(digest, path, channel))
