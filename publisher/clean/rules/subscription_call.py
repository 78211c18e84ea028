"""A call to subscribe, sign in, donate or advertise.

Why: It belongs to the site the article was taken from: its paywall, its accounts, its sales department.

Fix: The line is dropped when it stands with other page furniture or says so beyond doubt.

Example: "Already a subscriber? Sign in"
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL002"


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in article.lines:
        verdict = verdicts.get(line.number)
        if verdict is not None and verdict.family == "subscribe":
            yield drop(CODE, line, f"subscription or sales line: {quote(line.text)}", verdict.confidence)


RULE = define(CODE, "subscription-call", __doc__, check)
