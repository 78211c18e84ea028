"""A place -> its articles with their findings; and the fixes, written to content/ and journalled."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from publisher.content.article import parse
from publisher.content.write import Plain, as_plain, moved_fields, rewritten
from publisher.entry import prepare
from publisher.errors import PublishError
from publisher.model import CleanArticle, Finding, Source
from publisher.settings import Publication
from publisher.store import journal
from publisher.store.lock import hold
from publisher.work.compiling import compile_all
from publisher.work.place import Place, with_content
from publisher.work.site import Choice, make_site

# Findings of front matter that `--fix` mends by writing the field.
_WRITTEN = {"FM001": "title", "FM005": "id", "FM003": "date", "FM004": "date"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One article: its file, all its findings, and the text it would have after the fixes."""

    source: Source
    findings: tuple[Finding, ...]
    fixed: str

    def fixable(self, finding: Finding) -> bool:
        return finding.applied or finding.code in _WRITTEN

    @property
    def left(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not self.fixable(finding))


def check(place: Place, paths: Iterable[Path], choice: Choice, unsafe: bool = False) -> tuple[Checked, ...]:
    """Every article, or those at or below `paths`, in the order of their paths. Nothing is written.

    Links are checked against the whole publication. With `unsafe` the edits that are reported but
    not made, because they are not sure enough, count as fixes too.
    """
    with_content(place)
    wanted = _below(place, tuple(paths))
    compiled = compile_all(place)
    site = make_site(place, compiled.entries, choice)
    seen = {entry.card.path: entry.findings for entry in (*compiled.entries, *site.entries)}
    return tuple(
        _checked(source, seen[source.path], _bold(place.publication) if unsafe else place.publication)
        for source in compiled.sources
        if wanted is None or source.path in wanted or any(source.path.startswith(f"{w}/") for w in wanted)
    )


def fix(place: Place, checked: Iterable[Checked]) -> tuple[str, ...]:
    """Write the fixed texts, each original kept in the journal first; the paths that were changed."""
    changed: list[str] = []
    with hold(place.state / "lock"):
        for each in checked:
            if each.fixed == each.source.text:
                continue
            path = place.shown(each.source.path)
            codes = sorted({finding.code for finding in each.findings if each.fixable(finding)})
            journal.fix(
                place.root, path, (place.root / path).read_bytes(), each.fixed.encode(), " ".join(codes)
            )
            changed.append(path)
    return tuple(changed)


def diff(place: Place, each: Checked) -> str:
    """The fixes as a unified diff."""
    name = place.shown(each.source.path)
    before, after = each.source.text.splitlines(keepends=True), each.fixed.splitlines(keepends=True)
    if before and not before[-1].endswith("\n"):
        before[-1] += "\n"
    return "".join(difflib.unified_diff(before, after, name, f"{name} (fixed)", n=2))


def _checked(source: Source, findings: tuple[Finding, ...], publication: Publication) -> Checked:
    cleaned = prepare(source, publication)
    applied = {(f.code, f.lines) for f in cleaned.findings if f.applied}
    marked = tuple(replace(f, applied=True) if (f.code, f.lines) in applied else f for f in findings)
    return Checked(source, marked, rewritten(source, cleaned, _fields(source, cleaned, publication)))


def _fields(source: Source, cleaned: CleanArticle, publication: Publication) -> Mapping[str, Plain]:
    """What is to be written into front matter: what was moved there, and what was missing."""
    before, after = parse(source, publication).front, cleaned.article.front
    found = moved_fields(before, after)
    for finding in cleaned.findings:
        if key := _WRITTEN.get(finding.code):
            found[key] = as_plain(getattr(after, key))
    return found


def _bold(publication: Publication) -> Publication:
    return replace(publication, clean=replace(publication.clean, confidence=0.0))


def _below(place: Place, paths: tuple[Path, ...]) -> frozenset[str] | None:
    """The paths as they stand below content/; None for all. `.` inside means everything."""
    if not paths:
        return None
    found: set[str] = set()
    content = place.content.resolve()
    for path in paths:
        file = next((p.resolve() for p in (place.root / path, path) if p.exists()), None)
        if file is None:
            raise PublishError(str(path), "there is no such file or folder")
        if content == file or content.is_relative_to(file):
            return None
        if not file.is_relative_to(content):
            raise PublishError(str(path), f"it is not in {place.publication.content}/")
        found.add(file.relative_to(content).as_posix())
    return frozenset(found)


def default_choice(now: datetime) -> Choice:
    """`check` looks at drafts and future articles as well: better now than on the day."""
    return Choice(now, drafts=True, future=True)
