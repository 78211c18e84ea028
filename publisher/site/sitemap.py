"""Addresses of pages in -> `sitemap.xml` (with parts, if there are many) and `robots.txt`.

Source: sitemaps.org protocol 0.9: at most 50,000 addresses and 50 MB a file, escaped URIs, W3C dates;
RFC 9309 for robots.txt.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from html import escape as escape_html

from publisher.model import Card, Entry, Output
from publisher.render.characters import percent_encode, strip_illegal
from publisher.settings import Publication
from publisher.site.dates import rfc3339
from publisher.site.links import web

MOST_URLS = 50_000
escape = partial(escape_html, quote=False)
Listed = tuple[str, datetime | None]
_FRESH = timedelta(days=2)
_MOST_NEWS = 1_000
_CHINESE = {"zh-cn", "zh-tw"}
_XMLNS_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
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


def listed(
    outputs: Iterable[Output], entries: Iterable[Entry], syndicated: bool, gone: Iterable[str] = ()
) -> Iterator[Listed]:
    """The addresses of pages for the sitemap, with the dates of the articles, in the order of their paths.

    Not those that ask to be left out, nor former addresses, nor the addresses `gone`. `syndicated`: also
    copies whose original is elsewhere.
    """
    cards = {f"{entry.card.url.lstrip('/')}index.html": entry.card for entry in entries}
    moved = {f"{alias.strip('/')}/index.html" for card in cards.values() for alias in card.aliases}
    moved.update(f"{url.strip('/')}/index.html" for url in gone)
    for path in sorted(output.path for output in outputs):
        card = cards.get(path)
        wanted = indexed(card, syndicated) if card else path != "search/index.html"
        if (path == "index.html" or path.endswith("/index.html")) and path not in moved and wanted:
            yield f"/{path.removesuffix('index.html')}", _changed(card)


def indexed(card: Card, syndicated: bool) -> bool:
    """Whether search engines may list it."""
    elsewhere = bool(web(card.canonical_url) or (card.source and web(card.source.url)))
    return not card.noindex and (syndicated or not elsewhere)


def news_sitemap(entries: Iterable[Entry], publication: Publication) -> Output:
    """`sitemap-news.xml`: the articles of the two days before the newest one, at most 1,000.

    Two days from the newest article, not from now: the same articles give the same bytes on any day, and
    search engines leave out by themselves what has become old. Source: Google's guide to news sitemaps.
    """
    own = [each.card for each in entries if indexed(each.card, syndicated=False)]
    newest = max((card.date for card in own), default=None)
    fresh = [card for card in own if newest and newest - card.date <= _FRESH][:_MOST_NEWS]
    items = "".join(_news(card, publication) for card in fresh)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return Output("sitemap-news.xml", f"{head}\n<urlset {_XMLNS} {_XMLNS_NEWS}>\n{items}</urlset>\n".encode())


def robots(publication: Publication) -> Output:
    """`robots.txt`: everybody may read everything, and the sitemaps are there."""
    names = ("/sitemap.xml", "/sitemap-news.xml")
    lines = "".join(f"Sitemap: {percent_encode(publication.absolute(name))}\n" for name in names)
    return Output("robots.txt", f"User-agent: *\nAllow: /\n\n{lines}".encode())


def _changed(card: Card | None) -> datetime | None:
    """What has no date of its own says when it changed only if it is told."""
    if card is None or card.kind != "article":
        return card.updated if card else None
    return card.updated or card.date


def _news(card: Card, publication: Publication) -> str:
    where = escape(percent_encode(publication.absolute(card.url)))
    name, title = (escape(strip_illegal(text)) for text in (publication.title, card.title))
    language = (card.language or publication.language).lower()
    language = language if language in _CHINESE else language.partition("-")[0]
    return (
        f"<url><loc>{where}</loc><news:news><news:publication><news:name>{name}</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{rfc3339(card.date)}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>\n"
    )


def _document(root: str, item: str, pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {_XMLNS}>"]
    for address, date in pages:
        changed = f"<lastmod>{rfc3339(date)}</lastmod>" if date else ""
        lines.append(f"<{item}><loc>{escape(percent_encode(address))}</loc>{changed}</{item}>")
    lines.append(f"</{root}>\n")
    return "\n".join(lines).encode("utf-8")
