"""A line that looks like page furniture, or a repetition, by all that can be told of it.

Why: No list of phrases knows the headlines of other articles, the names of sections or a site's own words.
They give themselves away by what stands around them, by their shape, and by having nothing of the story.

Fix: For each line that other rules left, trees that learned from labelled pages say how likely it is. How
sure that has to be depends on what may be lost: least for a label of a word or two, more for a sentence and
for a line that is a large part of the article, most where no other rule took something. All lines that go
together may, by how unsure they are, cost less than one word in a hundred (of a whole page two); the strict
setting has no such bound and asks for less. What only the strict setting would take is reported.
Pictures, standfirsts, signatures of letters, code, tables, quotes, verses, numbered lists and lists with
figures are spared, as is a text of fewer than three paragraphs. `publish explain FILE:LINE` tells what spoke
for and against a line, docs/scorer.md how it works.

Example: Three headlines under the last paragraph, of which no word is in the story:
Ferry captain honoured for rescue
Fog keeps planes on the ground
Three bakeries that open on Sunday
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import exp, log1p

from publisher.clean.evidence import evidence
from publisher.clean.report import quote
from publisher.clean.rule import Rule, define
from publisher.clean.scorer.model import Judged, Model, judge, weights
from publisher.clean.scorer.row import Row
from publisher.clean.scorer.rows import rows
from publisher.clean.text import TARGET, ends_sentence, size
from publisher.model import Article, Edit, Finding, Line

CODE = "CL020"
STORY = 3  # paragraphs
WHOLE = 100  # lines beside the paragraphs that a whole page has, at least
# a picture; a rule across the page
_WORDLESS = re.compile(rf"\s*(?:!\[[^\[\]]*\]{TARGET}|(?:[-*_=]\s*){{3,}})\s*")
SENTENCE = 6  # words
CLOSING, NAME = 5, 3  # words in what closes a letter, and below it
LEAST = 3  # words that may be risked in the shortest article


@dataclass(frozen=True, slots=True)
class Setting:
    """How sure the scorer has to be, and what it may risk.

    `least`: for a word or two in a long article, as a logit; `slope`: more for a line that is a larger share
    of the article; `sentence`: more for one that ends as a sentence. `risk`: the share of the article's words
    that the lines may cost together, each of its own by how unsure it is; from `sure` on it costs nothing.
    """

    least: float
    slope: float
    sentence: float
    risk: float
    sure: float = 1.0

    def needed(self, line: Row, words: int) -> float:
        """How likely furniture a line has to be."""
        told = line.look.ended and line.look.size >= SENTENCE
        logit = self.least + self.slope * log1p(100 * line.look.size / words) + self.sentence * told
        return 1 / (1 + exp(-logit))


# where the rules took something (from a whole page), and where they found nothing: a text
# that is clean, most likely
SAFE, KEEN = Setting(-1.6, 1.9, 0.3, 0.006), Setting(-1.2, 0.65, 0.3, 1.0)
PAGE = Setting(-1.2, 1.8, 0.3, 0.02, 0.92)
SAFE_CLEAN, KEEN_CLEAN = Setting(2.4, 0.6, 0.5, 0.01), Setting(1.1, 0.5, 0.3, 1.0)
BARE = Setting(2.9, 0.0, 0.0, 1.0)  # where there is no story that a line could be unlike: poems, lists


@dataclass(frozen=True, slots=True)
class Terms:
    """How lines are judged: in which setting, nothing less sure than `floor` taken, by other weights than
    those that are shipped, and with the evidence for each (which takes longer than the judgement).
    """

    strict: bool = False
    floor: float = 0.0
    model: Model | None = None
    explained: bool = False


def scoring(terms: Terms) -> Rule:
    """The rule on these terms."""
    return replace(RULE, survey=partial(survey, terms=terms))


def check(article: Article) -> Iterator[Finding]:
    """Judge the article as it stands, in the default setting."""
    return survey(article, frozenset())


def survey(article: Article, removed: frozenset[int], terms: Terms = Terms()) -> Iterator[Finding]:
    """Judge the lines that are left; `article` still holds the removed ones, which tell of their neighbours.

    What only the strict setting would take, or is below the floor, gets a finding without an edit.
    Pictures are not judged: a picture of the story has no more words than another.
    """
    model = terms.model or weights()
    seen = rows(article, removed)
    words = max(1, sum(row.look.size for row in seen if not row.gone))
    judged = [
        one for one in judge(seen, article.front.title, model) if not _WORDLESS.fullmatch(one.row.look.text)
    ]
    signed = _signed(article.lines)
    judged = [one for one in judged if one.row.number not in signed]
    likely = _chosen(judged, words, _setting(seen, strict=True), floor=0.0)
    taken = _chosen(judged, words, _setting(seen, terms.strict), terms.floor)
    for one in judged:
        if one.row.number in likely | taken:
            yield Finding(
                CODE,
                (one.row.number,),
                f"unlike the story: {quote(one.row.look.text)}",
                round(one.probability, 3),
                Edit() if one.row.number in taken else None,
                evidence=evidence(one, model) if terms.explained else (),
            )


def _signed(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines that close a letter: "Until next week," and below it a name."""
    said = [line for line in lines if not line.blank]
    found: set[int] = set()
    for above, line, below in zip(said, said[1:], said[2:], strict=False):
        closes = line.text.rstrip().endswith((",", "，")) and size(line.text) <= CLOSING
        if (
            closes
            and ends_sentence(above.text)
            and size(below.text) <= NAME
            and not ends_sentence(below.text)
        ):
            found |= {line.number, below.number}
    return frozenset(found)


def _chosen(judged: Iterable[Judged], words: int, setting: Setting, floor: float) -> frozenset[int]:
    """The numbers of the lines that go, the surest first, as long as together they risk little enough."""
    found: set[int] = set()
    left = max(setting.risk * words, LEAST)
    for one in sorted(judged, key=lambda one: (-one.probability, one.row.number)):
        cost = 0.0 if one.probability >= setting.sure else (1 - one.probability) * one.row.look.size
        if one.probability >= max(floor, setting.needed(one.row, words)) and cost <= left:
            left -= cost
            found.add(one.row.number)
    return frozenset(found)


def _setting(lines: Sequence[Row], strict: bool) -> Setting:
    if sum(row.story for row in lines) < STORY:
        return BARE
    if any(row.gone for row in lines):
        whole = sum(not row.story for row in lines) >= WHOLE
        return KEEN if strict else PAGE if whole else SAFE
    return KEEN_CLEAN if strict else SAFE_CLEAN


RULE = define(CODE, "scored-line", __doc__, check)
