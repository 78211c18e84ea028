"""A pull quote or caption: a line that a longer paragraph holds word for word.

Why: typographic decoration of the source; in a feed or a mail it reads as a stutter.

Fix: reported as a candidate; the shorter line is dropped where the confidence asked for is 0.8 or less.
It has to have eight words or more, and to be no heading, list item or verse.

Example: "We had no other choice but to close the bridge" between two paragraphs, one of which says it.
"""

from collections.abc import Iterator

from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import size, words
from publisher.model import Article, Finding

CODE = "DU004"
SURENESS = 0.8  # summaries and subtitles repeat the story on purpose: reported, not taken
SHORTEST, LONGEST = 8, 60  # words
LONGER = 4  # words by which the paragraph exceeds its quote
BUDGET = 20_000_000  # characters searched in one article, so that a huge one stays linear


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    prose = [index for index in range(len(article.lines)) if kind[index] == "prose"]
    said = {index: f" {' '.join(words(article.lines[index].text))} " for index in prose}
    story = "\n".join(said.values())
    for index in prose[: BUDGET // (len(story) + 1)]:
        line = article.lines[index]
        if not SHORTEST <= size(line.text) <= LONGEST or stanza(article.lines, index):
            continue
        place = _elsewhere(story, said[index])
        if place >= 0:
            message = f"also in line {article.lines[_owner(said, place)].number}: {quote(line.text)}"
            yield drop(CODE, line, message, SURENESS)


def _elsewhere(story: str, run: str) -> int:
    """Where a longer line holds the run of words, or -1."""
    place = story.find(run)
    while place >= 0:
        start = story.rfind("\n", 0, place + 1) + 1
        stop = story.find("\n", place)
        around = story[start : stop if stop >= 0 else len(story)]
        if around.count(" ") >= run.count(" ") + LONGER:
            return place
        place = story.find(run, place + len(run) - 1)
    return -1


def _owner(said: dict[int, str], place: int) -> int:
    """The line that holds the character at `place` of the joined lines."""
    end = 0
    for index, text in said.items():
        end += len(text) + 1
        if place < end:
            return index
    return -1


RULE = define(CODE, "pull-quote", __doc__, check, SURENESS)
