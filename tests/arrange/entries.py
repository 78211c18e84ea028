"""Entries for tests of what comes after rendering."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from publisher.model import Card, Entry, Reference
from publisher.prose import Prose

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
_CARD = Card(
    path="a.md",
    id="",
    url="",
    slug="a",
    title="A title",
    date=NOON,
    updated=None,
    authors=(),
    summary="",
    section="",
    tags=(),
    image=None,
    language="en",
    featured=False,
    draft=False,
    canonical_url="",
    source=None,
    words=1,
    minutes=1,
)


def entry(path: str, html: str = "", references: tuple[Reference, ...] = (), **changes: Any) -> Entry:
    """An entry of the file `path`; its id and address follow the path unless given."""
    slug = path.removesuffix(".md")
    card = replace(_CARD, **{"path": path, "id": f"urn:{slug}", "url": f"/{slug}/", "slug": slug, **changes})
    return Entry(card, Prose(html, "Some text."), (), references, ())
