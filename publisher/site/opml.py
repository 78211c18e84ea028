"""Feeds of a publication in -> `feeds.opml`, by which a feed reader subscribes to all of them at once.

Source: OPML 2.0 (opml.org/spec2), subscription lists. No date is written: the same feeds, the same bytes.
"""

from collections.abc import Iterable
from html import escape

from publisher.model import Output
from publisher.render.characters import percent_encode, strip_illegal
from publisher.settings import Publication
from publisher.site.feeds import Feed
from publisher.site.own import own_title

PATH = "feeds.opml"

_ENDS = {10: "&#10;", 13: "&#13;", 9: "&#9;"}


def opml(feeds: Iterable[Feed], publication: Publication) -> Output:
    """The RSS of each feed, with the page that it belongs to; then those of `[feeds.NAME]`."""
    title = strip_illegal(publication.title)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_text(title)}</title></head>",
        "<body>",
    ]
    lines += (_outline(feed.title, f"{feed.url}feed.xml", feed.home, publication) for feed in feeds)
    for each in (partner for partner in publication.feeds if {"rss", "atom"} & set(partner.formats)):
        lines.append(_outline(own_title(each, publication), f"/{each.paths[0]}", "/", publication))
    lines.append("</body>\n</opml>\n")
    return Output(PATH, "\n".join(lines).encode())


def _outline(title: str, url: str, home: str, publication: Publication) -> str:
    address, page = (percent_encode(publication.absolute(each)) for each in (url, home))
    return (
        f'<outline type="rss" text={_attribute(strip_illegal(title))} '
        f"xmlUrl={_attribute(address)} htmlUrl={_attribute(page)}/>"
    )


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _attribute(text: str) -> str:
    """Quoted; a line end as it is would be read as a space (XML 1.0, section 3.3.3)."""
    return f'"{escape(text).translate(_ENDS)}"'
