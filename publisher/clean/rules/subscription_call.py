"""A call to subscribe, sign in, donate or advertise.

Why: It belongs to the site the article was taken from: its paywall, its accounts, its sales department.

Fix: The line is dropped when it stands with other page furniture or says so beyond doubt.

Example: "Already a subscriber? Sign in"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL002"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "subscribe"):
        yield drop(CODE, line, f"subscription or sales line: {quote(line.text)}", confidence)


RULE = define(CODE, "subscription-call", __doc__, check)
