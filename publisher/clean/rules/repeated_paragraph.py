"""A paragraph, headline or caption that stands in the text twice.

Why: boxes and leads are scraped twice, once for each place the page shows them.

Fix: the second of two equal lines is dropped: paragraphs of twelve words or more, sentences of nine that
stand at the head of the story first, headlines of seven (five at its head). Three or more are a refrain or a
litany and stay, as do lists, tables, quotes, verses, pictures, and headings that a table of contents names.

Example: the same box after the third and after the eighth paragraph.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from publisher.clean.dates import stamps
from publisher.clean.place import paragraphs
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import ends_sentence, plain, size, words
from publisher.model import Article, Finding

CODE = "DU003"
PARAGRAPH, SENTENCE, HEADLINE, TOP = 12, 9, 7, 5  # words that a line has to have, by what it is
Places = dict[tuple[str, ...], list[int]]


def check(article: Article) -> Iterator[Finding]:
    lines, kind = article.lines, kinds(article.lines)
    places: Places = defaultdict(list)
    for index, line in enumerate(lines):
        if kind[index] in {"prose", "heading", "item"}:
            places[words(line.text)].append(index)
    twice = [each for each in places.values() if sum(kind[index] != "item" for index in each) == 2]
    story = paragraphs(lines) if twice else ()
    top = tuple(story[n] if len(story) > n else len(lines) for n in (1, 3)) if story else ()
    for each in twice:
        copies = [index for index in each if kind[index] != "item"]
        first, second = (lines[index] for index in copies)
        if size(first.text) < _asked(article, copies, top) or "![" in second.text:
            continue
        if kind[copies[1]] not in {"prose", kind[copies[0]]}:
            continue
        if all(stanza(lines, at) for at in copies) and not (story and copies[0] < story[0] < copies[1]):
            continue
        if size(first.text) < PARAGRAPH and (each[0] < copies[0] or _contents(article, copies, places)):
            continue
        yield drop(CODE, second, f"the same as line {first.number}: {quote(second.text)}", 0.95)


def _asked(article: Article, copies: Sequence[int], top: Sequence[int]) -> int:
    """How many words the line must have; `top`: where the story's second and fourth paragraph stand."""
    text = article.lines[copies[0]].text
    if not top or "![" in text:
        return PARAGRAPH
    if ends_sentence(text):
        asked = plain(text).endswith(("?", "？"))  # who interviews two people asks twice
        return SENTENCE if copies[0] < top[1] and not asked else PARAGRAPH
    if plain(text)[:1] in "-–—•" or stamps(text):
        return PARAGRAPH  # signed or dated: two entries of one kind
    return TOP if copies[0] < top[0] else HEADLINE


def _contents(article: Article, copies: Sequence[int], places: Places) -> bool:
    """Whether the line beside the first copy comes again on the same side of the second one:

    they stand in a table of contents, and again above what it names.
    """
    first, second = copies
    above, below = _beside(article, first, -1), _beside(article, first, 1)
    if below is None or below == second:
        return False
    before = () if above is None else places.get(words(article.lines[above].text), ())
    behind = places.get(words(article.lines[below].text), ())
    return any(at > second for at in behind) or any(first < at < second for at in before)


def _beside(article: Article, at: int, step: int) -> int | None:
    """The next line in a direction that is not blank."""
    at += step
    while 0 <= at < len(article.lines):
        if not article.lines[at].blank:
            return at
        at += step
    return None


RULE = define(CODE, "repeated-paragraph", __doc__, check)
