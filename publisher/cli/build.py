"""`publish build`: content/ -> site/, with a summary that a person likes to read."""

import gc
from datetime import datetime

import click

from publisher.cli.options import jobs_option, open_here, site_options, speaking
from publisher.cli.progress import progress
from publisher.cli.summary import result, story, withdrawn
from publisher.cli.terminal import Terminal
from publisher.work.again import keep
from publisher.work.building import build
from publisher.work.site import Choice

# Values here are trees without circles: looking for some among a million of them takes a tenth of a build.
_RARELY = 200_000

EXAMPLES = """\b
Examples:
  publish build
  publish build --drafts --future --output preview
  publish build --base-url https://news.example.org
  publish build --now 2026-11-20T06:00"""


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
    """Make the site from content/: pages, feeds, search, sitemaps, past issues.

    Articles are cleaned on the way; content/ itself is never changed. If anything is wrong, all
    mistakes are shown and the old site stays as it is.
    """
    overrides = {key: value for key, value in {"base_url": base_url, "output": output}.items() if value}
    here, instant = open_here(now, terminal, overrides)
    gc.set_threshold(_RARELY)
    with progress(terminal) as bar:
        built = build(here, Choice(instant, drafts, future), jobs, bar)
    told = tuple(story(here, built, terminal.verbose))
    terminal.say("\n".join((*told, *withdrawn(built, terminal.verbose), result(here, built))))
    if not (now or drafts or future or overrides or terminal.config or terminal.verbose):
        keep(here, built.proof, "\n".join((*told, result(here, built.again))))
    return 0
