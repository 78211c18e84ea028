"""A paragraph that stands in the text twice.

Why: boxes and leads are scraped twice, once for each place the page shows them.

Fix: the second of two equal paragraphs of twelve words or more is dropped. Three or more are a refrain or
a litany and stay, as do lists, tables, quotes and verses.

Example: the same box after the third and after the eighth paragraph.
"""

from collections import defaultdict
from collections.abc import Iterator

from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import size, words
from publisher.model import Article, Finding

CODE = "DU003"
SHORTEST = 12  # words


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, line in enumerate(article.lines):
        if kind[index] == "prose" and size(line.text) >= SHORTEST:
            places[words(line.text)].append(index)
    for copies in places.values():
        if len(copies) == 2 and not any(stanza(article.lines, index) for index in copies):
            first, second = (article.lines[index] for index in copies)
            yield drop(CODE, second, f"the same as line {first.number}: {quote(second.text)}", 0.95)


RULE = define(CODE, "repeated-paragraph", __doc__, check)
