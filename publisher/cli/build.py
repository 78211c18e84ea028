"""`publish build`: content/ -> site/, with a summary that a person likes to read."""

from datetime import datetime

import click

from publisher.cli.findings import by_family
from publisher.cli.options import jobs_option, open_here, site_options, speaking
from publisher.cli.progress import progress
from publisher.cli.terminal import Terminal, code, counted, faint, good, place, strong
from publisher.model import Entry, Finding
from publisher.work.building import Built, build, open_findings
from publisher.work.place import Place
from publisher.work.site import Choice

EXAMPLES = """\b
Examples:
  publish build
  publish build --drafts --future --output preview
  publish build --base-url https://news.example.org
  publish build --now 2026-11-20T06:00"""

_SHOWN = 8


@click.command("build", epilog=EXAMPLES)
@site_options
@jobs_option
@speaking
@click.pass_obj
def command(
    terminal: Terminal,
    now: datetime | None,
    drafts: bool,
    future: bool,
    base_url: str | None,
    output: str | None,
    jobs: int,
) -> int:
    """Make the site, the feed and the newsletter page from content/.

    Articles are cleaned on the way; content/ itself is never changed. If anything is wrong, all
    mistakes are shown and the old site stays as it is.
    """
    overrides = {key: value for key, value in {"base_url": base_url, "output": output}.items() if value}
    here, instant = open_here(now, terminal, overrides)
    with progress(terminal) as bar:
        built = build(here, Choice(instant, drafts, future), jobs, bar)
    _report(terminal, here, built)
    return 0


def _report(terminal: Terminal, here: Place, built: Built) -> None:
    emptied = tuple(entry for entry, reason in built.site.withheld if reason == "empty")
    entries = (*built.site.entries, *emptied)
    applied = [f for entry in entries for f in entry.findings if f.applied]
    if applied:
        _stripped(terminal, here, entries, applied)
    _open(terminal, here, entries)
    _withheld(terminal, built)
    written = built.written
    pages = sum(output.path.endswith(".html") for output in built.site.outputs)
    done = [f"{len(written.new)} new", f"{len(written.changed)} changed", f"{len(written.removed)} removed"]
    changes = ", ".join(part for part in done if not part.startswith("0 ")) or "nothing new"
    size = f"{counted(len(built.site.entries), 'article')}, {counted(pages, 'page')}"
    where = f"{here.publication.output}/ {faint(f'({built.seconds:.1f} s)')}"
    terminal.say(f"{good('Built')}     {strong(here.publication.title)}: {size}; {changes} in {where}")


def _stripped(terminal: Terminal, here: Place, entries: tuple[Entry, ...], applied: list[Finding]) -> None:
    """What cleaning took or mended: by family, and where it took most."""
    touched = [(sum(len(f.lines) for f in entry.findings if f.applied), entry) for entry in entries]
    dirty = sorted((pair for pair in touched if pair[0]), key=lambda pair: (-pair[0], pair[1].card.path))
    families = ", ".join(f"{count} {name} {code(family)}" for family, name, count in by_family(applied))
    total = sum(count for count, _ in dirty)
    terminal.say(
        f"{good('Cleaned')}   {counted(total, 'line')} in {counted(len(dirty), 'article')}: {families}"
    )
    shown = dirty if terminal.verbose else dirty[:3]
    for count, entry in shown:
        terminal.say(f"          {place(here.shown(entry.card.path))} {faint(counted(count, 'line'))}")
    terminal.say(faint(f"          publish trace {here.shown(dirty[0][1].card.path)} shows each line's fate"))


def _open(terminal: Terminal, here: Place, entries: tuple[Entry, ...]) -> None:
    """What needs an eye."""
    found = [(entry, finding) for entry in entries for finding in open_findings(entry)]
    if not found:
        return
    terminal.say(
        f"{click.style('Look at', fg='yellow')}   {counted(len(found), 'finding')}; publish check shows all"
    )
    for entry, finding in found if terminal.verbose else found[:_SHOWN]:
        where = f"{here.shown(entry.card.path)}:{finding.lines[0] if finding.lines else 1}"
        terminal.say(f"          {place(where)}: {code(finding.code)} {finding.message}")


def _withheld(terminal: Terminal, built: Built) -> None:
    reasons = [reason for _, reason in built.site.withheld]
    words = {"draft": "draft", "future": "dated in the future", "empty": "with nothing left after cleaning"}
    if reasons:
        words["draft"] += "s" if reasons.count("draft") > 1 else ""
        parts = [f"{reasons.count(r)} {words[r]}" for r in ("draft", "future", "empty") if r in reasons]
        terminal.say(f"Withheld  {', '.join(parts)}")
