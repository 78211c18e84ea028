"""A pure function over many values -> its results in their order, by several processes."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from publisher.lazily import lazily

if TYPE_CHECKING:
    import multiprocessing
    import threading
    from concurrent import futures
else:
    multiprocessing = lazily("multiprocessing")
    futures = lazily("concurrent.futures")
    threading = lazily("threading")

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 4  # chunks for each process


def pooled(function: Callable[[T], R], values: Iterable[T], jobs: int, chunk: int) -> Iterator[R]:
    """`map` by `jobs` processes, `chunk` values at a time. They end when the one that asked ends, however.

    Values are taken only a little ahead of the results.
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("fork")
    pool = futures.ProcessPoolExecutor(jobs, mp_context=context, initializer=_follow_parent)
    try:
        rest, waiting = iter(values), deque["futures.Future[list[R]]"]()
        while some := tuple(islice(rest, chunk)):
            waiting.append(pool.submit(_each, function, some))
            if len(waiting) > _AHEAD * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BaseException:
        # to wait for the workers could be for ever: what ends this process may have hit one being born
        for worker in set(multiprocessing.active_children()) - others:
            worker.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _each(function: Callable[[T], R], values: tuple[T, ...]) -> list[R]:
    return [function(value) for value in values]


def _follow_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, and hold its pipes open."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
