"""What a publication can configure, as frozen values with their defaults. Keys in the file read the same."""

import re
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from publisher.bounce_settings import BounceSettings
from publisher.daily_settings import DailySettings
from publisher.newsletter_settings import EditionSettings as EditionSettings  # noqa: PLC0414 - given on
from publisher.newsletter_settings import NewsletterSettings as NewsletterSettings  # noqa: PLC0414 - given on
from publisher.partner import PartnerFeed
from publisher.sending_settings import RelaySettings, SendingSettings
from publisher.web_settings import URL_CHARACTERS, WebSettings, ascii_address

SURE = 0.9  # what is asked of a rule, unless the publication asks otherwise
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line that articles of a source have in common, by its label (words only, each number as 0).

    One to `keep` stays whatever rules say; the others leave if that is sure enough.
    """

    label: str
    confidence: float
    keep: bool = False


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """Lines, by their labels, that leave where at least two of them stand together."""

    labels: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What is known of a source from `sources/NAME.toml`: its names (as slugs), lines and blocks.

    `strict` holds for its articles, whatever the publication says; None: as the publication says.
    """

    names: tuple[str, ...]
    lines: tuple[KnownLine, ...] = ()
    blocks: tuple[KnownBlock, ...] = ()
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """Which cleaning rules run (codes or families, `CL` or `CL003`) and how sure an edit has to be.

    `strict`: for imports that an editor reads afterwards; the scorer takes more, and more often wrongly.
    `confidence`: nothing less sure is done; None: 0.9 for rules, and the scorer's own bounds.
    `canonical`: whose address a near copy of an earlier article gives as the canonical one.
    `sources` is no key of the configuration: it comes from the files in `sources/`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    confidence: float | None = None
    strict: bool = False
    canonical: Literal["own", "first"] = "own"
    sources: tuple[KnownSource, ...] = field(default=(), metadata={"key": False})

    def wants(self, code: str) -> bool:
        """Whether findings with this code are looked for: chosen, or nothing is, and not ignored."""
        names = {code, code[:2]}
        return (not self.select or not names.isdisjoint(self.select)) and names.isdisjoint(self.ignore)

    @property
    def asked(self) -> float:
        """How sure a rule's finding has to be for its edit to be made."""
        return SURE if self.confidence is None else self.confidence

    def all_strict(self) -> "CleanSettings":
        """The same, strict for every source, whatever the files in `sources/` say."""
        return replace(self, strict=True, sources=tuple(replace(s, strict=None) for s in self.sources))


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


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """A key to sign mails with, by its selector. `domain`: empty for the sender's; `key`: a file in PEM.

    `rewritten`: header fields that the relay writes anew, so that they cannot be signed.
    """

    name: str = field(default="", metadata={"key": False})
    domain: str = ""
    key: str = ""
    rewritten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """What is made of pictures: their widths in pixels, the formats besides their own, what is too large.

    Not `responsive`: they are copied as they are, with all their metadata. `cards`: previews for links to
    articles without a picture.
    """

    responsive: bool = True
    widths: tuple[int, ...] = (320, 640, 960, 1280, 1920)
    formats: tuple[str, ...] = ("avif", "webp")
    max_pixels: int = 100_000_000
    max_bytes: int = 50_000_000
    cards: bool = True


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Whether the site has a search page and an index of its articles' words."""

    enabled: bool = True


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How `check --external` asks: not for addresses that begin like one of `skip`, anew after `days`.

    `private`: also machines of the own network, which are never asked otherwise.
    """

    skip: tuple[str, ...] = ()
    days: int = 7
    private: bool = False


@dataclass(frozen=True, slots=True)
class DeployTarget:
    """Where `publish deploy NAME` brings the site. `to`: a folder, rsync's destination, a remote, a bucket.

    `branch` is for git; `endpoint` and `region` for S3; `secrets` names a file with its keys.
    """

    name: str = field(default="", metadata={"key": False})
    kind: Literal["folder", "rsync", "git", "s3"] = "folder"
    to: str = ""
    branch: str = "pages"
    endpoint: str = ""
    region: str = ""
    secrets: str = ""


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
