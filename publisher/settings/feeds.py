"""What `[feed]` configures, as a frozen value with its defaults."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How many items a feed carries; `full` text or `summary`; the WebSub hub, if there is one.

    `id`: a URI for good, for the publication's feed and what others are derived from; empty: the address.
    `of`: what has feeds of its own besides the publication (`section`, `tag`, `author`, `language`), from
    `least` articles on.
    """

    items: int = 30
    content: Literal["full", "summary"] = "full"
    hub: str = ""
    of: tuple[str, ...] = ("section",)
    least: int = 1
    id: str = ""
