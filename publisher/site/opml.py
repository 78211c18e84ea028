"""Feeds of a publication in -> `feeds.opml`, by which a feed reader subscribes to all of them at once.

Source: OPML 2.0 (opml.org/spec2), subscription lists. No date is written: the same feeds, the same bytes.
"""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from publisher.model import Output
from publisher.render.characters import percent_encode, strip_illegal
from publisher.settings import Publication

PATH = "feeds.opml"


def opml(feeds: Iterable[tuple[str, str]], publication: Publication) -> Output:
    """`feeds` as (name, site-relative address), all RSS."""
    title = strip_illegal(publication.title)
    home = percent_encode(publication.absolute("/"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_text(title)}</title></head>",
        "<body>",
    ]
    for name, url in feeds:
        address = percent_encode(publication.absolute(url))
        lines.append(
            f'<outline type="rss" text={quoteattr(strip_illegal(name))} '
            f"xmlUrl={quoteattr(address)} htmlUrl={quoteattr(home)}/>"
        )
    lines.append("</body>\n</opml>\n")
    return Output(PATH, "\n".join(lines).encode())


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
