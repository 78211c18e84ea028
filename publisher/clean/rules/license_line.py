"""A line that says under which Creative Commons license the text stands.

Why: the license asks to be named with every copy.

Fix: it moves to an empty `license` of the source in front matter; without a source the line stays.

Example: "This article is published under CC BY-SA 4.0."
"""

import re
from collections.abc import Iterator

from publisher.clean.edits import empty
from publisher.clean.place import closing, opening
from publisher.clean.report import move
from publisher.clean.rule import define
from publisher.clean.structure import whole
from publisher.clean.text import plain, size
from publisher.model import Article, Finding, Line

CODE = "PR008"
LONGEST = 20  # words

_LICENSE = re.compile(r"\bCC(?:[ -](?:BY|SA|NC|ND|0))+(?:[ -]\d\.\d)?|\bCC0\b", re.IGNORECASE)


def check(article: Article) -> Iterator[Finding]:
    if not empty(article.front, "license") or "CC" not in whole(article.lines):
        return
    for line in (*opening(article.lines), *closing(article.lines), *_last(article)):
        found = (
            _LICENSE.search(plain(line.text)) if "CC" in line.text and size(line.text) <= LONGEST else None
        )
        if found:
            yield move(CODE, [line], ("license", found.group().upper()), 0.92)
            return


def _last(article: Article) -> Iterator[Line]:
    return (line for line in article.lines[-1:] if not line.blank)


RULE = define(CODE, "license-line", __doc__, check)
