"""An article without a title.

Why: page, feed and digest need one.

Fix: none; the text does not begin with anything headline-like. Write `title:` into the front matter.

Example: a text that begins with its first paragraph.
"""

from collections.abc import Iterator

from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "FM001"


def check(article: Article) -> Iterator[Finding]:
    first = next((line.number for line in article.lines if not line.blank), 1)
    if not article.front.title:
        yield Finding(CODE, (first,), "no title, neither in front matter nor in the text")


RULE = define(CODE, "missing-title", __doc__, check, surest=0.0)
