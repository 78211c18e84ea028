"""Addresses of pages in -> `sitemap.xml` (with parts, if there are many) and `robots.txt`.

Source: sitemaps.org protocol 0.9: at most 50,000 addresses and 50 MB a file, escaped URIs, W3C dates;
RFC 9309 for robots.txt.
"""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from publisher.model import Output
from publisher.render.characters import percent_encode
from publisher.settings import Publication
from publisher.site.dates import rfc3339

MOST_URLS = 50_000
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(
    urls: Iterable[tuple[str, datetime | None]], publication: Publication, most: int = MOST_URLS
) -> tuple[Output, ...]:
    """`sitemap.xml` for site-relative `urls` and when each page last changed, in the order given.

    Over `most` addresses, `sitemap.xml` is an index of `sitemap-1.xml`, `sitemap-2.xml` and so on.
    """
    pages = [(publication.absolute(url), date) for url, date in urls]
    if len(pages) <= most:
        return (Output("sitemap.xml", _document("urlset", "url", pages)),)
    parts = [pages[start : start + most] for start in range(0, len(pages), most)]
    listed = []
    outputs = []
    for number, part in enumerate(parts, 1):
        path = f"sitemap-{number}.xml"
        outputs.append(Output(path, _document("urlset", "url", part)))
        dates = [date for _, date in part if date]
        listed.append((publication.absolute(f"/{path}"), max(dates, default=None)))
    return (*outputs, Output("sitemap.xml", _document("sitemapindex", "sitemap", listed)))


def robots(publication: Publication) -> Output:
    """`robots.txt`: everybody may read everything, and the sitemap is there."""
    address = percent_encode(publication.absolute("/sitemap.xml"))
    return Output("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {address}\n".encode())


def _document(root: str, item: str, pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {_XMLNS}>"]
    for address, date in pages:
        changed = f"<lastmod>{rfc3339(date)}</lastmod>" if date else ""
        lines.append(f"<{item}><loc>{escape(percent_encode(address))}</loc>{changed}</{item}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode("utf-8")
