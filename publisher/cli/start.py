"""Where `publish` begins: a build with nothing to do ends here, before anything else is loaded."""

import sys
import time

from publisher.cli.colours import colours
from publisher.store.circumstances import circumstances
from publisher.store.unchanged import nothing_new


def run() -> None:
    """The console script. Only `publish [-C DIR] [-q] build [-q]` can be told to be done at a glance."""
    if not _done(sys.argv[1:]):
        from publisher.cli.main import run as run_command

        run_command()


def _done(arguments: list[str]) -> bool:
    """Whether it was a build, and of nothing new: then what the last one said is said again."""
    folder, rest = (
        (arguments[1], arguments[2:]) if arguments[:1] == ["-C"] and arguments[1:] else (".", arguments)
    )
    words = [word for word in rest if word not in {"-q", "--quiet"}]
    if words != ["build"]:
        return False
    said = nothing_new(folder, circumstances(), time.time())
    if said is None:
        return False
    if len(words) == len(rest):
        sys.stdout.write(said.decode() if colours("auto") else _plain(said.decode()))
        sys.stdout.write("\n")
    return True


def _plain(text: str) -> str:
    """Without the colours: what stands between ESC and m."""
    first, *rest = text.split("\x1b[")
    return first + "".join(part.partition("m")[2] for part in rest)
