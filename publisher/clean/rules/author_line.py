"""A byline in the text, or a name beside a date line.

Why: the author belongs into front matter, where page, feed and digest read it.

Fix: the names move to an empty `authors`; a byline that repeats what front matter says is dropped; one
that says something else is reported.

Example: "Written by Staff", "Von Ada Beispiel", "Par Ada Exemple".
"""

from collections.abc import Iterator
from itertools import pairwise

from publisher.clean.dates import stamps
from publisher.clean.edits import NAMES
from publisher.clean.imprint import imprint
from publisher.clean.names import byline, desk, opens_byline, person
from publisher.clean.place import below_title, edges
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.clean.text import raw_label
from publisher.model import Article, Finding, Line

CODE = "PR002"


def check(article: Article) -> Iterator[Finding]:
    beside = _beside_stamps(article)
    found = [
        (line, names)
        for line in edges(article.lines)
        if (names := _names(line, beside)) and not imprint(line.text)
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


def _names(line: Line, beside: frozenset[int]) -> tuple[str, ...]:
    names = byline(line.text)
    return names or ((person(line.text) or desk(line.text),) if line.number in beside else ())


def _beside_stamps(article: Article) -> frozenset[int]:
    """Lines of the head that are a name and stand beside a date, or below a lone "By"; and desks."""
    found = {line.number for line in below_title(article) if desk(line.text)}
    for before, line in pairwise(below_title(article)):
        if person(line.text) and (stamps(before.text) or opens_byline(before.text)):
            found.add(line.number)
        if person(before.text) and stamps(line.text):
            found.add(before.number)
    return frozenset(found)


RULE = define(CODE, "author-line", __doc__, check)
