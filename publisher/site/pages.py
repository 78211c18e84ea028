"""Arranged entries in -> every page of the site out, as finished files."""

from jinja2 import Environment

from publisher.model import Entry, Output
from publisher.settings import Publication
from publisher.site.article import article
from publisher.site.frame import Frame, frame
from publisher.site.lists import archive, front, terms
from publisher.site.style import style
from publisher.templating import fill


def pages(
    entries: tuple[Entry, ...], publication: Publication, made: Environment, newsletter: str = ""
) -> tuple[Output, ...]:
    """All pages, the style sheet and the icon.

    `entries` are arranged: newest first, addresses absolute, drafts and future articles gone.
    `newsletter` is the address of the latest issue's page (`/newsletter/2026-03-05/`), empty when there
    is none. Raises PublishError for a mistake in a template or in `accent`.
    """
    shared = frame(entries, publication, made, newsletter)
    return (
        *front(shared),
        *(article(shared, place) for place in range(len(entries))),
        *terms(shared),
        *archive(shared),
        _missing(shared),
        _icon(shared),
        style(made, publication),
    )


def _missing(shared: Frame) -> Output:
    return shared.write("404.html", shared.page("missing", shared.words.missing, "/404.html"), {})


def _icon(shared: Frame) -> Output:
    """A favicon: the first letter of the title upon the accent."""
    letter = next((char for char in shared.publication.title if char.isalnum()), "·")
    values = {"letter": letter.upper(), "accent": shared.publication.accent}
    return Output("icon.svg", fill(shared.made, "icon.svg", values).encode())
