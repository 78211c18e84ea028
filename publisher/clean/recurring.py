"""Articles of one source, as cleaned by all other rules -> the lines and blocks that they have in common.

Lines are compared by their labels (words only, each number as 0). What has a form of its own (lists in
the text, tables, quotes, code) is never counted, nor is a title; long lines only if most articles have them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publisher.clean.place import paragraphs
from publisher.clean.structure import PROTECTED, kinds
from publisher.clean.text import label, size
from publisher.model import Article

LEAST = 3  # articles
_SHARE = 0.2
_LONG = 12  # words: from here on a line may be a sentence of a story that is told on
_LONG_SHARE = 0.5
_CROWD = 4  # common lines in a row: menus and link lists, not the labels of a recipe or an interview
_OFTEN = 5  # articles


@dataclass(frozen=True, slots=True)
class Recurring:
    """Lines that recur: one, or a block. `count` articles have it, a `share` of all; `example` is path:line.

    `confidence` that it is no part of a story.
    """

    texts: tuple[str, ...]
    count: int
    share: float
    example: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Spot:
    """A line of an article; `outside` the story: before its first or after its last paragraph."""

    label: str
    text: str
    example: str
    heading: bool
    outside: bool


def recurring(articles: Sequence[Article]) -> tuple[Recurring, ...]:
    """Lines first, then blocks; the most frequent first, equal ones by their text.

    Of several copies of one story only the first counts: what they share is the story.
    """
    every = _distinct([tuple(_spots(article)) for article in articles])
    spots: dict[str, list[_Spot]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for article in every:
        counts.update({spot.label for spot in article})
        for spot in article:
            spots[spot.label].append(spot)
    common = {each for each, count in counts.items() if _recurs(spots[each][0], count, len(every))}
    short = {each for each in common if size(spots[each][0].text) < _LONG}
    runs = [run for article in every for run in _runs(article, short)]
    blocks = _blocks(runs, len(every))
    inside = {label(text) for block in blocks for text in block.texts}
    alone = {spot.label for run in runs for spot in run if len(run) == 1 or spot.label not in inside}
    alone |= common - short
    crowded = {spot.label for run in runs for spot in run if len(run) >= _CROWD}
    lines = [_line(spots[each], counts[each], len(every), each in crowded) for each in alone]
    return (*_ranked(lines), *_ranked(blocks))


def _spots(article: Article) -> Iterator[_Spot]:
    story = paragraphs(article.lines)
    first, last = (story[0], story[-1]) if story else (len(article.lines), -1)
    title = label(article.front.title)
    for index, (line, kind) in enumerate(zip(article.lines, kinds(article.lines), strict=True)):
        if line.blank or (kind in PROTECTED and kind != "html"):
            continue
        named = label(line.text)
        if named.strip("0 ") and named != title:
            where = f"{article.path}:{line.number}"
            yield _Spot(named, line.text.strip(), where, kind == "heading", not first <= index <= last)


def _distinct(articles: Sequence[tuple[_Spot, ...]]) -> list[tuple[_Spot, ...]]:
    """Without those whose paragraphs stand by half in earlier articles; paragraphs of most do not count."""
    paragraphs = [{spot.label for spot in spots if size(spot.text) >= _LONG} for spots in articles]
    counts = Counter(each for labels in paragraphs for each in labels)
    seen: set[str] = set()
    out: list[tuple[_Spot, ...]] = []
    for spots, labels in zip(articles, paragraphs, strict=True):
        own = {each for each in labels if counts[each] < max(LEAST, _LONG_SHARE * len(articles))}
        if (own and 2 * len(own & seen) >= len(own)) or (len(labels) > 1 and labels <= seen):
            continue
        out.append(spots)
        seen |= labels
    return out


def _recurs(spot: _Spot, count: int, articles: int) -> bool:
    least = _LONG_SHARE if size(spot.text) >= _LONG else _SHARE
    return count >= LEAST and count >= least * articles


def _line(spots: Sequence[_Spot], count: int, articles: int, crowded: bool) -> Recurring:
    """How sure: most outside the story or in a crowd; headings, labels, sentences may be its own."""
    first = spots[0]
    if size(first.text) >= _LONG:
        sure = 0.85  # for an editor to decide: stories are told on, and copies of one share their sentences
    elif crowded or _outside(spots):
        sure = 0.97 if count >= _OFTEN else 0.95
    elif first.heading or size(first.text) <= 2 or count < _OFTEN:
        sure = 0.8
    else:
        sure = 0.92
    return Recurring((first.text,), count, count / articles, first.example, sure)


def _blocks(runs: Sequence[tuple[_Spot, ...]], articles: int) -> list[Recurring]:
    """Runs of common lines that several articles have in the same order."""
    seen: dict[tuple[str, ...], dict[str, tuple[_Spot, ...]]] = defaultdict(dict)
    for run in runs:
        article = run[0].example.rpartition(":")[0]
        seen[tuple(spot.label for spot in run)].setdefault(article, run)
    found: list[Recurring] = []
    for same in (list(each.values()) for labels, each in seen.items() if len(labels) > 1):
        count, first = len(same), same[0]
        if count >= max(LEAST, _SHARE * articles):
            sure = 0.97 if len(first) >= _CROWD or _outside([spot for run in same for spot in run]) else 0.85
            texts = tuple(spot.text for spot in first)
            found.append(Recurring(texts, count, count / articles, first[0].example, sure))
    return found


def _outside(spots: Sequence[_Spot]) -> bool:
    return sum(spot.outside for spot in spots) >= 0.8 * len(spots)


def _runs(article: Sequence[_Spot], common: set[str]) -> Iterator[tuple[_Spot, ...]]:
    run: list[_Spot] = []
    for spot in article:
        if spot.label in common:
            run.append(spot)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _ranked(found: list[Recurring]) -> list[Recurring]:
    return sorted(found, key=lambda each: (-each.count, each.texts))
