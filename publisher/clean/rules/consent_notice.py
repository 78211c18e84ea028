"""A cookie, consent or terms notice.

Why: It is an agreement between the reader and another site.

Fix: The notice is dropped; one that the story quotes stays.

Example: "This site uses cookies"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL008"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "consent"):
        yield drop(CODE, line, f"consent notice: {quote(line.text)}", confidence)


RULE = define(CODE, "consent-notice", __doc__, check)
