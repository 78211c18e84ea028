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
from publisher.clean.names import byline, opens_byline, person
from publisher.clean.place import HEAD, edges, paragraphs
from publisher.clean.report import drop, move, quote
from publisher.clean.rule import define
from publisher.clean.text import raw_label
from publisher.model import Article, Finding, Line

CODE = "PR002"


def check(article: Article) -> Iterator[Finding]:
    known = {raw_label(name) for name in article.front.authors}
    moved = bool(known)
    beside = _beside_stamps(article.lines)
    for line in edges(article.lines):
        names = byline(line.text)
        if not names and line.number in beside:
            names = (person(line.text),)
        if not names:
            continue
        same = {raw_label(name) for name in names} <= known
        if not moved:
            yield move(CODE, line, ("authors", NAMES.join(names)), 0.95)
            known, moved = {raw_label(name) for name in names}, True
        else:
            message = f"byline: {quote(line.text)}"
            yield drop(
                CODE, line, message if same else message + ", not the author named", 0.93 if same else 0.6
            )


def _beside_stamps(lines: tuple[Line, ...]) -> frozenset[int]:
    """Lines of the head that are a name and stand beside a date, or below a lone "By"."""
    story = paragraphs(lines)
    head = [line for line in lines[: story[0] if story else 0] if not line.blank][1:HEAD]
    found = set()
    for before, line in pairwise(head):
        if person(line.text) and (stamps(before.text) or opens_byline(before.text)):
            found.add(line.number)
        if person(before.text) and stamps(line.text):
            found.add(before.number)
    return frozenset(found)


RULE = define(CODE, "author-line", __doc__, check)
