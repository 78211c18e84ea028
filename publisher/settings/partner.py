"""A feed of its own, `[feeds.NAME]`: which articles it holds, in what form, what its partner asks for.

Every key may be set; a `profile` gives others their defaults (`config/partners.toml`).
"""

from dataclasses import dataclass, field
from typing import Literal

Profile = Literal["", "google-news", "apple-news", "flipboard", "smartnews", "msn"]
Format = Literal["rss", "atom", "json"]
ENDINGS: dict[str, str] = {"rss": "xml", "atom": "atom", "json": "json"}


@dataclass(frozen=True, slots=True)
class PartnerFeed:
    """`name` and `line` (of the table in the configuration, 0: unknown) are no keys.

    Empty `sections`, `tags`, `languages` mean all; numbers of 0 ask for nothing. `days` count back from the
    newest article. Without `path` it is `feeds/NAME`. What is refused is left out; what is advised is told.
    """

    name: str = field(default="", metadata={"key": False})
    line: int = field(default=0, metadata={"key": False})
    profile: Profile = ""
    title: str = ""
    description: str = ""
    path: str = ""
    formats: tuple[str, ...] = ("rss", "atom", "json")
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    one_language: bool = False
    syndicated: bool = True
    noindex: bool = True
    days: int = 0
    items: int = 30
    content: Literal["full", "summary"] = "full"
    max_bytes: int = 4_500_000
    max_item_bytes: int = 0
    title_min: int = 0
    title_max: int = 0
    body: bool = False
    image: bool = False
    image_min: int = 0
    title_advised: tuple[int, ...] = ()
    summary_advised: int = 0
    image_advised: int = 0
    items_advised: int = 0
    description_advised: int = 0
    region_advised: bool = False
    logo_advised: bool = False
    logo: str = ""
    dark_logo: str = ""
    analytics: str = ""
    image_rights: bool = False

    @property
    def stem(self) -> str:
        """Its address without ending, seen from the site."""
        return f"/{self.path or f'feeds/{self.name}'}"

    @property
    def paths(self) -> tuple[str, ...]:
        """Its files, one for each format, RSS first."""
        return tuple(f"{self.stem[1:]}.{ending}" for kind, ending in ENDINGS.items() if kind in self.formats)
