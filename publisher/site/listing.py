"""A long list in -> its pages out, each knowing its neighbours."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list, newest first. `number` counts from 1; `newer` and `older` are URLs or empty."""

    number: int
    total: int
    url: str
    newer: str
    older: str
    items: tuple[T, ...]


def paginate(items: tuple[T, ...], url: str, size: int) -> tuple[ListPage[T], ...]:
    """Pages of `size` items: the first at `url` (it ends in `/`), the others at `url` + `page/N/`.

    An empty list has one empty page.
    """
    total = max(1, -(-len(items) // size))
    urls = ("", url, *(f"{url}page/{number}/" for number in range(2, total + 1)), "")
    return tuple(
        ListPage(
            number,
            total,
            urls[number],
            urls[number - 1],
            urls[number + 1],
            items[size * (number - 1) :][:size],
        )
        for number in range(1, total + 1)
    )
