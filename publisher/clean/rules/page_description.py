"""The page's description, between the title and the title again.

Why: a scraper writes title and description first, then what the page shows, which begins with its title.

Fix: the line moves to an empty `summary`; one that ends in the middle of a word loses the stump there. One
that says something else than the `summary` in front matter is reported. In verse nothing is touched.

Example: "A year of repairs begins for the old bridge." between the title and the headline of the page.
"""

from collections.abc import Iterator
from itertools import islice

from publisher.clean.names import byline, credit
from publisher.clean.report import move
from publisher.clean.rule import define
from publisher.clean.rules.teaser import check as teasers
from publisher.clean.structure import kinds
from publisher.clean.text import plain, size, truncated, words
from publisher.clean.titles import readings
from publisher.model import Article, Finding

CODE = "PR009"
SHORTEST = 6  # words; less is a section or a kicker
PARAGRAPH = 20  # words in what is no verse
SURE, UNSURE = 0.93, 0.6


def check(article: Article) -> Iterator[Finding]:
    title = readings(article.front.title)
    kind = kinds(article.lines)
    first = list(islice((at for at, name in enumerate(kind) if name != "blank"), 2))
    if not words(article.front.title) or len(first) < 2 or kind[first[0]] != "prose":
        return
    line, below = (article.lines[at] for at in first)
    if title.isdisjoint(readings(below.text)) or not _description(line.text):
        return
    if not _told(article, first[1]):
        return
    if any(line.number in finding.lines for finding in teasers(article)):
        return  # the story says it: nothing to keep
    summary = _whole(plain(line.text))
    known = words(article.front.summary)
    yield move(CODE, [line], ("summary", summary), UNSURE if known and known != words(summary) else SURE)


def _description(text: str) -> bool:
    return size(text) >= SHORTEST and not byline(text) and not credit(text)


def _told(article: Article, after: int) -> bool:
    """Whether a story follows; a song names itself in every other line too, but has no paragraphs."""
    return any(size(line.text) >= PARAGRAPH for line in article.lines[after + 1 :])


def _whole(text: str) -> str:
    """A description that was cut, without the word it was cut in."""
    if not truncated(text):
        return text
    kept = text.rstrip("])» .…")
    return f"{kept.rpartition(' ')[0] or kept}…"


RULE = define(CODE, "page-description", __doc__, check)
