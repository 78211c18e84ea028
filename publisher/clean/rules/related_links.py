"""Links to other articles: related, read more, most read.

Why: They lead to another site's pages and break the story in two.

Fix: The heading goes, and the headline or list of headlines right below it; a heading with a mark of its own
goes with a list of links to one site.

Example: "Read more: Harbour bridge closed for repairs"
"""

from collections.abc import Iterator

from publisher.clean.chrome import marked
from publisher.clean.onward import onward
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding

CODE = "CL004"


def check(article: Article) -> Iterator[Finding]:
    found = marked(article, "related")
    known = {line.number for line, _ in found}
    further = [(line, 0.93) for line in onward(article.lines) if line.number not in known]
    for line, confidence in sorted((*found, *further), key=lambda each: each[0].number):
        yield drop(CODE, line, f"link to other articles: {quote(line.text)}", confidence)


RULE = define(CODE, "related-links", __doc__, check)
