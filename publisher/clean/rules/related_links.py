"""Links to other articles: related, read more, most read.

Why: They lead to another site's pages and break the story in two.

Fix: The heading goes, and the headline or list of headlines right below it.

Example: "Read more: Harbour bridge closed for repairs"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL004"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "related"):
        yield drop(CODE, line, f"link to other articles: {quote(line.text)}", confidence)


RULE = define(CODE, "related-links", __doc__, check)
