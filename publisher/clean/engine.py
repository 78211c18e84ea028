"""An article and the settings in -> the article cleaned, with a finding for each thing seen or done."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.clean.catalogue import check_codes, known
from publisher.clean.edits import apply, empty, without
from publisher.clean.known import kept as kept_lines
from publisher.clean.known import knowing, known_of, strict
from publisher.clean.rule import Rule
from publisher.clean.rules import PASSES
from publisher.clean.rules.scored_line import CODE as SCORED
from publisher.clean.rules.scored_line import Terms, scoring
from publisher.clean.scorer.model import Model
from publisher.model import Article, CleanArticle, Edit, Finding, FrontMatter, Line
from publisher.settings import CleanSettings, KnownSource

ROUNDS = 6  # a line that goes can uncover another; two rounds are the rule, three are rare
# what is known of a source is asked right after what is known of all pages
_LEARNED = next(n for n, rules in enumerate(PASSES, 1) if any(rule.family == "CL" for rule in rules))
_CODE = re.compile(r"[A-Za-z]{2}\d{1,4}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no edit may pass: the author's front matter, lines that are kept, the confidence asked for."""

    front: FrontMatter
    kept: frozenset[int]
    confidence: float


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
    passes = [[rule for rule in rules if rule.surest >= bounds.confidence] for rules in wanted]
    reporters = [rule for rules in wanted for rule in rules if rule.surest < bounds.confidence]
    terms = Terms(chosen.strict, chosen.confidence or 0.0, model, explained)
    scorers = [scoring(terms)] if chosen.wants(SCORED) else []
    made: list[Finding] = []
    likely: list[Finding] = []
    current = article
    for _ in range(ROUNDS):
        current, found = _round(passes, scorers, current, bounds)
        made += (finding for finding in found if finding.applied)
        # what is likely is told as the first round knew it, which saw most of the page
        likely = likely or [finding for finding in found if finding.code == SCORED]
        if not any(finding.applied for finding in found):
            break
    left = {line.number for line in current.lines}
    reports = [finding for finding in found if not finding.applied and finding.code != SCORED]
    reports += (finding for finding in likely if not finding.applied and left.issuperset(finding.lines))
    reports += _once([reporters], current, bounds, {})[1]
    return CleanArticle(current, tuple(sorted((*made, *reports), key=lambda f: (f.lines, f.code))))


def _wanted(settings: CleanSettings, sources: tuple[KnownSource, ...]) -> list[list[Rule]]:
    """The passes with the rules that are asked for, and what is known of the source."""
    every = (*PASSES[:_LEARNED], (knowing(sources),), *PASSES[_LEARNED:]) if sources else PASSES
    return [[rule for rule in rules if rule.code != SCORED and settings.wants(rule.code)] for rules in every]


def _round(
    passes: Sequence[Sequence[Rule]], scorers: Sequence[Rule], article: Article, bounds: Bounds
) -> tuple[Article, list[Finding]]:
    """The rules until nothing changes, then the scorer: what a rule can name, and move, is no guesswork.

    What went is remembered for this round alone: a clean text that comes again has no such memory.
    """
    made: list[Finding] = []
    gone: dict[int, Line] = {}
    for _ in range(ROUNDS):
        article, found = _once(passes, article, bounds, gone)
        made += (finding for finding in found if finding.applied)
        if not any(finding.applied for finding in found):
            break
    article, scored = _once([scorers], article, bounds, gone)
    return article, [*made, *(finding for finding in found if not finding.applied), *scored]


def _once(
    passes: Sequence[Sequence[Rule]], article: Article, bounds: Bounds, gone: dict[int, Line]
) -> tuple[Article, list[Finding]]:
    """All passes once; the lines that they take join those that are `gone`.

    Rules see the author's front matter, and of what moved there only the title: so a second byline is judged
    as the first was, whether the text is cleaned again with or without it.
    """
    findings: list[Finding] = []
    for rules in passes:
        front = replace(bounds.front, title=article.front.title)
        seen = Article(article.path, front, article.lines)
        raised = list(_found(rules, seen, gone, bounds))
        found = list(_settled(raised, article)) if raised else []
        findings += found
        if made := [finding for finding in found if finding.applied]:
            gone |= _taken(article, made)
            article = apply(article, made)
    return article, findings


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


def _found(
    rules: Iterable[Rule], article: Article, gone: Mapping[int, Line], bounds: Bounds
) -> Iterator[tuple[Finding, bool]]:
    """Each finding, and whether it is sure enough."""
    for rule in rules:
        found = rule.survey(_whole(article, gone), frozenset(gone)) if rule.survey else rule.check(article)
        for finding in found:
            if (rest := without(finding, bounds.kept)) is not None:
                yield rest, rule.survey is not None or rest.confidence >= bounds.confidence


def _whole(article: Article, gone: Mapping[int, Line]) -> Article:
    """The article with the lines that went in their places."""
    lines = sorted((*article.lines, *gone.values()), key=lambda line: line.number)
    return replace(article, lines=tuple(lines))


def _settled(found: Iterable[tuple[Finding, bool]], article: Article) -> Iterator[Finding]:
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
        yield replace(finding, edit=edit, applied=True)


def _moving(edit: Edit, free: Sequence[str]) -> Edit:
    """The edit without the moves into fields that an earlier line of this text filled."""
    moves = tuple((field, value) for field, value in edit.fields if field in free)
    field, value = moves[0] if moves else ("", "")
    return Edit(edit.texts, field, value, moves[1:])
