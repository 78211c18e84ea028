"""What stands on a whole page behind the end of the article: other articles, terms of use, a shop.

Why: A page goes on below its story. What is left of that, once buttons and lists of links are gone, are
whole paragraphs of something else, which no line gives away by itself.

Fix: Of a text with a hundred lines or more beside its paragraphs, lines are dropped that stand behind the
largest part of the story, parted from it by six lines or more of the page, one of them a share bar, a call
to subscribe or to comment, or a notice of rights. Two paragraphs or more that speak of the story's subjects
stay; so does all, where three such parts or more follow each other: sections that can be shared one by one.

Example: The story, "Share this", "Leave a reply", five headlines, and then:
Sample Media is a leading publisher of local news in the north.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, dropwhile

from publisher.clean.phrases import grade
from publisher.clean.report import quote
from publisher.clean.rule import Rule, define
from publisher.clean.rules.scored_line import WHOLE
from publisher.clean.scorer.row import Row
from publisher.clean.scorer.rows import unprotected
from publisher.model import Article, Edit, Finding

CODE = "CL018"
CONFIDENCE = 0.92
GAP = 6  # lines of the page between two parts of a text
PARAGRAPHS, SHARED = 2, 0.15  # of a part that goes on with the story: at least, and the share of its words
SECTIONS = 3  # parts with paragraphs, each below the like: those of a list, of which each can be shared
_ENDS = frozenset({"share", "comments", "rights", "newsletter", "subscribe", "consent"})


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are left, with less than a gap between, and the lines of the page above them."""

    above: tuple[Row, ...]
    lines: tuple[Row, ...]

    @property
    def words(self) -> int:
        return sum(row.look.size for row in self.lines)

    @property
    def paragraphs(self) -> int:
        return sum(row.story for row in self.lines)

    @property
    def content(self) -> frozenset[str]:
        """Its subject words."""
        return frozenset(chain.from_iterable(row.look.content for row in self.lines))

    @property
    def behind(self) -> bool:
        """Whether what stands above says that a page ends here."""
        grades = (grade(row.look.text) for row in self.above)
        return any(found is not None and found.family in _ENDS for found in grades)

    def told(self, said: frozenset[str]) -> bool:
        """Whether it goes on with the story that has `said` these words."""
        own = self.content
        return self.paragraphs >= PARAGRAPHS and len(own & said) >= SHARED * len(own)


def ending(floor: float) -> Rule:
    """The rule; where more than its confidence is asked for it only reports."""
    return replace(RULE, survey=partial(survey, floor=floor))


def check(article: Article) -> Iterator[Finding]:
    """Of an article from which nothing was taken nothing can be told."""
    return survey(article, frozenset())


def survey(article: Article, removed: frozenset[int], floor: float = 0.0) -> Iterator[Finding]:
    """`article` still holds the removed lines, which part the story from what stands behind it."""
    if len(removed) < GAP or len(article.lines) < WHOLE:
        return
    seen = unprotected(article, removed)
    if sum(not row.story for row in seen) < WHOLE:
        return
    edit = Edit() if floor <= CONFIDENCE else None
    for row in _behind(tuple(_parts(seen))):
        message = f"behind the end of the story: {quote(row.look.text)}"
        yield Finding(CODE, (row.number,), message, CONFIDENCE, edit)


def _behind(parts: Sequence[Part]) -> Iterator[Row]:
    """The lines of the parts behind the end; the story is the largest part, and those above it."""
    if not parts:
        return
    story = max(range(len(parts)), key=lambda at: parts[at].words)
    said = frozenset(chain.from_iterable(part.content for part in parts[: story + 1]))
    behind = list(dropwhile(lambda part: not part.behind, parts[story + 1 :]))
    if sum(part.paragraphs >= PARAGRAPHS for part in behind) < SECTIONS:
        yield from chain.from_iterable(part.lines for part in behind if not part.told(said))


def _parts(seen: Iterable[Row]) -> Iterator[Part]:
    above: list[Row] = []
    gone: list[Row] = []
    lines: list[Row] = []
    for row in seen:
        if row.gone:
            gone.append(row)
            continue
        if len(gone) >= GAP and lines:
            yield Part(tuple(above), tuple(lines))
            above, lines = gone, []
        gone = []
        lines.append(row)
    if lines:
        yield Part(tuple(above), tuple(lines))


RULE = define(CODE, "behind-the-end", __doc__, check)
