"""An article that was cut off: "… [+1234 chars]", "Subscribe to continue reading", a last line that trails
off.

Why: only the beginning of the story was scraped; readers would reach an end that is none.

Fix: the mark is dropped and the article reported. Fetch the whole story, or publish it as a summary with a
link.

Example: "Weiterlesen mit dem Digitalabo"
"""

import re
from collections.abc import Iterator

from publisher.clean.phrases import grade, says
from publisher.clean.report import change, drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import CLOSED, kinds
from publisher.clean.text import ends_sentence, prose, size, truncated
from publisher.model import Article, Finding, Line

CODE = "FM006"
TAIL = 12  # lines at the end that may say so
_COUNTER = re.compile(r"\s*\[\s?\+\s?\d+ (?:chars|characters|words)\s?\]\s*$")


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    open_lines = [line for at, line in enumerate(article.lines) if kind[at] not in CLOSED]
    tail = _tail(open_lines)
    story = open_lines[: len(open_lines) - len(tail)]
    marked = False
    for line in open_lines[-TAIL:]:
        if "[" in line.text and (counter := _COUNTER.search(line.text)):
            marked = True
            text = line.text[: counter.start()]
            message = f"the article was cut off here: {quote(counter.group())}"
            yield change(CODE, line, text, message, 0.97) if text.strip() else drop(CODE, line, message, 0.97)
    for line in tail:
        if _says_so(line, open_lines):
            marked = True
            yield drop(CODE, line, f"the article was cut off here: {quote(line.text)}", 0.95)
    if not marked and story and not tail and size(story[-1].text) >= 12 and truncated(story[-1].text):
        yield Finding(
            CODE, (story[-1].number,), f"the last line trails off: {quote(story[-1].text[-40:])}", 0.6
        )


def _tail(lines: list[Line]) -> list[Line]:
    """The lines after the last paragraph of the story, at most TAIL."""
    start = len(lines)
    while start and len(lines) - start < TAIL:
        text = lines[start - 1].text
        if prose(text) and grade(text) is None and not says("truncated", "paywall", text):
            return lines[start:]
        start -= 1
    return lines[start:]


def _says_so(line: Line, lines: list[Line]) -> bool:
    """A wall says so by itself; a button to go on does behind an unfinished paragraph."""
    if says("truncated", "paywall", line.text):
        return True
    if not says("truncated", "more", line.text):
        return False
    before = [other.text for other in lines if other.number < line.number and size(other.text) >= 8]
    return bool(before) and (truncated(before[-1]) or not ends_sentence(before[-1]))


RULE = define(CODE, "cut-short", __doc__, check)
