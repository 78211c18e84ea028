"""`publish serve`: a preview that follows what is being written."""

import os
import secrets
import webbrowser
from pathlib import Path

import click

from publisher.cli.options import speaking
from publisher.cli.progress import progress
from publisher.cli.terminal import Terminal, faint, good, strong
from publisher.errors import PublishError
from publisher.store.clock import now

EXAMPLES = """\b
Examples:
  publish serve
  publish serve --open
  publish serve --port 8080 --no-drafts --no-future"""

_HINT = "pip install 'publisher[serve]'"


@click.command("serve", epilog=EXAMPLES)
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Listen on this address."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
)
@click.option("--drafts/--no-drafts", default=True, help="Show drafts, marked (default).")
@click.option(
    "--future/--no-future", default=True, help="Show articles dated in the future, marked (default)."
)
@click.option("--open", "show", is_flag=True, help="Open a browser.")
@speaking
@click.pass_obj
def command(terminal: Terminal, host: str, port: int, drafts: bool, future: bool, show: bool) -> int:
    """Show the site on this machine, and reload pages when a file is saved.

    Built in memory: site/ is not touched. Drafts and future articles are shown and say what they
    are. A mistake shows on the page with file and line, and goes when it is mended. Needs the extra
    `serve` (pip install 'publisher[serve]').
    """
    try:
        from publisher.serve.app import Server
        from publisher.serve.live import Live
        from publisher.serve.run import run
        from publisher.serve.workshop import Wanted, Workshop
        from publisher.store.listening import listen
    except ModuleNotFoundError as error:
        raise PublishError("publish serve", f"needs {error.name}, which is not installed", _HINT) from error
    import publisher

    folder, config = terminal.folder, terminal.config
    workshop = Workshop(Wanted(folder, config, os.environ, drafts, future), now)
    with listen(host, port) as opened:
        with progress(terminal) as bar:
            state = workshop.build(progress=bar)
        if state.snapshot is None and not folder.is_dir():
            raise state.problems[0]
        for problem in state.problems:
            terminal.note(f"{click.style('error:', fg='red', bold=True)} {problem}")
        address = f"http://{f'[{host}]' if ':' in host else host}:{opened.getsockname()[1]}"
        address += f"{state.snapshot.base if state.snapshot else ''}/"

        def ready() -> None:
            terminal.say(f"{good('Serving')}   {strong(address)} {faint('Ctrl-C ends')}")
            if show:
                webbrowser.open(address)

        live = Live(workshop, folder, config, Path(publisher.__file__).parent / "theme")
        application = Server(live, secrets.token_urlsafe(16), host).application()
        try:
            run(application, live, opened, ready)
        except KeyboardInterrupt:
            terminal.note("stopped")
    return 0
