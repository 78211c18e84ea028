"""`publish explain`: what a code means, why it exists, what is done; or what was found on one line."""

import re
from pathlib import Path

import click

from publisher.clean.catalogue import CATALOGUE, meaning
from publisher.clean.families import FAMILIES
from publisher.clean.rule import Meaning
from publisher.cli.options import open_here, speaking, strict_option
from publisher.cli.terminal import Terminal, code, faint, place, strong, visible
from publisher.errors import PublishError
from publisher.model import Finding
from publisher.work.tracing import trace

EXAMPLES = """\b
Examples:
  publish explain
  publish explain DU002
  publish explain content/inbox/scraped.txt:24"""

_LINE = re.compile(r"(.+):(\d{1,9})")


@click.command("explain", epilog=EXAMPLES)
@click.argument("name", metavar="[CODE | FILE:LINE]", required=False)
@strict_option
@speaking
@click.pass_obj
def command(terminal: Terminal, name: str | None, strict: bool) -> None:
    """What a code means, and why; or what was found on a line of a file. Without either, all codes.

    For a line that was judged by its likelihood: what spoke for taking it (+) and against (-), the
    strongest first. One more makes it 2.7 times as likely, one less 2.7 times less.
    """
    if name and (line := _LINE.fullmatch(name)):
        _tell_line(terminal, Path(line[1]), int(line[2]), strict)
    elif name:
        _tell(terminal, meaning(name))
    else:
        _list(terminal)


def _list(terminal: Terminal) -> None:
    for family, title in FAMILIES.items():
        terminal.give(f"{strong(family)} {title}\n")
        for each in CATALOGUE:
            if each.family == family:
                terminal.give(f"  {code(each.code)}  {each.summary}\n")


def _tell(terminal: Terminal, found: Meaning) -> None:
    terminal.give(f"{code(found.code)} {strong(found.name)}\n{found.summary}\n")
    for title, text in (("Why", found.why), ("What is done", found.fix), ("Example", found.example)):
        if text:
            terminal.give(f"\n{faint(title)}\n  " + text.replace("\n", "\n  ") + "\n")


def _tell_line(terminal: Terminal, file: Path, number: int, strict: bool) -> None:
    here, _ = open_here(None, terminal, strict=strict)
    traced = trace(here, file)
    fate = next((each for each in traced.fates if each.number == number), None)
    if fate is None:
        remark = "it is blank, part of the front matter, or not there"
        raise PublishError(f"{file}:{number}", remark, f"publish trace {file} shows all lines")
    terminal.give(f"{place(f'{file}:{number}')} {visible(fate.before.strip())}\n{strong(str(fate))}\n")
    for finding in traced.of(number):
        _tell_finding(terminal, finding)


def _tell_finding(terminal: Terminal, finding: Finding) -> None:
    done = "done" if finding.applied else "reported"
    terminal.give(f"\n{code(finding.code)} {meaning(finding.code).summary}\n")
    terminal.give(f"  {visible(finding.message)} {faint(f'({finding.confidence:.2f} sure, {done})')}\n")
    for words, added in finding.evidence:
        terminal.give(f"  {added:+5.1f}  {visible(words)}\n")
