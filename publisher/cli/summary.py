"""A finished build in -> the lines that tell of it out."""

from collections.abc import Iterator

import click

from publisher.cli.findings import by_family
from publisher.cli.terminal import code, counted, faint, good, place, strong
from publisher.model import Entry, Finding
from publisher.work.building import Built, open_findings
from publisher.work.place import Place

_SHOWN = 8


def story(here: Place, built: Built, verbose: bool) -> Iterator[str]:
    """What was stripped, what needs an eye, what is withheld."""
    emptied = tuple(entry for entry, reason in built.site.withheld if reason == "empty")
    entries = (*built.site.entries, *emptied)
    applied = [f for entry in entries for f in entry.findings if f.applied]
    if applied:
        yield from _stripped(here, entries, applied, verbose)
    yield from _open(here, entries, built.site.remarks, verbose)
    yield from _withheld(built)


def result(here: Place, built: Built) -> str:
    """What was built, and what of it is new."""
    written = built.written
    pages = sum(output.path.endswith(".html") for output in built.site.outputs)
    done = [f"{len(written.new)} new", f"{len(written.changed)} changed", f"{len(written.removed)} removed"]
    changes = ", ".join(part for part in done if not part.startswith("0 ")) or "nothing new"
    size = f"{counted(len(built.site.entries), 'article')}, {counted(pages, 'page')}"
    where = f"{here.publication.output}/ {faint(f'({built.seconds:.1f} s)')}"
    return f"{good('Built')}     {strong(here.publication.title)}: {size}; {changes} in {where}"


def _stripped(
    here: Place, entries: tuple[Entry, ...], applied: list[Finding], verbose: bool
) -> Iterator[str]:
    """What cleaning took or mended: by family, and where it took most."""
    touched = [(sum(len(f.lines) for f in entry.findings if f.applied), entry) for entry in entries]
    dirty = sorted((pair for pair in touched if pair[0]), key=lambda pair: (-pair[0], pair[1].card.path))
    families = ", ".join(f"{count} {name} {code(family)}" for family, name, count in by_family(applied))
    total = sum(count for count, _ in dirty)
    yield f"{good('Cleaned')}   {counted(total, 'line')} in {counted(len(dirty), 'article')}: {families}"
    for count, entry in dirty if verbose else dirty[:3]:
        yield f"          {place(here.shown(entry.card.path))} {faint(counted(count, 'line'))}"
    yield faint(f"          publish trace {here.shown(dirty[0][1].card.path)} shows each line's fate")


def _open(
    here: Place, entries: tuple[Entry, ...], remarks: tuple[Finding, ...], verbose: bool
) -> Iterator[str]:
    """What needs an eye: of articles, then of the configuration."""
    found = [(here.shown(entry.card.path), finding) for entry in entries for finding in open_findings(entry)]
    found += ((here.source, finding) for finding in remarks)
    if not found:
        return
    yield f"{click.style('Look at', fg='yellow')}   {counted(len(found), 'finding')}; publish check shows all"
    for path, finding in found if verbose else found[:_SHOWN]:
        where = f"{path}:{finding.lines[0] if finding.lines else 1}"
        yield f"          {place(where)}: {code(finding.code)} {finding.message}"


def withdrawn(built: Built, verbose: bool) -> Iterator[str]:
    """What the build before still showed: its address says from now on that it is gone."""
    lost = built.withdrawn
    if lost:
        yield f"Withdrawn {counted(len(lost), 'article')}; gone from now on:"
    for each in lost if verbose else lost[:_SHOWN]:
        yield f"          {place(each.url)} {each.title}"


def _withheld(built: Built) -> Iterator[str]:
    reasons = [reason for _, reason in built.site.withheld]
    words = {"draft": "draft", "future": "dated in the future", "empty": "with nothing left after cleaning"}
    if reasons:
        words["draft"] += "s" if reasons.count("draft") > 1 else ""
        parts = [f"{reasons.count(r)} {words[r]}" for r in ("draft", "future", "empty") if r in reasons]
        yield f"Withheld  {', '.join(parts)}"
