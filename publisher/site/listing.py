"""A long list in -> its pages out, each knowing its neighbours.

Pages are numbered from the oldest: `page/1/` holds the first articles there ever were, and once it is
full it stays as it is. A new article changes the newest page alone, and now and then fills another.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """One page of a list, newest first. `number`: 0 for the newest page; `newer`, `older`: URLs or empty."""

    number: int
    url: str
    newer: str
    older: str
    items: tuple[T, ...]


def paginate(items: tuple[T, ...], url: str, size: int) -> tuple[ListPage[T], ...]:
    """The newest page at `url` (it ends in `/`), then the full ones at `url` + `page/N/`, newest first.

    Full pages hold `size` items, the newest one from half as many to half as many again, so that it is
    never nearly empty. A short list has one page, an empty one too.
    """
    full = max(0, (len(items) - (size + 1) // 2) // size)
    urls = ("", url, *(f"{url}page/{number}/" for number in range(full, 0, -1)), "")
    first = len(items) - full * size
    bounds = (0, *range(first, len(items) + 1, size))
    return tuple(
        ListPage(
            full - place + 1 if place else 0,
            urls[place + 1],
            urls[place],
            urls[place + 2],
            items[bounds[place] : bounds[place + 1]],
        )
        for place in range(full + 1)
    )
