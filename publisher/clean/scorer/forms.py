"""Rows in -> which of them have a form that protects them: verses, results, entries, subheadings, ..."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter

from publisher.clean.scorer.cells import PLACE
from publisher.clean.scorer.row import Row
from publisher.clean.text import CACHE, TARGET
from publisher.model import Article

LIST, VERSE = 4, 14  # lines of a list or stanza at least; words of a verse at most
PINCHES = 2  # entries without figures that end a list with figures, at most
REFRAIN, REFRAIN_WORDS = 3, 20  # times; words at most
BUTTON, SENTENCE = 4, 6  # words at most; words at least
ENTRIES, ENTRY = 3, 12  # lines of a form that recurs at least; words of such a line at most
STANDFIRST, OPENING = 9, 3  # words at least; lines at the head of the text that may be one
SHARED, AGAIN = 0.4, 0.8  # of its subject words that the story has, that one line of it has
SUBHEAD, LEAD, POST = (
    8,
    4,
    30,
)  # words of a subheading, of the author of a post at most; of an announcement at least
_COLON, _DIGITS, _SIGNALS = PLACE["colon_end"], PLACE["digits"], PLACE["signals"]
_SMALL, _LINKS = PLACE["starts_small"], PLACE["links"]
_no_figure = itemgetter(
    *(
        PLACE[name]
        for name in ("time", "stamp", "clock", "year", "copyright", "links", "known_sure", "known_likely")
    )
)
_labels = itemgetter(
    *(
        PLACE[name]
        for name in (
            "links", "address_sign", "web_address", "copyright", "clock", "stamp", "byline", "credit", "time",
            "agency", "known_sure", "known_likely", "opens_known",
        )
    )
)  # fmt: skip
_TIMED = re.compile(r"^\W*\d{1,2}\s?[.:hH]\s?\d\d\b(?!\s*(?:/|min|$))")
_CLOCK = re.compile(r"^\W*\d{1,2}\s?[.:hH]\s?\d\d(?:\s?(?:uhr|h|[ap]\.?m\.?))?\W*$", re.IGNORECASE)
_BRACKETED = re.compile(r"^\W*[\[(](?![^\])]*(?:©|:|/))[^\[\]()]*[\])]\W*$")
_RESULT = re.compile(
    r"^(?=.*[^\W\d])\W*(?:[^\W\d][^\d:/|]*)?\d+(?:[^\d:/|]+\d+){2,}\D*$"
    r"|^[^\W\d][^\d:/|]*\s\d+\s?[-–]\s?\d+\W*$"
)
_LINKED = re.compile(rf"^\s*#{{1,6}}\s+[*_]*\[[^\[\]]+\](?!\(#){TARGET}[*_]*\s*$")
_PICTURE = re.compile(rf"\s*!\[[^\[\]]*\]{TARGET}\s*")
_POST = re.compile(r"[—–-]\s[^()]{1,60}\(@\w{2,20}\)")


def protected(article: Article, lines: Sequence[Row]) -> frozenset[int]:
    """Indexes of the rows that are protected by their form, whatever is said of each alone."""
    lists = (_figures, _entries, _introduced, _listed)
    forms = (_standfirst, _headings, _refrains, _subheads, _hours, _posts, *lists)
    return frozenset(chain(_verses(article, lines), *(form(lines) for form in forms)))


def _standfirst(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of long lines at the head that bear no link or label and say, on the story's subject, more."""
    first = next((at for at, row in enumerate(lines) if row.story), None)
    if first is None:
        return
    said = [row.look.content for row in lines[first + 1 :] if not row.gone]
    story = frozenset(chain.from_iterable(row.look.content for row in lines[first + 1 :] if row.story))
    head = [at for at in range(first + 1) if not lines[at].gone]
    for at in sorted({*head[:OPENING], *(at for at in head if at >= first - 2 * OPENING)}):
        look = lines[at].look
        if look.size < STANDFIRST or any(_labels(look.cells)):
            continue
        shared = len(look.content & story) >= max(2, SHARED * len(look.content))
        if shared and all(len(look.content & other) < AGAIN * len(look.content) for other in said):
            yield at


