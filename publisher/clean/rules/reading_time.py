"""Reading time, how long ago something was published, or a time without its day.

Why: "3 hours ago" was true once; reading time is counted anew.

Fix: The line is dropped.

Example: "4 min read", "vor 2 Stunden"
"""

from collections.abc import Iterator

from publisher.clean.chrome import furniture, marked
from publisher.clean.dates import clock_line, stamps
from publisher.clean.place import below_title
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.model import Article, Finding, Line

CODE = "CL011"


def check(article: Article) -> Iterator[Finding]:
    for line, confidence in marked(article, "stamps"):
        if stamps(line.text):
            continue  # a day belongs into front matter
        yield drop(CODE, line, f"reading time or age: {quote(line.text)}", confidence)
    verdicts = furniture(article.lines, bool(article.front.title))
    for line in _clocks(article):
        if line.number not in verdicts:
            yield drop(CODE, line, f"time without a day: {quote(line.text)}", 0.93)


def _clocks(article: Article) -> Iterator[Line]:
    """Lines before the story that state a time or weekday only; the first of all may be the title."""
    return (line for line in below_title(article) if clock_line(line.text))


RULE = define(CODE, "reading-time", __doc__, check)
