"""Arranged entries in -> every page of the site out, as finished files."""

from jinja2 import Environment

from publisher.model import Entry, Output
from publisher.settings import Publication
from publisher.site.article import articles
from publisher.site.beside import Beside
from publisher.site.frame import Frame, frame
from publisher.site.free import free_page
from publisher.site.front import front
from publisher.site.letters import newsletters
from publisher.site.lists import archive, terms
from publisher.site.opml import opml
from publisher.site.redirects import redirects
from publisher.site.search import search_page
from publisher.site.style import style
from publisher.templating import fill

_NOTHING = Beside()


def pages(
    entries: tuple[Entry, ...], publication: Publication, made: Environment, beside: Beside = _NOTHING
) -> tuple[Output, ...]:
    """All pages, redirects, the style sheet, the icon and the list of feeds.

    `entries` are arranged: newest first, addresses absolute, drafts and future articles gone.
    Raises PublishError for a mistake in a template or in `accent`.
    """
    shared = frame(entries, beside, publication, made)
    own = (
        *front(shared),
        *articles(shared),
        *(free_page(shared, entry) for entry in beside.pages if entry.card.kind == "page"),
        *terms(shared),
        *archive(shared),
        *newsletters(shared),
        *search_page(shared),
        _missing(shared),
    )
    return (
        *own,
        *redirects(shared, (*entries, *beside.pages), own),
        _icon(shared),
        style(made, publication),
        opml(shared.feeds, publication),
    )


def _missing(shared: Frame) -> Output:
    return shared.write("404.html", shared.page("missing", shared.words.missing, "/404.html"), {})


def _icon(shared: Frame) -> Output:
    """A favicon: the first letter of the title upon the accent."""
    letter = next((char for char in shared.publication.title if char.isalnum()), "·")
    values = {"letter": letter.upper(), "accent": shared.publication.accent}
    return Output("icon.svg", fill(shared.made, "icon.svg", values).encode())
