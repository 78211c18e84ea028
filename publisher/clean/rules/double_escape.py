"""Entities escaped twice: "&amp;amp;" or "&amp;quot;".

Why: each tool on the way escaped once more; the reader sees the entity instead of the character.

Fix: one level of escaping is taken off, until one is left.

Example: "Research &amp;amp; Development" becomes "Research &amp; Development".
"""

import re
from collections.abc import Iterator

from publisher.clean.report import change
from publisher.clean.rule import define
from publisher.clean.structure import kinds, whole
from publisher.model import Article, Finding

CODE = "TX003"

_TWICE = re.compile(r"&(?:amp;)+(?=(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")


def check(article: Article) -> Iterator[Finding]:
    if "&amp;" not in whole(article.lines):
        return
    kind = kinds(article.lines)
    for index, line in enumerate(article.lines):
        if "&amp;" not in line.text or kind[index] in {"fence", "code"} or "`" in line.text:
            continue
        text = _TWICE.sub("&", line.text)
        if text != line.text:
            yield change(CODE, line, text, "entities escaped twice")


RULE = define(CODE, "double-escape", __doc__, check)
