"""`publish web`: the pages by which readers sign up, confirm, leave and choose."""

import os

import click

from publisher.cli.options import open_here, speaking
from publisher.cli.terminal import Terminal, faint, good, strong
from publisher.errors import PublishError

EXAMPLES = """\b
Examples:
  publish web                      behind nginx or Caddy, see docs/web.md
  publish -C /srv/letter web --port 8025

\b
In publish.toml:
  [web]
  url = "https://news.example.org"
  [relays.main]
  host = "smtp.example.org\""""

_HINT = "pip install 'publisher[web]'"


@click.command("web", epilog=EXAMPLES)
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Listen on this address."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8025, show_default=True, help="0: any free one."
)
@speaking
@click.pass_obj
def command(terminal: Terminal, host: str, port: int) -> int:
    """Serve the pages by which readers sign up, confirm, leave, and choose what they get.

    It sends the mails that confirm, and takes the calls of mail services about bounces. It belongs
    behind a web server that speaks HTTPS for `[web] url`. SIGTERM ends it in order. Needs the extra
    `web` (pip install 'publisher[web]').
    """
    try:
        from publisher.web.run import run
    except ModuleNotFoundError as error:
        raise PublishError("publish web", f"needs {error.name}, which is not installed", _HINT) from error
    from publisher.store.listening import listen

    here, _ = open_here(None, terminal)
    with listen(host, port) as opened:
        place = f"http://{f'[{host}]' if ':' in host else host}:{opened.getsockname()[1]}"

        def ready() -> None:
            terminal.say(
                f"{good('Serving')}   {strong(here.publication.web.url)} {faint(f'at {place}; Ctrl-C ends')}"
            )

        try:
            run(here, os.environ, opened, ready)
        except KeyboardInterrupt:
            terminal.note("stopped")
    return 0
