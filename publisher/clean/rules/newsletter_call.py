"""A call to sign up for a newsletter.

Why: It sells another site's newsletter inside ours.

Fix: The line is dropped; a sentence of the story about newsletters stays.

Example: "Get the Example Courier newsletter delivered to your inbox"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL001"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "newsletter"):
        yield drop(CODE, line, f"newsletter call: {quote(line.text)}", confidence)


RULE = define(CODE, "newsletter-call", __doc__, check)
