"""An article in -> the article after the rules alone, or after the whole cleaner with a given model."""

from collections.abc import Iterable, Iterator

from publisher.clean.engine import clean
from publisher.clean.rules.scored_line import CODE
from publisher.clean.scorer.model import Model
from publisher.model import Article, Finding, Line
from publisher.settings import CleanSettings

RULES_ONLY = CleanSettings(ignore=(CODE,))


def ruled(article: Article) -> tuple[Article, frozenset[int]]:
    """The article after the rules alone, with the lines that they took still in it, and their numbers."""
    result = clean(article, RULES_ONLY)
    left = result.article
    away = {line.number for line in left.lines} | set(_titles(result.findings))
    taken = [line for line in article.lines if not line.blank and line.number not in away]
    gone = frozenset(line.number for line in taken)
    ghosts = (Line(line.number, line.text.strip()) for line in taken)
    lines = tuple(sorted((*left.lines, *ghosts), key=lambda line: line.number))
    return Article(article.path, left.front, lines), gone


def _titles(findings: Iterable[Finding]) -> Iterator[int]:
    """The line that became the title: where it stood says nothing, as it may have been there already."""
    for finding in findings:
        if finding.applied and finding.edit and "title" in dict(finding.edit.fields):
            yield from finding.lines


def cleaned(article: Article, model: Model, strict: bool) -> Article:
    """The article as the cleaner leaves it, with this model in place of the one that is shipped."""
    return clean(article, CleanSettings(strict=strict), model).article
