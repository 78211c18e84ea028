"""`publish trace`: the fate of every line of one article."""

from pathlib import Path

import click

from publisher.clean.trace import Fate
from publisher.cli.findings import as_evidence
from publisher.cli.options import open_here, speaking, strict_option
from publisher.cli.terminal import Terminal, code, faint, strong, visible
from publisher.work.tracing import trace

EXAMPLES = """\b
Examples:
  publish trace content/inbox/scraped.txt
  publish -v trace scraped.txt"""

_MARKS = {"kept": " ", "changed": "~", "removed": "-", "moved": ">"}
_COLOURS = {"changed": "yellow", "removed": "red", "moved": "blue"}
_WIDTH = 72
_MOST = 3


@click.command("trace", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@strict_option
@speaking
@click.pass_obj
def command(terminal: Terminal, file: Path, strict: bool) -> int:
    """Show what became of each line of FILE, and why: kept, changed (~), removed (-), moved (>).

    Below a line that was judged by its likelihood stands what counted most, for (+) and against (-).
    -v shows all of it, and lines in full. What a code means: publish explain CODE.
    """
    here, _ = open_here(None, terminal, strict=strict)
    traced = trace(here, file)
    for fate in traced.fates:
        terminal.give(_line(fate, terminal.verbose) + "\n")
        for finding in traced.of(fate.number):
            if told := as_evidence(finding, None if terminal.verbose else _MOST):
                terminal.give(faint(f"        {told}") + "\n")
    counts = {
        kind: sum(fate.kind == kind for fate in traced.fates)
        for kind in ("kept", "changed", "removed", "moved")
    }
    parts = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    terminal.give(f"{strong(str(len(traced.fates)))} lines: {parts}\n")
    for finding in traced.reported:
        terminal.give(
            f"{code(finding.code)} line {min(finding.lines, default=1)}: {visible(finding.message)}\n"
        )
    return 0


def _line(fate: Fate, whole: bool) -> str:
    text = visible(fate.before.strip())
    if not whole and len(text) > _WIDTH:
        text = text[: _WIDTH - 1] + "…"
    shown = click.style(text, fg=_COLOURS.get(fate.kind), dim=fate.kind == "kept")
    why = "".join(f" {code(each)}" for each in fate.codes)
    where = f" -> {fate.field}: {visible(fate.text)}" if fate.kind == "moved" else ""
    return f"{fate.number:>5} {_MARKS[fate.kind]} {shown}{why}{faint(where)}"
