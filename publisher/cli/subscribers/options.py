"""Options that the commands on readers share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
STATES = ("unconfirmed", "confirmed", "unsubscribed", "bounced", "complained")


def reads(function: Callable[[str], str]) -> Callable[[click.Context, click.Parameter, str], str]:
    """An option whose value `function` reads, or refuses with a ValueError."""

    def read(ctx: click.Context, param: click.Parameter, value: str) -> str:
        try:
            return function(value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    return read


def newsletter_option(function: F) -> F:
    help_text = "Which newsletter (again for more). Needed only where there are several."
    return click.option("--newsletter", multiple=True, metavar="NAME", help=help_text)(function)


def vows(function: F) -> F:
    """`--confirmed --consent`: only both together."""

    def together(ctx: click.Context, param: click.Parameter, value: str) -> str:
        if bool(value.strip()) != ctx.params.get("confirmed", False):
            raise click.UsageError('--confirmed and --consent "what they agreed to" go together', ctx)
        return value

    function = click.option(
        "--consent", default="", callback=together, metavar="TEXT", help="What was agreed to, and how."
    )(function)
    return click.option(
        "--confirmed", is_flag=True, is_eager=True, help="They agreed, and you can prove it."
    )(function)


def dry_run_option(function: F) -> F:
    return click.option("--dry-run", is_flag=True, help="Change nothing; say what would be.")(function)


def choosing(function: F) -> F:
    """`--state --newsletter --language`."""
    for option in (
        click.option("--language", default="", help="Only who reads this language."),
        click.option("--newsletter", default="", metavar="NAME", help="Only readers of this newsletter."),
        click.option("--state", type=click.Choice(STATES), help="Only readers in this state."),
    ):
        function = option(function)
    return function


def output_format(function: F) -> F:
    formats = click.Choice(["text", "json"])
    return click.option("--output-format", type=formats, default="text", help="How it is printed.")(function)
