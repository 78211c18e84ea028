"""Invented articles with their full text -> CPU seconds of one feed in all three formats.

    python -m benchmarks.feeds [COUNT ...]

Articles have about 5 KB of HTML each. The first run, which also imports feedgen, is not counted.
"""

import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from publisher.feeds.every import planned
from publisher.model import Card, Entry, Image
from publisher.prose import Prose
from publisher.settings import FeedSettings, Publication
from publisher.site.feeds import Feed

_PARAGRAPH = (
    '<p>The harbour master said that the <a href="https://news.example.org/2026/03/quay/">new quay</a> '
    "would open &amp; close with the tide, as quays have done since there were tides, and that nobody had "
    "asked why.</p>\n"
)
_BODY = _PARAGRAPH * 22
_FIRST = datetime(2020, 1, 1, 6, tzinfo=UTC)
_CARD = Card(
    path="", id="", url="", slug="", title="", date=_FIRST, updated=None, authors=("Ada Berg",), summary="",
    section="Harbour", tags=("quay", "tides"), image=None, language="en", featured=False, draft=False,
    canonical_url="", source=None, words=900, minutes=4,
)  # fmt: skip


def article(number: int) -> Entry:
    """The article with this number; later ones are newer."""
    picture = Image(
        f"https://news.example.org/p{number}.jpg", "A quay", "M. Lund", 1200, 800, 99_000, "image/jpeg"
    )
    card = replace(
        _CARD,
        path=f"a{number}.md",
        id=f"urn:example:{number}",
        url=f"/2026/03/a{number}/",
        slug=f"a{number}",
        title=f"The tide, part {number}",
        date=_FIRST + timedelta(minutes=number),
        image=picture,
    )
    prose = Prose(_BODY, "The harbour master said that the new quay would open. " * 20)
    return Entry(card, prose, (), (), ())


def seconds(count: int) -> tuple[float, int]:
    """CPU seconds of a feed with so many items, and its bytes in all formats."""
    publication = Publication(base_url="https://news.example.org", feed=FeedSettings(items=count))
    feed = Feed("News", "/", "/", tuple(article(number) for number in range(count)))
    begun = time.process_time()
    size = sum(len(each.make()) for each in planned((feed,), publication))
    return time.process_time() - begun, size


def main() -> None:
    counts = [int(word) for word in sys.argv[1:]] or [100, 1_000, 10_000]
    seconds(10)
    for count in counts:
        spent, size = seconds(count)
        print(f"{count:>6} items: {spent:.2f} CPU s, {1000 * spent / count:.3f} ms each, {size / 1e6:.1f} MB")  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
