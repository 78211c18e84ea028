"""An article and the settings in -> the article cleaned, with a finding for each thing seen or done."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from publisher.clean.catalogue import check_codes, known
from publisher.clean.edits import apply, empty, without
from publisher.clean.known import kept as kept_lines
from publisher.clean.known import knowing, known_of, strict
from publisher.clean.rule import Rule
from publisher.clean.rules import PASSES
from publisher.clean.rules.behind_the_end import CODE as BEHIND
from publisher.clean.rules.behind_the_end import ending
from publisher.clean.rules.scored_line import CODE as SCORED
from publisher.clean.rules.scored_line import Terms, scoring
from publisher.clean.scorer.model import Model
from publisher.model import Article, CleanArticle, Edit, Finding, FrontMatter, Line
from publisher.settings import CleanSettings, KnownSource

ROUNDS = 6  # a line that goes can uncover another; two rounds are the rule, three are rare
# what is known of a source is asked right after what is known of all pages
_LEARNED = next(n for n, rules in enumerate(PASSES, 1) if any(rule.family == "CL" for rule in rules))
_CODE = re.compile(r"[A-Za-z]{2}\d{1,4}")
Raised = tuple[Finding, bool]  # what a rule found, and whether it is sure enough


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no edit may pass: the author's front matter, lines that are kept, the confidence asked for."""

    front: FrontMatter
    kept: frozenset[int]
    confidence: float


@dataclass(frozen=True, slots=True)
class Pass:
    """The rules that see the same article, and what they said of it last: they say the same again."""

    rules: tuple[Rule, ...]
    last: list[tuple[Article, list[Raised]]] = field(default_factory=list)

    def asked(self, article: Article, bounds: Bounds) -> list[Raised]:
        """What the rules find, and whether it is sure enough; only lines and title can have changed."""
        for seen, raised in self.last:
            if seen.lines is article.lines and seen.front.title == article.front.title:
                return raised
        found = list(_within(chain.from_iterable(rule.check(article) for rule in self.rules), bounds))
        self.last[:] = [(article, found)]
        return found


def clean(
    article: Article, settings: CleanSettings, model: Model | None = None, explained: bool = False
) -> CleanArticle:
    """Run the rules, each pass on the article as the earlier ones left it, until nothing changes.

    A finding as sure as `settings` ask for whose edit is possible is made (`applied`); the others are
    reported. Lines that `keep` names stay as they are. Unknown codes are PublishErrors. `model`: other
    weights for the scorer than those that are shipped. `explained`: its findings tell their evidence.
    """
    check_codes((*settings.select, *settings.ignore), "clean")
    keep = article.front.keep
    where = f"{article.path}:{article.front.lines.get('keep') or article.front.lines.get('publish', 1)}"
    check_codes((entry for entry in keep if _CODE.fullmatch(entry)), where)
    sources = known_of(article, settings.sources)
    chosen = replace(
        settings,
        ignore=(*settings.ignore, *(entry for entry in keep if known(entry))),
        strict=strict(sources, settings.strict),
    )
    kept = _kept(article, tuple(entry for entry in keep if not known(entry))) | kept_lines(article, sources)
    bounds = Bounds(article.front, kept, chosen.asked)
    wanted = _wanted(chosen, sources)
    passes = [Pass(tuple(rule for rule in rules if rule.surest >= bounds.confidence)) for rules in wanted]
    reporters = tuple(rule for rules in wanted for rule in rules if rule.surest < bounds.confidence)
    terms = Terms(chosen.strict, chosen.confidence or 0.0, model, explained)
    surveys = [rule for rule in (scoring(terms), ending(terms.floor)) if chosen.wants(rule.code)]
    made: list[Finding] = []
    likely: list[Finding] = []
    current = article
    for _ in range(ROUNDS):
        current, found = _round(passes, surveys, current, bounds)
        made += (finding for finding in found if finding.applied)
        # what is likely is told as the first round knew it, which saw most of the page
        likely = likely or [finding for finding in found if finding.code == SCORED]
        if not any(finding.applied for finding in found):
            break
    left = {line.number for line in current.lines}
    reports = [finding for finding in found if not finding.applied and finding.code != SCORED]
    reports += (finding for finding in likely if not finding.applied and left.issuperset(finding.lines))
    reports += _once([Pass(reporters)], current, bounds, {})[1]
    return CleanArticle(current, tuple(sorted((*made, *reports), key=lambda f: (f.lines, f.code))))


def _wanted(settings: CleanSettings, sources: tuple[KnownSource, ...]) -> Sequence[tuple[Rule, ...]]:
    """The passes with the rules that are asked for, and what is known of the source."""
    wanted = _selected(settings.select, settings.ignore)
    if not sources or not settings.wants((rule := knowing(sources)).code):
        return wanted
    return (*wanted[:_LEARNED], (rule,), *wanted[_LEARNED:])


