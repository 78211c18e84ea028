"""All that a publication can configure, as one frozen value. Keys in the file read the same."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote
from zoneinfo import ZoneInfo

from publisher.settings.address import URL_CHARACTERS, ascii_address
from publisher.settings.bounces import BounceSettings
from publisher.settings.cleaning import CleanSettings
from publisher.settings.daily import DailySettings
from publisher.settings.feeds import FeedSettings
from publisher.settings.newsletters import EditionSettings, NewsletterSettings
from publisher.settings.partner import PartnerFeed
from publisher.settings.sending import DkimSettings, RelaySettings, SendingSettings
from publisher.settings.site import DeployTarget, ImageSettings, LinkSettings, SearchSettings
from publisher.settings.web import WebSettings

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything a publication configures. Paths are relative to its folder."""

    title: str = "My publication"
    description: str = ""
    base_url: str = "http://localhost:8000"
    language: str = "en"
    time_zone: str = "UTC"
    author: str = ""
    rights: str = ""
    accent: str = "#a4262c"
    logo: str = ""
    permalink: str = "/{year}/{month}/{slug}/"
    page_size: int = 20
    share: tuple[str, ...] = ("mail", "link")
    noindex_syndicated: bool = False
    strict: bool = False
    max_bytes: int = 5_000_000
    content: str = "content"
    templates: str = "templates"
    output: str = "site"
    clean: CleanSettings = field(default_factory=CleanSettings)
    feed: FeedSettings = field(default_factory=FeedSettings)
    feeds: tuple[PartnerFeed, ...] = ()
    newsletter: NewsletterSettings = field(default_factory=NewsletterSettings)
    web: WebSettings = field(default_factory=WebSettings)
    dkim: tuple[DkimSettings, ...] = ()
    newsletters: tuple[EditionSettings, ...] = ()
    links: LinkSettings = field(default_factory=LinkSettings)
    bounces: BounceSettings = field(default_factory=BounceSettings)
    deploy: tuple[DeployTarget, ...] = ()
    images: ImageSettings = field(default_factory=ImageSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    relays: tuple[RelaySettings, ...] = ()
    sending: SendingSettings = field(default_factory=SendingSettings)
    daily: DailySettings = field(default_factory=DailySettings)

    @property
    def signup(self) -> str:
        """Where the sign-up form posts to; empty: there is none."""
        return self.newsletter.signup or (f"{self.web.address}/subscribe" if self.web.url else "")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def absolute(self, url: str) -> str:
        """`/2026/03/slug/` -> the public address in ASCII (RFC 3986); an absolute address stays as it is."""
        return url if _SCHEME.match(url) else ascii_address(self.base_url) + quote(url, safe=URL_CHARACTERS)
