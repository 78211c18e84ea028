"""A pull quote or caption: a line that a longer paragraph holds word for word.

Why: typographic decoration of the source; in a feed or a mail it reads as a stutter.

Fix: reported as a candidate; the shorter line is dropped where the confidence asked for is 0.8 or less.
It has to have eight words or more, and to be no heading, list item or verse.

Example: "We had no other choice but to close the bridge" between two paragraphs, one of which says it.
"""

from collections import defaultdict
from collections.abc import Iterator

from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import size, words
from publisher.model import Article, Finding

CODE = "DU004"
SHORTEST = 8  # words
LONGER = 4  # words by which the paragraph exceeds its quote
GRAM = 6
SURENESS = 0.8  # summaries and subtitles repeat the story on purpose: reported, not taken
COPIES = 4  # lines looked at for one run of words, so that a repetitive text stays linear


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    prose = [index for index in range(len(article.lines)) if kind[index] == "prose"]
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in prose:
        tokens = words(article.lines[index].text)
        for gram in {tokens[start : start + GRAM] for start in range(len(tokens) - GRAM + 1)}:
            if len(grams[gram]) < COPIES:
                grams[gram].append(index)
    for index in prose:
        line = article.lines[index]
        if not SHORTEST <= size(line.text) <= 60:
            continue
        tokens = words(line.text)
        for other in grams.get(tokens[:GRAM], ()):
            longer = words(article.lines[other].text)
            if (
                len(longer) >= len(tokens) + LONGER
                and _within(tokens, longer)
                and not stanza(article.lines, index)
            ):
                number = article.lines[other].number
                yield drop(CODE, line, f"also in line {number}: {quote(line.text)}", SURENESS)
                break


def _within(short: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    return f" {' '.join(short)} " in f" {' '.join(longer)} "


RULE = define(CODE, "pull-quote", __doc__, check)
