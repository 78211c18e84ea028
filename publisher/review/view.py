"""Articles before and after cleaning, with their findings -> what the review page shows of each line."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from publisher.clean.catalogue import meaning
from publisher.clean.families import FAMILIES
from publisher.clean.trace import Fate, fates
from publisher.model import Article, CleanArticle, Finding

_FIRST_WORDS = 40  # characters; enough to know the line again when its number has changed
_MARKS = {"kept": "", "changed": "~", "removed": "−", "moved": "→"}
_SAID = {
    "kept": "",
    "changed": "mended",
    "removed": "taken out",
    "moved": "moved to front matter",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One finding on a line, in words. `percent` is its confidence; not `done`, it is only reported."""

    code: str
    summary: str
    message: str
    percent: int
    done: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line: as it was, what it became ("" where it went), why, and the command that keeps it."""

    number: int
    kind: Literal["kept", "changed", "removed", "moved"]
    before: str
    after: str
    field: str
    whys: tuple[Why, ...]
    command: str

    @property
    def mark(self) -> str:
        """A sign for the kind, so that nothing hangs on colour alone."""
        return _MARKS[self.kind]

    @property
    def said(self) -> str:
        return _SAID[self.kind]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article: its file, its title, its lines, and the findings that are about none of them."""

    path: str
    title: str
    rows: tuple[Row, ...]
    notes: tuple[Why, ...]
    families: Mapping[str, int]
    restore: str

    def count(self, kind: str) -> int:
        """How many lines had this fate."""
        return sum(row.kind == kind for row in self.rows)


@dataclass(frozen=True, slots=True)
class Examined:
    """An article as parsed and as cleaned, all findings on it, and its file as the reader names it."""

    path: str
    article: Article
    cleaned: CleanArticle
    findings: tuple[Finding, ...]


def sheet(each: Examined, publish: str) -> Sheet:
    """The view of one article. `publish` is how the command is called, `publish -C blog` for instance."""
    by_line: dict[int, list[Finding]] = {}
    for finding in each.findings:
        for number in finding.lines:
            by_line.setdefault(number, []).append(finding)
    rows = tuple(
        _row(fate, by_line.get(fate.number, ()), _keeping(publish, each.path, fate))
        for fate in fates(each.article, each.cleaned)
    )
    shown = {row.number for row in rows}
    notes = tuple(_why(finding) for finding in each.findings if shown.isdisjoint(finding.lines))
    families: dict[str, int] = {}
    for finding in each.findings:
        families[finding.code[:2]] = families.get(finding.code[:2], 0) + 1
    ranked = dict(sorted(families.items(), key=lambda pair: (-pair[1], pair[0])))
    title = each.cleaned.article.front.title or each.path
    return Sheet(each.path, title, rows, notes, ranked, f"{publish} restore {shlex.quote(each.path)}")


def summed(sheets: Iterable[Sheet]) -> dict[str, tuple[str, int]]:
    """Family -> (what it is, findings) over all sheets, the largest first."""
    counts: dict[str, int] = {}
    for each in sheets:
        for family, number in each.families.items():
            counts[family] = counts.get(family, 0) + number
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {family: (FAMILIES.get(family, family).partition(":")[0], count) for family, count in ranked}


def _row(fate: Fate, findings: Iterable[Finding], command: str) -> Row:
    whys = tuple(_why(finding) for finding in findings)
    after = fate.text if fate.kind in {"kept", "changed", "moved"} else ""
    return Row(
        fate.number,
        fate.kind,
        fate.before,
        after,
        fate.field,
        whys,
        command if fate.kind != "kept" or whys else "",
    )


def _why(finding: Finding) -> Why:
    percent = int(finding.confidence * 100)
    return Why(finding.code, meaning(finding.code).summary, finding.message, percent, finding.applied)


def _keeping(publish: str, path: str, fate: Fate) -> str:
    """The command that keeps the line; its first words find it again when the front matter has grown."""
    words = " ".join(fate.before.split())
    if len(words) > _FIRST_WORDS:
        words = words[:_FIRST_WORDS].rsplit(" ", 1)[0]
    return f"{publish} keep {shlex.quote(path)} {fate.number} --says {shlex.quote(words)}"
