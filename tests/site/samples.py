"""Invented entries, the theme as it lies on disk, and the pages made of both, parsed."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
from jinja2 import Environment
from lxml.html import HtmlElement

import publisher
from publisher.model import Card, Entry, Heading, Image, Origin, Output, Template
from publisher.prose import Prose
from publisher.settings import Publication
from publisher.site.beside import Archive, BackIssue, Beside
from publisher.site.pages import pages
from publisher.templating import environment

BASE = "https://news.example.org"
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
PUBLICATION = Publication(title="The Harbour Ledger", description="News from the estuary", base_url=BASE)
CARD = Card(
    path="fog.md",
    id="fog",
    url="/2026/03/fog/",
    slug="fog",
    title="Fog",
    date=NOON,
    updated=None,
    authors=("Marta Quintela",),
    summary="It was grey.",
    section="Weather",
    tags=("Fog",),
    image=None,
    language="en",
    featured=False,
    draft=False,
    canonical_url="",
    source=None,
    words=120,
    minutes=1,
)
NOTHING = Beside()
LETTER = Beside(
    archives=(
        Archive("daily", "The Tide", (BackIssue(date(2026, 3, 5), "/newsletter/daily/2026-03-05/", "Fog"),)),
    )
)


def entry(name: str, **fields: object) -> Entry:
    """An entry with its own path and address; `fields` are those of its card."""
    card = replace(CARD, path=f"{name}.md", id=name, url=f"/2026/03/{name}/", slug=name, title=name)
    text = f"The text of {name}."
    return Entry(replace(card, **fields), Prose(f"<p>{text}</p>\n", text), (), (), ())  # type: ignore[arg-type]  # the names are checked at run time


def days_ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


def many(number: int, **fields: object) -> tuple[Entry, ...]:
    """Entries one day apart, newest first."""
    return tuple(entry(f"n{place}", date=days_ago(place), **fields) for place in range(number))


def mixed() -> tuple[Entry, ...]:
    """One of each kind: rich and long, syndicated, Arabic, without anything; then plain ones."""
    headings = tuple(Heading(2, f"Part {n}", f"part-{n}") for n in range(3))
    plain = entry(
        "rich",
        date=days_ago(0.1),
        updated=days_ago(-2),
        image=Image(f"{BASE}/quay.jpg", "A quay", "Inês Paz"),
        words=900,
        tags=("Sea level", "Insurance"),
        authors=("Marta Quintela", "Jonas Achterberg"),
    )
    html = "".join(f'<h2 id="{h.anchor}">{h.text}</h2><p>Words.</p>' for h in headings)
    html += "<table><tbody><tr><td>1</td></tr></tbody></table><pre><code>x</code></pre>"
    rich = replace(plain, prose=replace(plain.prose, html=html), headings=headings)
    source = Origin("Estuary Quarterly", "https://example.com/eels", "CC BY-SA 4.0", "Tomasz Wilk")
    return (
        rich,
        entry("eels", date=days_ago(1), source=source, section="Environment"),
        entry(
            "مد", date=days_ago(2), title="ثلاثة سجلات", language="ar", tags=("مدّ وجزر",), authors=("ليلى",)
        ),
        entry("bare", date=days_ago(3), authors=(), section="", tags=(), summary="", language=""),
        *(entry(f"n{n}", date=days_ago(4 + 12 * n), section="Culture & Food") for n in range(7)),
    )


@cache
def theme() -> dict[str, Template]:
    top = Path(publisher.__file__).parent / "theme"
    files = (f for f in sorted(top.rglob("*")) if f.is_file() and not {"newsletter", "fonts"} & set(f.parts))
    named = ((file.relative_to(top).as_posix(), file) for file in files)
    return {name: Template(name, file.read_text("utf-8"), f"theme/{name}") for name, file in named}


def templates(**own: str) -> Environment:
    """The theme, some of its templates hidden by others; a name is written `partials__byline` there."""
    names = {name: name.replace("__", "/") + ".html" for name in own}
    hiding = {names[name]: Template(names[name], text, names[name]) for name, text in own.items()}
    return environment(theme() | hiding)


@dataclass(frozen=True)
class Made:
    """The outputs by path, and pages parsed by path."""

    outputs: dict[str, bytes]

    def page(self, path: str) -> HtmlElement:
        return lxml.html.document_fromstring(self.outputs[path].decode())

    def pages(self) -> dict[str, HtmlElement]:
        return {path: self.page(path) for path in self.outputs if path.endswith(".html")}

    def at(self, href: str) -> str:
        """The path of the output that an address of the site leads to."""
        path = unquote(urlsplit(href).path)
        root = urlsplit(BASE).path
        return path.removeprefix(root).lstrip("/") + ("index.html" if path.endswith("/") else "")

    @property
    def css(self) -> str:
        (path,) = (path for path in self.outputs if path.endswith(".css"))
        return self.outputs[path].decode()


def make(
    entries: tuple[Entry, ...], publication: Publication = PUBLICATION, beside: Beside = NOTHING
) -> Made:
    return collect(pages(entries, publication, templates(), beside))


def collect(outputs: tuple[Output, ...]) -> Made:
    made = {output.path: output.content for output in outputs}
    assert len(made) == len(outputs), "two outputs have one path"
    return Made(made)


def texts(element: HtmlElement, css: str) -> list[str]:
    """The text of what a path (XPath) finds, white space collapsed."""
    return [" ".join(found.text_content().split()) for found in element.xpath(css)]
