"""A lead or teaser that the story says again.

Why: a description cut out of the text, often in mid-sentence, stood above it on the source's page.

Fix: a line before or at the head of the story is dropped when a later part of it holds nearly all of its
words as one run: cut off, begun in mid-sentence, or with a misspelt name.

Example: "gravity of the matter. Their claim says that…" above the paragraph it was cut from.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from publisher.clean.match import Hit, Text, find, index
from publisher.clean.memory import remembered
from publisher.clean.place import paragraphs
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import CLOSED, kinds, stanza
from publisher.clean.text import ends_sentence, plain, prose, size, truncated, words
from publisher.model import Article, Finding, Line

CODE = "DU002"
FIRST = 12  # lines of the head that may be a teaser
SHORTEST = 5  # words
SPEECH = "–—-"  # what somebody says in the story begins with a dash
CUT, WHOLE, EXACT, EQUAL = 0.85, 0.9, 0.95, 0.97  # share of the words that has to be found again
LONG = 12  # words from which a few may differ


def check(article: Article) -> Iterator[Finding]:
    yield from _teasers(article.lines, bool(article.front.title))


@remembered
def _teasers(lines: tuple[Line, ...], titled: bool) -> tuple[Finding, ...]:
    return tuple(_found(lines, titled))


def _found(lines: tuple[Line, ...], titled: bool) -> Iterator[Finding]:
    kind = kinds(lines)
    places = [at for at, name in enumerate(kind) if name not in CLOSED]
    story = paragraphs(lines)
    stop = story[2] if len(story) > 2 else len(lines)
    candidates = [at for at in places[:FIRST] if at < stop and kind[at] == "prose"]
    texts = ((at, lines[at].text) for at in candidates)
    needles = {at: words(text) for at, text in texts if _candidate(text, titled or at != places[0])}
    if not needles:
        return
    text = index([(place, words(lines[place].text)) for place in places], needles.values())
    for at in needles:
        hit = _again(lines, at, text)
        if hit and _may_go(lines, at, hit, story):
            message = f"teaser, again in line {lines[hit.line].number}: {quote(lines[at].text)}"
            yield drop(CODE, lines[at], message, min(0.98, 0.05 + hit.share))


def _candidate(text: str, no_title: bool) -> bool:
    """Long enough, and not what may be the title: an untitled text may begin with it, even as a sentence."""
    if plain(text)[:1] in SPEECH and not truncated(text):
        return False
    if size(text) < SHORTEST or (not truncated(text) and len(words(text)) < 8):
        return False
    return no_title or truncated(text)


def _again(lines: Sequence[Line], at: int, text: Text) -> Hit | None:
    """Where the words of line `at` come again after it."""
    cut = truncated(lines[at].text)
    needle = words(lines[at].text)
    hit = find(needle, text, bisect_right(text.owner, at), cut)
    least = CUT if cut else WHOLE if size(lines[at].text) >= LONG else EXACT
    return hit if hit and hit.share >= least else None


def _may_go(lines: Sequence[Line], at: int, hit: Hit, story: Sequence[int]) -> bool:
    """The earlier copy goes if it is cut, if the later one is a paragraph that says more, or if none lies

    between.
    """
    if truncated(lines[at].text):
        return True
    if _refrain(lines, at):
        return False
    if size(lines[hit.line].text) >= size(lines[at].text) + 3 and prose(lines[hit.line].text):
        return True
    between = any(at < paragraph < hit.line for paragraph in story)
    verse = stanza(tuple(lines), at) and stanza(tuple(lines), hit.line)
    # a headline that stands twice may be a line of a table of contents
    said = ends_sentence(lines[at].text) or size(lines[at].text) >= LONG
    return said and hit.share >= EQUAL and not between and not verse


def _refrain(lines: Sequence[Line], at: int) -> bool:
    """Whether a sentence comes again within two later lines or more that say more: a tale is told so."""
    said = f" {' '.join(words(lines[at].text))} "
    longer = (f" {' '.join(words(line.text))} " for line in lines[at + 1 :] if not line.blank)
    found = (other != said and said in other for other in longer)
    return ends_sentence(lines[at].text) and sum(found) > 1


RULE = define(CODE, "teaser", __doc__, check)