def _figures(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of lists with figures, four lines or more: ingredients, results, dates of a tour, prices."""
    start = 0
    while start < len(lines):
        stop, hits, last = start, 0, start
        while stop < len(lines) and stop - last <= 1 and _between(lines[stop]):
            if _figure(lines[stop]):
                hits, last = hits + 1, stop
            stop += 1
        stop = last + 1
        if hits >= LIST and 5 * hits >= 3 * (stop - start):
            while stop < len(lines) and stop - last <= PINCHES and _entry(lines[stop]):
                stop += 1  # "salt", below the grams and spoons
            yield from range(start, stop)
        start = stop if hits else start + 1


def _headings(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of lines marked as headings between paragraphs: behind one (or first), right above another.

    Pictures between them do not count, nor a button of a word or two that went. A heading that is a link as
    a whole is another article's, but for one that leads to itself.
    """
    left = [(at, row) for at, row in enumerate(lines) if not _aside(row)]
    for number, (at, row) in enumerate(left[:-1]):
        if row.kind != "heading" or _LINKED.match(row.look.text):
            continue
        if all(_told(other) for _, other in (*left[max(0, number - 1) : number], left[number + 1])):
            yield at


def _aside(row: Row) -> bool:
    return (row.gone and row.look.size <= BUTTON) or _PICTURE.fullmatch(row.look.text) is not None


def _told(row: Row) -> bool:
    """Whether a line is a paragraph, or a shorter sentence with a sign of furniture in ten words at most."""
    if row.story or row.gone or row.kind != "prose":
        return row.story
    return row.look.ended and row.look.size >= max(SENTENCE, 10 * row.look.cells[_SIGNALS])


def _refrains(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of sentences that stand there three times or more and bear no sign of furniture."""
    count = Counter([row.look.said for row in lines])
    for at, row in enumerate(lines):
        short = row.look.size <= REFRAIN_WORDS
        if short and count[row.look.said] >= REFRAIN and row.look.ended and not row.look.cells[_SIGNALS]:
            yield at


def _between(row: Row) -> bool:
    return not row.gone and not row.story


def _figure(row: Row) -> bool:
    """Whether a line states a figure that is no date, time or count of the page's."""
    cells = row.look.cells
    return 0 < cells[_DIGITS] < 1 and not any(_no_figure(cells))


def _verses(article: Article, lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of stanzas: short lines without blank lines between, in a text that has blank lines.

    And of letters: who signed them stands right below, in two places at least.
    """
    signed: list[range] = []
    for start, stop in _blocks(article, lines):
        run = lines[start:stop]
        if len(run) >= LIST and not any(_no_verse(row) for row in run):
            yield from range(start, stop)
        elif 1 < len(run) <= LIST and run[0].look.ended and not any(_no_verse(row) for row in run[1:]):
            signed.append(range(start, stop))
    if sum(lines[block.start].story for block in signed) > 1:
        yield from chain.from_iterable(signed)


def _blocks(article: Article, lines: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """(start, stop) of the rows that no blank line parts, if the text has blank lines. Where lines went,

    blank ones went with them: what stood together is told by the numbers.
    """
    blank = sum(line.blank for line in article.lines)
    if 5 * blank < sum(not row.gone for row in lines):
        return
    start = 0
    for stop in range(1, len(lines) + 1):
        if stop < len(lines) and lines[stop].number == lines[stop - 1].number + 1:
            continue
        yield start, stop
        start = stop


def _no_verse(row: Row) -> bool:
    return row.gone or row.kind != "prose" or row.look.size > VERSE or row.look.cells[_SIGNALS] > 1


def _subheads(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of short lines that stand alone between two paragraphs and bear no sign of furniture."""
    for at in range(1, len(lines) - 1):
        row = lines[at]
        alone = row.look.size <= SUBHEAD and lines[at - 1].story and lines[at + 1].story
        if alone and _between(row) and not row.look.cells[_SIGNALS]:
            yield at


def _hours(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of bare times that stand above paragraphs, most of them: the hours of a live blog."""
    timed = [(at, below) for at, (row, below) in enumerate(pairwise(lines)) if _CLOCK.match(row.look.text)]
    above = [at for at, below in timed if below.story and _between(lines[at])]
    if len(above) >= ENTRIES and 4 * len(above) >= 3 * len(timed):
        yield from above


def _entries(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of lines of a form that recurs: entries of a live blog, sources in brackets, results."""
    between = [(at, row) for at, row in enumerate(lines) if _between(row)]
    formed = [(at, row.look.size, forms) for at, row in between if (forms := _forms(row.look.text))]
    for form, longest in ((_TIMED, 1000), (_BRACKETED, ENTRY), (_RESULT, ENTRY)):
        found = [at for at, size, forms in formed if form in forms and size <= longest]
        if form is _RESULT:
            found = [at for at in found if not any(_no_figure(lines[at].look.cells))]
        if len(found) >= ENTRIES and len({lines[at].look.said for at in found}) * 2 > len(found):
            yield from found


@lru_cache(CACHE)
def _forms(text: str) -> tuple[re.Pattern[str], ...]:
    """The forms of entries that a line has."""
    return tuple(form for form in (_TIMED, _BRACKETED, _RESULT) if form.match(text[:200]))


def _introduced(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of list entries below a line that announces them; both bear no sign of furniture."""
    lead = -1
    for at, row in enumerate(lines):
        if row.kind != "item":
            announces = row.look.end[_COLON] and row.look.size >= LEAD and not row.gone
            lead = at if announces and not row.look.cells[_SIGNALS] else -1
        elif lead >= 0 and not row.gone and not row.look.cells[_SIGNALS]:
            yield at


def _listed(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of list entries that begin small, LIST or more in a run: menus and teasers do not."""
    start = 0
    for stop in range(len(lines) + 1):
        if stop == len(lines) or not (_entry(lines[stop]) and lines[stop].look.cells[_SMALL]):
            if stop - start >= LIST:
                yield from range(start, stop)
            start = stop + 1


def _entry(row: Row) -> bool:
    """Whether a line is a list entry that bears neither link nor sign of furniture."""
    item = row.kind == "item" and not row.gone
    return item and not row.look.cells[_SIGNALS] and not row.look.cells[_LINKS]


def _posts(lines: Sequence[Row]) -> Iterator[int]:
    """Indexes of lines that tell who wrote a quoted post: a dash, a name, and in brackets the account."""
    for at, row in enumerate(lines):
        if (
            not row.gone
            and row.look.size < POST
            and "(@" in row.look.text
            and _POST.search(row.look.text[:300])
        ):
            yield at
