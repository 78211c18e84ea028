"""A place -> its articles with their findings; and the fixes, written to content/ and journalled."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from publisher.content.article import parse
from publisher.content.write import Plain, as_plain, moved_fields, rewritten
from publisher.entry import prepare
from publisher.errors import PublishError
from publisher.model import Article, CleanArticle, Finding, Source
from publisher.settings import Publication
from publisher.store import journal
from publisher.store.lock import hold
from publisher.templating import finish
from publisher.work import alike
from publisher.work.compiling import compile_all
from publisher.work.place import Place, with_content
from publisher.work.site import Choice, Site, arrange, make_site

# Findings of front matter that `--fix` mends by writing the field.
_WRITTEN = {"FM001": "title", "FM005": "id", "FM003": "date", "FM004": "date"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One article: text, findings, the settings by which it is mended, `file` as the disk spells it."""

    source: Source
    findings: tuple[Finding, ...]
    publication: Publication
    file: str = ""

    def fixable(self, finding: Finding) -> bool:
        return finding.applied or finding.code in _WRITTEN

    @property
    def left(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not self.fixable(finding))

    def article(self) -> Article:
        """The article as its author wrote it; parsed anew by each call."""
        return parse(self.source, self.publication)

    def cleaned(self) -> CleanArticle:
        """The article after the fixes; cleaned anew by each call."""
        return prepare(self.source, self.publication)

    def fixed(self) -> str:
        """The text of the file after the fixes; as it is, where they cannot be written without harm."""
        article, cleaned = self.article(), self.cleaned()
        text = rewritten(self.source, article.front, cleaned, _fields(article, cleaned))
        return text if self._faithful(text, cleaned) else self.source.text

    def _faithful(self, text: str, cleaned: CleanArticle) -> bool:
        """Whether the new text says what the cleaned article says, and nothing of it is left to be fixed."""
        try:
            again = prepare(Source(self.source.path, text, self.source.fallback), self.publication).article
        except PublishError:
            return False
        front = replace(again.front, lines=cleaned.article.front.lines)
        lines = [line.text for line in again.lines if not line.blank]
        return front == cleaned.article.front and lines == [
            line.text for line in cleaned.article.lines if not line.blank
        ]


def check(place: Place, paths: Iterable[Path], choice: Choice, unsafe: bool = False) -> tuple[Checked, ...]:
    """Every article, or those at or below `paths`, in the order of their paths. Nothing is written.

    Links are checked against the whole publication. With `unsafe` the edits that are reported but
    not made, because they are not sure enough, count as fixes too.
    """
    return check_all(place, paths, choice, unsafe)[0]


def check_all(
    place: Place, paths: Iterable[Path], choice: Choice, unsafe: bool = False
) -> tuple[tuple[Checked, ...], Site]:
    """As `check`; also the site that a build would make."""
    with_content(place)
    wanted = below(place, tuple(paths))
    compiled = compile_all(place)
    everything = replace(choice, drafts=True, future=True)
    site = make_site(place, compiled.entries, choice, notes=compiled.notes)
    finish(site.outputs)
    # Links of what is withheld may lead to what is withheld; those of what goes out may not.
    shown = (*arrange(place, compiled.entries, everything).every, *site.every)
    seen = {entry.card.path: entry.findings for entry in (*compiled.entries, *shown)}
    copies = alike.findings(place, compiled.entries)
    every = (
        Checked(source, seen[source.path], place.publication, compiled.names[source.path])
        for source in compiled.sources
        if wanted(source.path)
    )
    chosen = (
        _with_copy(each, copies[each.source.path]) if each.source.path in copies else each for each in every
    )
    return tuple(map(_bold, chosen) if unsafe else chosen), site


@dataclass(frozen=True, slots=True)
class Fixed:
    """The paths that were rewritten, and those whose front matter cannot be extended without harm."""

    changed: tuple[str, ...]
    refused: tuple[str, ...]


def fix(place: Place, checked: Iterable[Checked]) -> Fixed:
    """Write the fixed texts, each original kept in the journal first."""
    changed: list[str] = []
    refused: list[str] = []
    with hold(place.state / "lock"):
        for each in checked:
            path = place.shown(each.file or each.source.path)
            codes = sorted({finding.code for finding in each.findings if each.fixable(finding)})
            fixed = each.fixed()
            if fixed != each.source.text:
                raw = (place.root / path).read_bytes()
                journal.fix(place.root, path, raw, fixed.encode(), " ".join(codes))
                changed.append(path)
            elif codes:
                refused.append(path)
    return Fixed(tuple(changed), tuple(refused))


def diff(place: Place, each: Checked) -> str:
    """The fixes as a unified diff."""
    name = place.shown(each.source.path)
    before, after = each.source.text.splitlines(keepends=True), each.fixed().splitlines(keepends=True)
    if before and not before[-1].endswith("\n"):
        before[-1] += "\n"
    return "".join(difflib.unified_diff(before, after, name, f"{name} (fixed)", n=2))


def _with_copy(each: Checked, finding: Finding) -> Checked:
    """With a finding about the same story elsewhere, unless the article says that it is meant to be."""
    meant = {finding.code, finding.code[:2]}.intersection(each.article().front.keep)
    return each if meant else replace(each, findings=(*each.findings, finding))


def _bold(each: Checked) -> Checked:
    """The same, with every edit made that was only reported."""
    settings = replace(each.publication.clean.all_strict(), confidence=0.0)
    bold = replace(each, publication=replace(each.publication, clean=settings))
    made = {(finding.code, finding.lines) for finding in bold.cleaned().findings if finding.applied}
    marked = (replace(f, applied=True) if (f.code, f.lines) in made else f for f in each.findings)
    return replace(bold, findings=tuple(marked))


def _fields(article: Article, cleaned: CleanArticle) -> Mapping[str, Plain]:
    """What is to be written into front matter: what was moved there, and what was missing."""
    before, after = article.front, cleaned.article.front
    found = moved_fields(before, after)
    for finding in cleaned.findings:
        if key := _WRITTEN.get(finding.code):
            found[key] = as_plain(getattr(after, key))
    return found


def below(place: Place, paths: tuple[Path, ...]) -> Callable[[str], bool]:
    """Whether a path below content/ is one of `paths` or in one of them; without any, all are.

    Raises PublishError for what is not there, or is elsewhere.
    """
    roots = _roots(place, paths)
    return lambda path: roots is None or path in roots or any(path.startswith(f"{root}/") for root in roots)


def _roots(place: Place, paths: tuple[Path, ...]) -> frozenset[str] | None:
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
    """`check` looks at the site as a build makes it; drafts and future articles are checked besides."""
    return Choice(now)
