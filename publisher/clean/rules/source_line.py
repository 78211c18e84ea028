"""The name of the site an article was taken from, in its newsletter call or its copyright line.

Why: a syndicated article has to say where it comes from, and the page furniture often is the only
place that does.

Fix: the name moves to an empty `source`, and the line with it.

Example: "Get the Example Courier newsletter delivered to your inbox" names the Example Courier.
"""

import re
from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import move
from publisher.clean.rule import define
from publisher.clean.text import plain, raw_label
from publisher.model import Article, Finding

CODE = "PR004"

_NAME = r"(?P<name>[^\W\d_][\w.&'’+-]*(?: (?:of |the |and |& |de |der |du )?[A-ZÀ-ÞĀ-Ž][\w.&'’+-]*){0,3})"
_YEAR = r"(?:19|20)\d\d"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:get|receive|join|subscribe to|sign up (?:for|to)) (?:the |The ){_NAME} (?i:newsletters?)\b",
        r"(?i:jetzt|hier|zum|den|der|für den)\b.*?\b(?P<name>[A-ZÄÖÜ][\w.&]+)-Newsletter",
        r"(?P<name>[A-ZÄÖÜ][\w.&]+)-Newsletter\b",
        rf"(?i:newsletter|infolettre|boletín|nieuwsbrief) (?:de |du |des |di |van |d['’]){_NAME}",
        rf"(?:©|\([cC]\)|(?i:copyright)\s*©?)\s*{_YEAR}(?:\s?[-–]\s?{_YEAR})?,?\s+(?i:by )?{_NAME}",
    )
)
_SIGNS = ("newsletter", "infolettre", "boletín", "nieuwsbrief", "©", "(c)", "copyright")  # one in each
# words that say what kind of newsletter it is, not whose
_KIND_LIST = """
free daily weekly morning evening email best latest breaking top our your newsletter newsletters alert
    alerts new next special briefing update updates all rights reserved and more today täglicher kostenloser
    unser unseren notre nuestra nostra getty reuters afp ap dpa imago associated press images alle rechte tous
    droits todos"""
_KINDS = frozenset(_KIND_LIST.split())


def check(article: Article) -> Iterator[Finding]:
    if article.front.source is not None:
        return
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        if line.number in verdicts and (name := named(plain(line.text))):
            yield move(CODE, [line], ("source", name), min(0.95, verdicts[line.number].confidence))
            return


def named(text: str) -> str:
    """The site a newsletter call or copyright line names, or ""."""
    folded = text.casefold()
    if not any(sign in folded for sign in _SIGNS):
        return ""
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        name = match["name"].strip(" .,")
        proper = name[:1].isupper() or any(char.isupper() for char in name)
        if proper and not _KINDS.intersection(raw_label(name).split()):
            return name
    return ""


RULE = define(CODE, "source-line", __doc__, check)
