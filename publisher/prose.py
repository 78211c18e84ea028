"""The body of an article, in memory or where it can be had from."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """The body of an article: one HTML fragment, and the same as plain text."""

    html: str
    text: str


class Distant(Prose):
    """A body that is not in memory: `ask_html` and `ask_text` are asked each time that somebody reads it."""

    __slots__ = ("_ask_html", "_ask_text")
    _ask_html: Callable[[], str]
    _ask_text: Callable[[], str]

    def __init__(self, ask_html: Callable[[], str], ask_text: Callable[[], str]) -> None:
        for name, value in (("_ask_html", ask_html), ("_ask_text", ask_text)):
            object.__setattr__(self, name, value)  # Prose is frozen

    @property
    def html(self) -> str:
        return self._ask_html()

    @property
    def text(self) -> str:
        return self._ask_text()


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
