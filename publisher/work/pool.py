"""A pure function over many values -> its results in their order, by several processes."""

import os
from collections.abc import Callable, Iterator, Sequence
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


def pooled(function: Callable[[T], R], values: Sequence[T], jobs: int, chunk: int) -> Iterator[R]:
    """`map` by `jobs` processes, `chunk` values at a time. They end when the one that asked ends, however."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("fork")
    pool = futures.ProcessPoolExecutor(jobs, mp_context=context, initializer=_follow_parent)
    try:
        yield from pool.map(function, values, chunksize=chunk)
    except BaseException:
        # to wait for the workers could be for ever: what ends this process may have hit one being born
        for worker in set(multiprocessing.active_children()) - others:
            worker.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _follow_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, and hold its pipes open."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
