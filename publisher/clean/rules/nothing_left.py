"""An article with no text.

Why: a login page, a cookie wall or a bare frame was scraped instead of the story.

Fix: none; it must not be published like this. Fetch the article again, or keep lines by `publish: keep`.

Example: "Subscribe", "Sign in", "All rights reserved" and nothing else.
"""

from collections.abc import Iterator

from publisher.clean.rule import define
from publisher.clean.text import words
from publisher.model import Article, Finding

CODE = "FM002"


def check(article: Article) -> Iterator[Finding]:
    if not any(words(line.text) for line in article.lines):
        yield Finding(CODE, (1,), "no text of an article, only page furniture or nothing")


RULE = define(CODE, "nothing-left", __doc__, check, surest=0.0)
