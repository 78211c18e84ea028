"""Whole digests for the tests of finished mails: of invented stories, of hostile ones, of real pages."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from publisher.model import Card, Image, Origin
from publisher.newsletter.freeze import freeze
from publisher.newsletter.issue import compose
from publisher.newsletter.render import Rendered, render
from publisher.newsletter.splice import splice
from publisher.settings import Publication
from tests.newsletter.samples import WEB, card, theme
from tests.newsletter.test_dkim import SIGNER
from tests.newsletter.test_splice import READER

SHARED = Path(__file__).parents[3] / "shared"
PAGES = SHARED / "lines" / "dev"
THEME = theme()
FULL = replace(
    WEB,
    newsletter=replace(
        WEB.newsletter,
        max_items=200,
        intro="Good morning. Here is what the town did while you slept.",
        sponsor="Rope & Sail, chandlers since 1871: ropes that hold.",
        sponsor_url="https://rope.example.com/",
    ),
)
HOSTILE = (
    "=?utf-8?q?a=0d=0aBcc:_x@example.com?= title",
    "=?utf-8?b?YQ0KQmNjOiB4QGV4YW1wbGUuY29t?=",
    "a\r\nBcc: x@example.com",
    "\u202egpj.exe\u202c turned round",
    "tab\tnul\x00 bell\x07 line\u2028 next\x85",
    "x" * 500,
    "word " * 100,
    "{{ 7*7 }} {% x %} <%x%> %recipient.x% *|X|*",
    "\xfb" * 36,
    "\xf8\xf9\xfa",
    "</td></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="http://evil.example/" onclick="x">javascript:alert(1)</a>',
    "data:image/png;base64,AA and bit.ly/x, tinyurl.com/y, t.co/z",
    "Re: your invoice",
    "漢字だけの題名",
    "שלום לכולם",
)
_SECTIONS = ("Politics", "Business", "World", "")
_PICTURE = Image("https://post.example.org/ferry.jpg", "The ferry in the harbour")


def story(number: int, **changes: object) -> Card:
    """An article as they are: every other one has a picture, every fifth a source."""
    return replace(
        card(number),
        section=_SECTIONS[number % 4],
        image=_PICTURE if number % 2 == 0 else None,
        source=Origin("Coastal Wire", "https://wire.example.com/x") if number % 5 == 0 else None,
        **changes,  # type: ignore[arg-type] # fields of Card, as the caller names them
    )


def invented(count: int) -> list[Card]:
    return [
        story(n, summary=f"What the council decided about quay {n}, and who pays. " * 3) for n in range(count)
    ]


def hostile() -> list[Card]:
    """Each hostile text in every place where a text can stand."""
    return [
        story(n, title=text, summary=text, authors=(text,), tags=(text,)) for n, text in enumerate(HOSTILE)
    ]


def real(count: int) -> list[Card]:
    """Articles of real pages, the English ones first; they are not part of the repository."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(PAGES.glob("*.json"))]
    found.sort(key=lambda page: page["lang"] != "en")
    return [
        story(
            n,
            title=page["title"],
            summary=" ".join(page["gold"].split())[:300],
            language="" if page["lang"] == "en" else page["lang"],
        )
        for n, page in enumerate(found[:count])
    ]


def rendered(cards: list[Card], publication: Publication = FULL) -> Rendered:
    issue = compose(tuple(cards), date(2026, 3, 3), publication)
    assert issue is not None
    return render(issue, publication, THEME)


def finished(cards: list[Card], publication: Publication = FULL) -> bytes:
    """The signed mail to a reader."""
    return SIGNER.sign(splice(freeze(rendered(cards, publication), publication), READER))
