"""A short line among page furniture.

Why: Words differ from site to site, but a short line between sign-up lines after the story's end is
one of them.

Fix: The line is dropped where it stands after the last paragraph and most lines around it are furniture; so
is a rule across the page that parts nothing any more, at the beginning or end of the text.

Example: "Ready to get started?" between "Advertise with us" and "Get our media kit"
"""

import re
from collections.abc import Iterator, Sequence

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding, Line

CODE = "CL012"
_RULE = re.compile(r"\s*(?:[-_*=—–]\s*){2,}")


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "leftover"):
        yield drop(CODE, line, f"short line among page furniture: {quote(line.text)}", confidence)
    if article.front.title:
        for line in (*_outer(article.lines), *_outer(article.lines[::-1])):
            yield drop(CODE, line, f"a rule that parts nothing: {quote(line.text)}", 0.95)


def _outer(lines: Sequence[Line]) -> Iterator[Line]:
    """The rules across the page that no text stands before; one right beside text may make it a heading."""
    for at, line in enumerate(lines):
        if not line.blank and not _RULE.fullmatch(line.text):
            return
        if not line.blank and at + 1 < len(lines) and lines[at + 1].blank:
            yield line


RULE = define(CODE, "furniture-leftover", __doc__, check)
