"""The publication, its templates, a page's words and values in -> the page as bytes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from jinja2 import Environment

from publisher.model import Output
from publisher.settings import Publication
from publisher.site.colour import accents
from publisher.site.links import origin
from publisher.site.style import squeeze
from publisher.site.words import Direction, direction, words
from publisher.templating import fill
from publisher.web.words import Phrases, isolated, joined, phrases

_STYLES = ("style.css", "web/ask.css", "custom.css")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a page leads: `href` and what stands there."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Host:
    """What every template sees as `site`. `root` is what stands before the paths of the endpoint."""

    title: str
    rights: str
    home: str
    root: str
    style: str
    icon: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every template sees as `page`."""

    title: str
    language: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of one language, and how what is a reader's or the publication's stands among them."""

    language: str
    words: Phrases

    def fill(self, phrase: str, address: str = "", names: tuple[str, ...] = (), title: str = "") -> str:
        """The phrase with its values."""
        way = direction(self.language)
        listed = joined(tuple(isolated(each, way) for each in names), words(self.language).and_)
        who = isolated(address, way)
        return phrase.format(address=who, names=listed, name=listed, title=isolated(title, way))


def voice(language: str) -> Voice:
    return Voice(language, phrases(language))


class Pages:
    """Makes pages; `files` are those that they need beside them, by their path."""

    def __init__(self, made: Environment, publication: Publication) -> None:
        self._made = made
        self._publication = publication
        style, icon = _style(made, publication), _icon(made, publication)
        self.files = {f"/{each.path}": each for each in (style, icon)}
        root = urlsplit(publication.web.address).path
        self.site = Host(
            title=publication.title,
            rights=publication.rights,
            home=publication.absolute("/"),
            root=root,
            style=f"{root}/{style.path}",
            icon=publication.absolute("/icon-192.png") if publication.logo else f"{root}/{icon.path}",
        )
        pictures = origin(publication.absolute("/")) if publication.logo else ""
        self.policy = (
            f"default-src 'none'; style-src 'self'; img-src 'self' {pictures}".rstrip()
            + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )

    def page(self, template: str, spoken: Voice, title: str, values: Mapping[str, object]) -> bytes:
        """The page of `web/TEMPLATE.html`. Raises PublishError for mistakes in the template."""
        sheet = Sheet(title, spoken.language, direction(spoken.language))
        shared = {"site": self.site, "page": sheet, "words": spoken.words}
        return fill(self._made, f"web/{template}.html", {**shared, **values}).encode()


def _style(made: Environment, publication: Publication) -> Output:
    texts = (made.loader.get_source(made, name)[0] for name in _STYLES if made.loader)
    content = squeeze("".join((accents(publication.accent), *texts))).encode()
    return Output(f"style.{sha256(content).hexdigest()[:10]}.css", content)


def _icon(made: Environment, publication: Publication) -> Output:
    letter = next((char for char in publication.title if char.isalnum()), "·")
    values = {"letter": letter.upper(), "accent": publication.accent}
    return Output("icon.svg", fill(made, "icon.svg", values).encode())
