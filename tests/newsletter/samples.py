"""Cards, a publication and the theme's templates for the tests of the digest; all of it invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from publisher.model import Card, Template
from publisher.settings import NewsletterSettings, Publication, WebSettings
from publisher.templating import environment

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LETTER = NewsletterSettings(
    sender="news@post.example.org",
    sender_name="The Harbour Post",
    address="4 Quay Street\nHarbourtown",
    reason="You get this because you signed up.",
    unsubscribe="https://post.example.org/leave?of={token}",
)
POST = Publication(title="The Harbour Post", base_url="https://post.example.org", newsletter=LETTER)
WEB = replace(POST, web=WebSettings("https://news.example.org"))


def card(number: int, **changes: Any) -> Card:
    """An article of its own; the higher its number, the older it is (by hours)."""
    made = Card(
        path=f"a{number}.md",
        id=str(number),
        url=f"/2026/03/story-{number}/",
        slug=f"story-{number}",
        title=f"Story {number}",
        date=NOON - timedelta(hours=number),
        updated=None,
        authors=("Ada Lindqvist",),
        summary=f"What happened in story {number}, and to whom.",
        section="Politics",
        tags=(),
        image=None,
        language="",
        featured=False,
        draft=False,
        canonical_url="",
        source=None,
        words=400,
        minutes=2,
    )
    return replace(made, **changes)


def configured(**changes: Any) -> Publication:
    """The publication with other newsletter settings."""
    return replace(POST, newsletter=replace(LETTER, **changes))


def theme(**instead: str) -> Environment:
    """The theme's newsletter templates; `digest_mjml="…"` puts a publication's own in place of one."""
    folder = files("publisher").joinpath("theme", "newsletter")
    texts = {each.name: each.read_text("utf-8") for each in folder.iterdir()}
    made = {
        f"newsletter/{name}": Template(f"newsletter/{name}", text, f"theme/newsletter/{name}")
        for name, text in texts.items()
    }
    for key, text in instead.items():
        name = "newsletter/" + ".".join(key.rsplit("_", 1))
        made[name] = Template(name, text, f"templates/{name}")
    return environment(made)
