"""Arguments in, exit code out. Commands are imported when they are called, so that each starts light."""

import atexit
import os
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import click

from publisher import __version__
from publisher.cli.colours import colours
from publisher.cli.groups import LazyGroup
from publisher.cli.terminal import Terminal
from publisher.errors import PublishError

COMMANDS = {
    "backup": "keep what cannot be made again in one file",
    "bounces": "read what came back, and leave out whom no mail reaches",
    "build": "make the site: pages, feeds, search, past issues",
    "check": "show what is wrong with articles; mend it with --fix",
    "clean": "filter: dirty text in, clean text out",
    "daily": "do all that is due every day, unattended",
    "deploy": "bring the built site to where readers find it",
    "digest": "freeze the newsletters' issues that are due",
    "doctor": "whether everything is in order: records, relays, state, disk",
    "explain": "what a code means, and why",
    "init": "start a publication in a folder",
    "keep": "keep a line that cleaning would take",
    "learn": "find the lines that a source's articles share",
    "log": "what went out, and how the daily runs went",
    "new": "start an article",
    "ping": "tell the WebSub hub of feeds that changed",
    "restore": "put back what --fix took out",
    "schedule": "let cron or systemd do the daily run",
    "send": "send the newsletter to its readers, each once",
    "serve": "show the site on this machine, and reload it at each save",
    "subscribers": "who reads the newsletter: add, import, export, forget, …",
    "status": "how things stand: issues, readers, runs",
    "stats": "what was stripped, by source and family",
    "trace": "the fate of every line of one article",
    "web": "let readers sign up, leave and choose what they get",
}

_FAULT = 70  # EX_SOFTWARE of sysexits.h

EXAMPLES = """\b
Examples:
  publish init blog --demo         a publication with articles to look at
  publish -C blog build            content/ -> site/
  publish check --diff             what cleaning would change
  publish clean scraped.txt        a filter for one text
  publish digest --html mail.html  the newsletter since the last one"""


@click.group(
    cls=LazyGroup,
    package="publisher.cli",
    about=COMMANDS,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", prog_name="publish")
@click.option("-C", "folder", metavar="DIR", default=".", help="Work in this folder (the publication).")
@click.option("--config", metavar="FILE", help="Read this configuration instead of the folder's own.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colours; auto: on a terminal. NO_COLOR and FORCE_COLOR are obeyed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Print more: each article, each finding.")
@click.pass_context
def publish(
    ctx: click.Context, folder: str, config: str | None, color: str, quiet: bool, verbose: bool
) -> None:
    """Scraped Markdown in; a clean static site, feeds and a daily email digest out."""
    ctx.obj = Terminal(
        folder=Path(folder),
        config=Path(config) if config else None,
        color=colours(color),
        quiet=quiet,
        verbose=verbose,
    )


def run() -> None:
    """The console script: errors become one clear message and an exit code (DESIGN.md section 7)."""
    try:
        code = main(sys.argv[1:])
    except Exception:
        traceback.print_exc()
        click.echo("this is a fault in publish, not in your text; please report it", err=True)
        code = _FAULT
    if threading.active_count() > 1:
        sys.exit(code)
    _leave(code)


def _leave(code: int) -> NoReturn:
    """Ends the process. Its memory goes back as it is: to take a million values apart first takes long."""
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is returned, nothing is raised for the author's mistakes."""
    try:
        return _invoke(arguments)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone: nothing is left to be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _tell(PublishError(str(error.filename or "publish"), error.strerror or str(error)))
        return PublishError.exit_code


def _invoke(arguments: list[str]) -> int:
    try:
        with publish.make_context("publish", list(arguments)) as context:
            code = publish.invoke(context)
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except PublishError as error:
        _tell(error)
        return error.exit_code
    return code if isinstance(code, int) else 0


def _tell(error: PublishError) -> None:
    for line in str(error).split("\n"):
        click.echo(
            click.style("error: ", fg="red", bold=True) + line, err=True, color=colours("auto", sys.stderr)
        )
