"""A call to install an app or allow notifications.

Why: It promotes another publisher's app.

Fix: The line is dropped.

Example: "Download our app"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL007"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "apps"):
        yield drop(CODE, line, f"app call: {quote(line.text)}", confidence)


RULE = define(CODE, "app-call", __doc__, check)
