"""How a command talks to the person: result on stdout, everything else on stderr, colours only if wanted."""

import re
from dataclasses import dataclass
from pathlib import Path

import click

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the command works and how it may speak. `config` stands in for the folder's own file."""

    folder: Path
    config: Path | None
    color: bool
    quiet: bool
    verbose: bool

    def say(self, text: str = "") -> None:
        """A line of the result, on stdout."""
        if not self.quiet:
            click.echo(text, color=self.color)

    def give(self, text: str) -> None:
        """What was asked for (a clean text, JSON), on stdout even when quiet, as it is."""
        click.echo(text, nl=False, color=self.color)

    def note(self, text: str) -> None:
        """A remark, on stderr."""
        if not self.quiet:
            click.echo(text, err=True, color=self.color)

    def warn(self, text: str) -> None:
        """What keeps the work from being done, on stderr even when quiet."""
        click.echo(text, err=True, color=self.color)


def visible(text: str) -> str:
    """Text from elsewhere, fit for a terminal: what would steer it, or turn its direction, is spelt out."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def counted(number: int, noun: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def strong(text: str) -> str:
    return click.style(text, bold=True)


def faint(text: str) -> str:
    return click.style(text, dim=True)


def code(text: str) -> str:
    return click.style(text, fg="yellow")


def place(text: str) -> str:
    return click.style(text, fg="cyan")


def good(text: str) -> str:
    return click.style(text, fg="green")
