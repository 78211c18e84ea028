"""A box of the web page, pasted as HTML.

Why: what a copied share bar or sign-up box was is written into its class or id.

Fix: the box is dropped, if its class names such a thing and every line of it is a label of the page or has
no words at all. In a box of related articles or promotions, what is a link may say anything.

Example: `<div class="share-bar"><a href="/share">Share</a></div>`
"""

import re
from collections.abc import Iterator, Sequence

from publisher.clean.phrases import grade
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.clean.text import words
from publisher.model import Article, Edit, Finding, Line

CODE = "CL014"

_OPEN = re.compile(r"^\s*<(?P<tag>div|section|aside|ul|nav|p|span|footer|form)\b[^<>]*>", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:class|id)=[\"'][^\"']*\b(?:share|sharing|social|newsletter|subscribe|subscription|signup|ad|ads|advert"
    r"|advertisement|banner|promo|related|recommended|cookie|consent|paywall|comments|breadcrumbs?|tags)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:class|id)=[\"'][^\"']*\b(?:promo|related|recommended)\b", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*>.*?</a>", re.IGNORECASE | re.DOTALL)
_PIECE = re.compile(r"<[^<>]*>")


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    at = kind.index("html") if "html" in kind else len(kind)
    while at < len(article.lines):
        if kind[at] != "html":
            at += 1
            continue
        stop = at
        while stop < len(kind) and kind[stop] == "html":
            stop += 1
        block = article.lines[at:stop]
        if _box(block):
            numbers = tuple(line.number for line in block)
            yield Finding(CODE, numbers, f"a box of the page in {len(block)} lines", 0.95, Edit())
        at = stop


def _box(block: Sequence[Line]) -> bool:
    """Whether the lines are one element, named as furniture, that says nothing else."""
    text = "\n".join(line.text for line in block)
    opening = _OPEN.match(text)
    if opening is None or not _NAMED.search(opening.group()):
        return False
    tag = opening["tag"].lower()
    closed = text.rstrip().lower().endswith(f"</{tag}>")
    text = _LINK.sub("", text) if _LISTS.search(opening.group()) else text
    labels = [label for label in _PIECE.split(text) if words(label)]
    return closed and all(grade(label.strip()) is not None for label in labels)


RULE = define(CODE, "html-box", __doc__, check)
