"""An article and the settings in -> the article cleaned, with a finding for each thing seen or done."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.clean.catalogue import check_codes, known
from publisher.clean.edits import apply, empty, without
from publisher.clean.known import kept as kept_lines
from publisher.clean.known import knowing, known_of
from publisher.clean.rule import Rule
from publisher.clean.rules import PASSES
from publisher.model import Article, CleanArticle, Edit, Finding, FrontMatter
from publisher.settings import CleanSettings

ROUNDS = 6  # a line that goes can uncover another; two rounds are the rule, three are rare
# what is known of a source is asked right after what is known of all pages
_LEARNED = next(n for n, rules in enumerate(PASSES, 1) if any(rule.family == "CL" for rule in rules))
_CODE = re.compile(r"[A-Za-z]{2}\d{1,4}")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no edit may pass: lines that are kept, and the confidence asked for."""

    kept: frozenset[int]
    confidence: float


def clean(article: Article, settings: CleanSettings) -> CleanArticle:
    """Run the rules, each pass on the article as the earlier ones left it, until nothing changes.

    A finding at least as sure as `settings.confidence` whose edit is possible is made (`applied`); the
    others are reported. Lines that `keep` names stay as they are. Unknown codes are PublishErrors.
    """
    check_codes((*settings.select, *settings.ignore), "clean")
    keep = article.front.keep
    where = f"{article.path}:{article.front.lines.get('keep') or article.front.lines.get('publish', 1)}"
    check_codes((entry for entry in keep if _CODE.fullmatch(entry)), where)
    sources = known_of(article, settings.sources)
    kept = _kept(article, tuple(entry for entry in keep if not known(entry))) | kept_lines(article, sources)
    chosen = replace(settings, ignore=(*settings.ignore, *(entry for entry in keep if known(entry))))
    every = (*PASSES[:_LEARNED], (knowing(sources),), *PASSES[_LEARNED:]) if sources else PASSES
    wanted = [[rule for rule in rules if chosen.wants(rule.code)] for rules in every]
    passes = [[rule for rule in rules if rule.surest >= settings.confidence] for rules in wanted]
    reporters = [rule for rules in wanted for rule in rules if rule.surest < settings.confidence]
    bounds = Bounds(kept, settings.confidence)
    made: list[Finding] = []
    current = article
    for _ in range(ROUNDS):
        current, found = _round(passes, current, article.front, bounds)
        made += (finding for finding in found if finding.applied)
        if not any(finding.applied for finding in found):
            break
    reports = [finding for finding in found if not finding.applied]
    reports += _round([reporters], current, article.front, bounds)[1]
    return CleanArticle(current, tuple(sorted((*made, *reports), key=lambda f: (f.lines, f.code))))


def _round(
    passes: Sequence[Sequence[Rule]], article: Article, front: FrontMatter, bounds: Bounds
) -> tuple[Article, list[Finding]]:
    """All rules once. They see the author's front matter, and of what moved there only the title: so a

    second byline is judged as the first was, whether the text is cleaned again with or without it.
    """
    findings: list[Finding] = []
    for rules in passes:
        if front.title != article.front.title:
            front = replace(front, title=article.front.title)
        seen = Article(article.path, front, article.lines)
        found = list(_settled(_found(rules, seen, bounds.kept), article, bounds.confidence))
        article = apply(article, (finding for finding in found if finding.applied))
        findings += found
    return article, findings


def _kept(article: Article, texts: tuple[str, ...]) -> frozenset[int]:
    wanted = [" ".join(text.casefold().split()) for text in texts if text.strip()]
    if not wanted:
        return frozenset()
    return frozenset(
        line.number
        for line in article.lines
        if any(text in " ".join(line.text.casefold().split()) for text in wanted)
    )


def _found(rules: Iterable[Rule], article: Article, kept: frozenset[int]) -> Iterator[Finding]:
    for rule in rules:
        for finding in rule.check(article):
            if (rest := without(finding, kept)) is not None:
                yield rest


def _settled(found: Iterable[Finding], article: Article, confidence: float) -> Iterator[Finding]:
    """Which edits are made. A line changes once in a pass, and a field is filled once."""
    taken: set[int] = set()
    filled: set[str] = set()
    for finding in found:
        edit = finding.edit
        if taken.issuperset(finding.lines):
            continue  # another rule had the line first; to say so twice helps nobody
        if edit is None or finding.confidence < confidence or not taken.isdisjoint(finding.lines):
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
