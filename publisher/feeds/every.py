"""The feeds of a publication in -> the files to make out, each when it is asked for.

Those of the publication itself go back to its first article by archives (RFC 5005): `/feed/1.xml` holds
the first articles there ever were, and once an archive is there it stays as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from publisher.feeds.channel import Channel, channel, newest
from publisher.feeds.jsonfeed import json_feed
from publisher.feeds.people import People
from publisher.feeds.xml import xml
from publisher.settings import Publication
from publisher.site.feeds import Feed


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that is not made yet; `make` raises ValueError for a date without zone."""

    path: str
    make: Callable[[], bytes]


def planned(feeds: tuple[Feed, ...], publication: Publication, people: People = dict) -> Iterator[Planned]:
    """Every feed in its three formats, the first of `feeds` with its archives. `people` is asked once."""
    people = cache(people)
    for feed in feeds:
        main = feed is feeds[0]
        oldest_first = newest(feed)[::-1] if main else ()
        path = f"{feed.url.lstrip('/')}feed"
        count = len(feed.entries) // publication.feed.items if main else 0
        # An archive that everybody has already, because the feed itself goes as far back, is none.
        count = count if len(feed.entries) > publication.feed.items else 0
        yield from _formats(path, partial(_subscribed, feed, publication, people, count))
        for number in range(count, 0, -1):
            held = oldest_first[(number - 1) * publication.feed.items : number * publication.feed.items]
            of_then = replace(feed, entries=held, withdrawn=())
            yield from _formats(f"{path}/{number}", partial(_archived, of_then, publication, people, number))


def _formats(path: str, values: Callable[[], Channel]) -> Iterator[Planned]:
    told = cache(values)
    both = cache(lambda: xml(told()))
    yield Planned(f"{path}.xml", lambda: both()[0])
    yield Planned(f"{path}.atom", lambda: both()[1])
    yield Planned(f"{path}.json", lambda: json_feed(told()))


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
    return _formats(path, lambda: channel)
