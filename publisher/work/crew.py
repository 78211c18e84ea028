"""Tasks with something to tell of them -> their results in order, by as many processes as there are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from publisher.work.compiling import cores
from publisher.work.pool import pooled

T = TypeVar("T")
R = TypeVar("R")


def silent(_what: str, _done: int, _total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Crew:
    """How many processes work, and whom they tell (what, done, total)."""

    jobs: int = field(default_factory=cores)
    progress: Callable[[str, int, int], None] = silent

    def run(self, what: str, function: Callable[[T], R], tasks: Sequence[T], chunk: int = 1) -> Iterator[R]:
        """The results in order, `chunk` tasks at a time; no more than those are worth no second process."""
        if self.jobs == 1 or len(tasks) <= chunk:
            results: Iterator[R] = map(function, tasks)
        else:
            results = pooled(function, tasks, min(self.jobs, len(tasks)), chunk)
        for done, result in enumerate(results, 1):
            yield result
            self.progress(what, done, len(tasks))
