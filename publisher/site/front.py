"""The shared frame in -> the front page and the pages of older articles behind it out."""

from dataclasses import dataclass, replace

from publisher.model import Entry, Output
from publisher.site.frame import Frame
from publisher.site.links import Link
from publisher.site.listing import paginate
from publisher.site.lists import paged, sheet
from publisher.site.story import Story, link
from publisher.site.structured import script, website
from publisher.site.terms import by_size, fold

_TOPICS = 16
_SECOND = 3  # stories beside the lead
_ROW = 4  # stories in the row below them


@dataclass(frozen=True, slots=True)
class Block:
    """The stories of one section on the front page, newest first; `link` is None for those without one."""

    link: Link | None
    stories: tuple[Story, ...]


def front(shared: Frame) -> tuple[Output, ...]:
    """The front page, led by the newest featured article, else the newest; older ones page by page."""
    first, *others = paginate(shared.entries, "/", shared.publication.page_size)
    page, pager = paged(shared, first, shared.publication.title)
    data = script(website(shared.publication))
    page = replace(page, kind="home", policy=shared.policy(data))
    stories = shared.told(_led(shared.entries, first.items))
    topics = by_size(shared.terms["tag"])[:_TOPICS]
    values: dict[str, object] = {
        "lead": stories[:1],
        "second": stories[1 : 1 + _SECOND],
        "row": stories[1 + _SECOND :][:_ROW],
        "blocks": _blocks(stories[1 + _SECOND + _ROW :]),
        "topics": tuple(link(term, shared.publication) for term in topics),
        "pager": pager,
        "data": data,
    }
    home = shared.write("home.html", page, values)
    return home, *(sheet(shared, each, shared.words.latest, {"parent": None}) for each in others)


def _led(entries: tuple[Entry, ...], newest: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The newest articles behind the lead, which may be older than they are."""
    lead = next((entry for entry in entries if entry.card.featured), None) or next(iter(newest), None)
    return (lead, *(entry for entry in newest if entry is not lead)) if lead else ()


def _blocks(stories: tuple[Story, ...]) -> tuple[Block, ...]:
    """By section, that with the newest story first."""
    sections: dict[str, list[Story]] = {}
    for story in stories:
        sections.setdefault(fold(story.section.name) if story.section else "", []).append(story)
    return tuple(Block(held[0].section, tuple(held)) for held in sections.values())