@lru_cache(64)
def _selected(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[tuple[Rule, ...], ...]:
    """The passes with the rules that these codes leave; most articles of a publication are asked the same."""
    chosen = CleanSettings(select, ignore)
    return tuple(
        tuple(rule for rule in rules if rule.code not in {SCORED, BEHIND} and chosen.wants(rule.code))
        for rules in PASSES
    )


def _round(
    passes: Sequence[Pass], surveys: Sequence[Rule], article: Article, bounds: Bounds
) -> tuple[Article, list[Finding]]:
    """The rules until nothing changes, then the surveys: what a rule can name, and move, is no guesswork.

    What went is remembered for this round alone: a clean text that comes again has no such memory.
    """
    made: list[Finding] = []
    gone: dict[int, Line] = {}
    for _ in range(ROUNDS):
        article, found = _once(passes, article, bounds, gone)
        made += (finding for finding in found if finding.applied)
        if not any(finding.applied for finding in found):
            break
    made += (finding for finding in found if not finding.applied)
    for survey in filter(None, (rule.survey for rule in surveys)):
        judged = survey(_whole(_seen(article, bounds.front), gone), frozenset(gone))
        article, scored = _made(_within(judged, replace(bounds, confidence=0.0)), article, gone)
        made += scored
    return article, made


def _once(
    passes: Sequence[Pass], article: Article, bounds: Bounds, gone: dict[int, Line]
) -> tuple[Article, list[Finding]]:
    """All passes once; the lines that they take join those that are `gone`."""
    findings: list[Finding] = []
    seen = _seen(article, bounds.front)
    for each in passes:
        if raised := each.asked(seen, bounds):
            article, found = _made(raised, article, gone)
            seen = _seen(article, seen.front)
            findings += found
    return article, findings


def _seen(article: Article, front: FrontMatter) -> Article:
    """The article as rules see it: with the author's front matter, and of what moved there only the title.

    So a second byline is judged as the first was, whether the text is cleaned again with or without it.
    """
    title = article.front.title
    front = front if front.title == title else replace(front, title=title)
    return Article(article.path, front, article.lines)


def _made(raised: Iterable[Raised], article: Article, gone: dict[int, Line]) -> tuple[Article, list[Finding]]:
    """The article with the edits that can be made; the lines that leave join those that are `gone`."""
    found = list(_settled(raised, article))
    if made := [finding for finding in found if finding.applied]:
        gone |= _taken(article, made)
        article = apply(article, made)
    return article, found


def _taken(article: Article, made: Iterable[Finding]) -> dict[int, Line]:
    """The lines that leave, but the title: where that stood says nothing, it may have been there already."""
    numbers = {
        number
        for finding in made
        if finding.edit and not finding.edit.texts and "title" not in dict(finding.edit.fields)
        for number in finding.lines
    }
    return {
        line.number: Line(line.number, line.text.strip())
        for line in article.lines
        if line.number in numbers and not line.blank
    }


def _kept(article: Article, texts: tuple[str, ...]) -> frozenset[int]:
    wanted = [" ".join(text.casefold().split()) for text in texts if text.strip()]
    if not wanted:
        return frozenset()
    return frozenset(
        line.number
        for line in article.lines
        if any(text in " ".join(line.text.casefold().split()) for text in wanted)
    )


def _within(found: Iterable[Finding], bounds: Bounds) -> Iterator[Raised]:
    """Each finding without the lines that are kept, and whether it is sure enough."""
    for finding in found:
        if (rest := without(finding, bounds.kept)) is not None:
            yield rest, rest.confidence >= bounds.confidence


def _whole(article: Article, gone: Mapping[int, Line]) -> Article:
    """The article with the lines that went in their places."""
    lines = sorted((*article.lines, *gone.values()), key=lambda line: line.number)
    return replace(article, lines=tuple(lines))


def _settled(found: Iterable[Raised], article: Article) -> Iterator[Finding]:
    """Which edits are made. A line changes once in a pass, and a field is filled once."""
    taken: set[int] = set()
    filled: set[str] = set()
    for finding, sure in found:
        edit = finding.edit
        if taken.issuperset(finding.lines):
            continue  # another rule had the line first; to say so twice helps nobody
        if edit is None or not sure or not taken.isdisjoint(finding.lines):
            yield finding
            continue
        if edit.fields:
            free = [field for field, _ in edit.fields if field not in filled and empty(article.front, field)]
            if not free and edit.texts:
                continue
            edit = _moving(edit, free)
        taken.update(finding.lines)
        filled.update(field for field, _ in edit.fields)
        yield Finding(
            finding.code, finding.lines, finding.message, finding.confidence, edit, True, finding.evidence
        )


def _moving(edit: Edit, free: Sequence[str]) -> Edit:
    """The edit without the moves into fields that an earlier line of this text filled."""
    moves = tuple((field, value) for field, value in edit.fields if field in free)
    field, value = moves[0] if moves else ("", "")
    return Edit(edit.texts, field, value, moves[1:])
