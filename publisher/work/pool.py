"""A pure function over many values -> its results in their order, by several processes."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def pooled(function: Callable[[T], R], values: Sequence[T], jobs: int, chunk: int) -> Iterator[R]:
    """`map` by `jobs` processes, `chunk` values at a time. They end when the one that asked ends, however."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_follow_parent) as pool:
        yield from pool.map(function, values, chunksize=chunk)


def _follow_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, and hold its pipes open."""
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
