"""A byline in the text, or a name beside a date line.

Why: the author belongs into front matter, where page, feed and digest read it.

Fix: the names move to an empty `authors`; a byline that repeats what front matter says is dropped; one
that says something else is reported.

Example: "Written by Staff", "Von Ada Beispiel", "Par Ada Exemple".
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.clean.dates import beside_stamps, stamps
from publisher.clean.edits import NAMES
from publisher.clean.imprint import imprint
from publisher.clean.names import byline, desk, opens_byline, person
from publisher.clean.place import edges, paragraphs
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.clean.text import raw_label, truncated
from publisher.model import Article, Finding, Line

CODE = "PR002"
PLACE = 2  # words at most
TURNS = 3  # of an interview, at least


def check(article: Article) -> Iterator[Finding]:
    beside, talk = _beside_stamps(article), _talk(article.lines)
    found = [
        (line, names)
        for line in edges(article.lines)
        if (names := _names(line, beside)) and not imprint(line.text) and line.text[:2] not in talk
    ]
    if not article.front.authors:
        if found:
            people = tuple(dict.fromkeys(name for _, names in found for name in names))
            yield move(CODE, [line for line, _ in found], ("authors", NAMES.join(people)), 0.95)
        return
    known = {raw_label(name) for name in article.front.authors}
    for line, names in found:
        same = {raw_label(name) for name in names} <= known
        message = f"byline: {quote(line.text)}" + ("" if same else ", not the author in front matter")
        yield drop(CODE, line, message, 0.93 if same else 0.6)


def _talk(lines: Sequence[Line]) -> frozenset[str]:
    """How the turns of an interview begin, where the one who asks is "记者："."""
    count = Counter(line.text[:2] for line in lines if not line.text.isascii())
    return frozenset(head for head, times in count.items() if times >= TURNS)


def _names(line: Line, beside: frozenset[int]) -> tuple[str, ...]:
    names = byline(line.text)
    return names or ((person(line.text) or desk(line.text),) if line.number in beside else ())


def _beside_stamps(article: Article) -> frozenset[int]:
    """Lines of the head that are a name and stand beside a date, or below a lone "By"; and desks."""
    head = _head(article)
    found = {line.number for line in head if desk(line.text)}
    for before, line in pairwise(head):
        if person(line.text) and (stamps(before.text) or opens_byline(before.text)):
            found.add(line.number)
        if person(before.text) and (stamps(line.text) or _of_page(line.text)):
            found.add(before.number)
    return frozenset(found)


def _head(article: Article) -> list[Line]:
    """The lines below the title, above the first paragraph that is no teaser cut with "…"."""
    story = paragraphs(article.lines)
    cut = next((at for at in story if not truncated(article.lines[at].text)), None)
    head = [line for line in article.lines[:cut] if not line.blank]
    return head if article.front.title else head[1:]


def _of_page(text: str) -> bool:
    """Whether a line states a day and a time, and beside them a place at most."""
    found = beside_stamps(text)
    return found is not None and found.timed and len((*found.before, *found.after)) <= PLACE


RULE = define(CODE, "author-line", __doc__, check)
