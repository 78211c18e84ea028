"""The shared frame in -> the search page out. What it searches is made by `publisher.search`."""

import re
from dataclasses import replace

from publisher.model import Output
from publisher.site.frame import Frame
from publisher.site.terms import by_name, fold

SEARCH = "/search/"
# Comments have lines of their own in search.js; indentation means nothing there.
_SPARE = re.compile(r"^\s*(?://.*)?\n?", re.MULTILINE)


def search_page(shared: Frame) -> tuple[Output, ...]:
    """`/search/`, whose script is in the page; nothing where search is switched off.

    The filters have the names and values that the index knows (`Document.filters`).
    """
    if not shared.publication.search.enabled:
        return ()
    script = _squeeze(_text(shared, "search.js"))
    page = shared.page("search", shared.words.search, SEARCH)
    page = replace(page, policy=shared.policy(script), noindex=True)
    zone = shared.publication.zone
    years = sorted({entry.card.date.astimezone(zone).year for entry in shared.entries}, reverse=True)
    sections = by_name(tuple(shared.terms["section"].values()))
    filters = (
        ("section", shared.words.section, [(fold(each.name), each.name) for each in sections]),
        ("year", shared.words.year, [(f"/{year}", str(year)) for year in years]),
    )
    values = {"script": script, "filters": [each for each in filters if len(each[2]) > 1]}
    return (shared.write("search.html", page, values),)


def _squeeze(script: str) -> str:
    """Without comments and indentation; it must not end the element it stands in (HTML, script data)."""
    return _SPARE.sub("", script).replace("</script", "<\\/script").strip()


def _text(shared: Frame, name: str) -> str:
    return shared.made.loader.get_source(shared.made, name)[0] if shared.made.loader else ""
