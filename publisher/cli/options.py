"""Options that several commands share, and how a command finds its publication."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import click

from publisher.cli.terminal import Terminal
from publisher.content.dates import in_zone, parse_date
from publisher.store.clock import now
from publisher.work.place import Place, open_place, strictly

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A moment such as `2026-11-20` or `2026-11-20T09:30+01:00`; without zone it is the publication's."""

    name = "ISO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return parse_date(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def speaking(function: F) -> F:
    """`-q` and `-v` behind the command's name, too, where people type them."""

    def louder(ctx: click.Context, option: click.Parameter, given: bool) -> None:
        if given:
            ctx.obj = replace(ctx.obj, **{option.name or "": True})

    for name, text in (("verbose", "Print more."), ("quiet", "Print nothing but errors.")):
        flags = (f"-{name[0]}", f"--{name}")
        function = click.option(*flags, is_flag=True, expose_value=False, callback=louder, help=text)(
            function
        )
    return function


def now_option(function: F) -> F:
    help_text = "Take this for the present moment (default: the clock)."
    return click.option("--now", type=Moment(), metavar="ISO", help=help_text)(function)


def site_options(function: F) -> F:
    """`--now --drafts --future --base-url --output`."""
    for option in (
        click.option("--output", metavar="DIR", help="Write the site here instead of site/."),
        click.option("--base-url", metavar="URL", help="The public address of the site, for this run."),
        click.option("--future", is_flag=True, help="Publish articles dated in the future as well."),
        click.option("--drafts", is_flag=True, help="Publish drafts as well."),
    ):
        function = option(function)
    return now_option(function)


def jobs_option(function: F) -> F:
    return click.option(
        "--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0: one for each core."
    )(function)


def strict_option(function: F) -> F:
    help_text = "Clean strictly, for this run: more chrome goes, and sometimes a line of the story."
    return click.option("--strict", is_flag=True, help=help_text)(function)


def open_here(
    given: datetime | None, terminal: Terminal, overrides: dict[str, str] | None = None, strict: bool = False
) -> tuple[Place, datetime]:
    """The publication and the present moment in its zone; `strict` for one run."""
    place = open_place(terminal.folder, terminal.config, os.environ, overrides)
    place = strictly(place) if strict else place
    return place, in_zone(given, place.publication.zone) if given else now()
