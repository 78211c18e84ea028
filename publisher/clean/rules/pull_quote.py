"""A pull quote or caption: a line that a longer paragraph holds word for word.

Why: typographic decoration of the source; in a feed or a mail it reads as a stutter.

Fix: a sentence in quotation marks is dropped, and inside the story one that a paragraph nearby holds. Other
copies are candidates: reported, and dropped where the confidence asked for is 0.8 or less. The line has to
have eight words or more, and to be no heading, list item or verse.

Example: "We had no other choice but to close the bridge" between two paragraphs, one of which says it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from publisher.clean.place import paragraphs
from publisher.clean.report import quote
from publisher.clean.rule import define
from publisher.clean.structure import Kind, kinds, stanza
from publisher.clean.text import CACHE, ends_sentence, plain, size, words
from publisher.model import Article, Edit, Finding, Line

CODE = "DU004"
QUOTED, NEARBY, CANDIDATE = 0.93, 0.92, 0.8  # summaries and subtitles repeat the story on purpose
SHORTEST, LONGEST = 8, 60  # words
LONGER = 4  # words by which the paragraph exceeds its quote
NEAR, FAR = 5, 16  # lines between a plain sentence or a quoted one and the paragraph that says it
LABEL = 3  # words
NAME = 10  # words that say who said it
BUDGET = 20_000_000  # characters searched in one article, so that a huge one stays linear
ENDS = (".", "!", "?", "…", "。", "！", "？")
OPENING, CLOSING = "\"'“„«»‘‚”‹›「『", "\"'”“»«’‘‹›」』"


@dataclass(frozen=True, slots=True)
class _Story:
    """The words of the lines at some places, a line each, with a space around every word."""

    places: Sequence[int]
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A line (its index) that a paragraph (its index) holds, and how many lines stand between them."""

    at: int
    owner: int
    between: int

    @property
    def echo(self) -> bool:
        """Whether the line says at once again what the paragraph above it says: speakers do so."""
        return self.owner < self.at and not self.between


def check(article: Article) -> Iterator[Finding]:
    lines, kind = article.lines, kinds(article.lines)
    prose = [at for at, name in enumerate(kind) if name == "prose"]
    candidates = list(_candidates(lines, kind))
    if not candidates:
        return
    text = _Story(prose, "\n".join([_run(lines[at].text) for at in prose]))
    room = BUDGET // (len(text.text) + 1)
    found = [copy for at in candidates[:room] if (copy := _copy(at, text, lines, kind[at]))]
    copies = [copy for copy in found if kind[copy.at] == "quote" or not stanza(lines, copy.at)]
    holds = Counter(copy.owner for copy in copies)
    story = paragraphs(lines) if copies else ()
    head, inside = (story[n] if len(story) > n else len(lines) for n in (1, 2))
    for copy in copies:
        line = lines[copy.at]
        sure = _sureness(line, copy)
        if sure < QUOTED and (copy.at < inside or _labelled(lines, copy.at)):
            sure = CANDIDATE
        if copy.owner < head or holds[copy.owner] > 1:
            sure = CANDIDATE
        message = f"also in line {lines[copy.owner].number}: {quote(line.text)}"
        block = _block(lines, kind, copy.at) if kind[copy.at] == "quote" else (line,)
        yield Finding(CODE, tuple(each.number for each in block), message, sure, Edit())


def _candidates(lines: tuple[Line, ...], kind: Sequence[Kind]) -> Iterator[int]:
    """Lines of the right length, and the first of a block quote of one line and a speaker's name."""
    for at, name in enumerate(kind):
        if name not in {"prose", "quote"} or not SHORTEST <= size(lines[at].text) <= LONGEST:
            continue
        if name == "prose" or _block(lines, kind, at):
            yield at


def _block(lines: Sequence[Line], kind: Sequence[Kind], at: int) -> tuple[Line, ...]:
    """The block quote that begins with a line, if it is a saying and at most who said it."""
    stop = next((place for place in range(at, min(at + 6, len(kind))) if kind[place] != "quote"), len(kind))
    block = tuple(lines[at:stop])
    behind = [size(line.text) for line in block[1:] if words(line.text)]
    first = not at or kind[at - 1] != "quote"
    return block if first and len(block) <= 6 and sum(behind) <= NAME and len(behind) <= 1 else ()


def _copy(at: int, story: _Story, lines: Sequence[Line], kind: Kind) -> Copy | None:
    """Where a longer line holds the words of a line as one run."""
    run = _run(lines[at].text)
    place = story.text.find(run)
    if kind == "prose" and story.text.find(run, place + 1) < 0:
        return None  # only where it stands itself
    while place >= 0:
        owner = story.places[story.text.count("\n", 0, place)]
        if owner != at and len(words(lines[owner].text)) >= run.count(" ") - 1 + LONGER:
            between = sum(not line.blank for line in lines[min(at, owner) + 1 : max(at, owner)][: 2 * FAR])
            return Copy(at, owner, between)
        place = story.text.find(run, place + len(run) - 1)
    return None


@lru_cache(CACHE)
def _run(text: str) -> str:
    return f" {' '.join(words(text))} "


def _labelled(lines: Sequence[Line], at: int) -> bool:
    """Whether a label stands above the line ("Claim", "Q:"): it is not repeated there, but dealt with."""
    above = next((line.text for line in reversed(lines[:at]) if not line.blank), "")
    return size(above) <= LABEL and not ends_sentence(above.rstrip(": "))


def _sureness(line: Line, copy: Copy) -> float:
    said = plain(line.text)
    if not said.rstrip(f"{CLOSING} \u00a0\u202f").endswith(ENDS):
        return CANDIDATE
    marks = said[:1] in OPENING and said[-1:] in CLOSING
    if marks and copy.between < FAR:
        return QUOTED
    return NEARBY if copy.between < NEAR and not copy.echo else CANDIDATE


RULE = define(CODE, "pull-quote", __doc__, check)
