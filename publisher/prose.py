"""The body of an article, in memory or where it can be had from."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """The body of an article: one HTML fragment, and the same as plain text."""

    html: str
    text: str

    @property
    def empty(self) -> bool:
        """There is nothing to read or to look at."""
        return not self.text.strip() and "<img" not in self.html


class Distant(Prose):
    """A body that is not in memory: it is asked for each time that somebody reads it."""

    __slots__ = ("_ask", "_empty")
    _ask: Callable[[], Prose]
    _empty: bool

    def __init__(self, ask: Callable[[], Prose], empty: bool) -> None:
        object.__setattr__(self, "_ask", ask)  # Prose is frozen
        object.__setattr__(self, "_empty", empty)

    @property
    def html(self) -> str:
        return self._ask().html

    @property
    def text(self) -> str:
        return self._ask().text

    @property
    def empty(self) -> bool:
        return self._empty


class Bodied:
    """What has a body shows both its forms."""

    __slots__ = ()
    prose: Prose

    @property
    def html(self) -> str:
        return self.prose.html

    @property
    def text(self) -> str:
        return self.prose.text
