"""A progress bar for long work: on a terminal only, and only once the work has taken a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from publisher.cli.terminal import Terminal

_PATIENCE = 1.0


@contextmanager
def progress(terminal: Terminal) -> Iterator[Callable[[str, int, int], None]]:
    """A function `(what, done, total)` that draws on stderr, or does nothing where nobody looks."""
    if terminal.quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    """Imports rich only when there is something to draw."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.drawn: object | None = None

    def show(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self.begun < _PATIENCE:
            return
        from rich.console import Console
        from rich.progress import Progress, TaskID

        if self.drawn is None:
            self.drawn = Progress(console=Console(stderr=True), transient=True)
            self.drawn.add_task(what, total=total)
            self.drawn.start()
        assert isinstance(self.drawn, Progress)  # noqa: S101  (made above)
        self.drawn.update(TaskID(0), completed=done, total=total, description=what)

    def close(self) -> None:
        if self.drawn is not None:
            self.drawn.stop()  # type: ignore[attr-defined]  # a rich Progress, imported lately
