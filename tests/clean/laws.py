"""The laws of cleaning, as checks on one text and what became of it."""

from collections import Counter

from publisher.clean.engine import clean
from publisher.clean.text import words
from publisher.clean.trace import fates
from publisher.model import Article, CleanArticle
from publisher.settings import CleanSettings
from tests.clean.build import article, cleaned, written

REPAIRS = {"TX001", "TX002", "TX003", "TX007"}  # these change words on purpose: broken ones into whole ones
DATES = {"date", "updated"}  # moved as ISO, so "March" becomes "03"


def assert_laws(text: str, settings: CleanSettings | None = None) -> CleanArticle:
    before = article(text)
    result = cleaned(text, settings=settings)
    assert_conserved(before, result)
    assert_ordered(result)
    assert_nothing_added(before, result)
    assert_stable(result, settings)
    return result


def assert_conserved(before: Article, result: CleanArticle) -> None:
    """Each line that is not blank is in the output or taken by exactly one applied finding."""
    removals = Counter(
        number
        for finding in result.findings
        if finding.applied and finding.edit is not None and not finding.edit.texts
        for number in finding.lines
    )
    left = {line.number for line in result.article.lines}
    for line in before.lines:
        if not line.blank:
            assert (line.number in left) + removals[line.number] == 1, line
    assert [fate.number for fate in fates(before, result)] == [
        line.number for line in before.lines if not line.blank
    ]


def assert_ordered(result: CleanArticle) -> None:
    numbers = [line.number for line in result.article.lines]
    assert numbers == sorted(numbers)


def assert_nothing_added(before: Article, result: CleanArticle) -> None:
    """No word comes out that did not go in."""
    if any(finding.code in REPAIRS and finding.applied for finding in result.findings):
        return
    given = Counter(word for line in before.lines for word in words(line.text))
    moved = [
        value
        for finding in result.findings
        if finding.applied and finding.edit and not finding.edit.texts  # a dateline stays in the text as well
        for field, value in finding.edit.fields
        if field not in DATES
    ]
    out = Counter(word for line in result.article.lines for word in words(line.text))
    out.update(word for value in moved for word in words(value))
    assert not out - given


def assert_stable(result: CleanArticle, settings: CleanSettings | None = None) -> None:
    """Cleaned again, with its front matter or as plain text, it stays as it is."""
    again = clean(result.article, settings or CleanSettings())
    assert again.article == result.article
    text = written(result)
    assert written(cleaned(text, settings=settings)) == text
