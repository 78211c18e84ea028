"""What a mail costs: making and freezing an issue once, splicing and signing it for each reader.

python -m benchmarks.mail [ARTICLES]
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.resources import files

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from publisher.audience.keys import Keys
from publisher.audience.tokens import make_token
from publisher.model import Card
from publisher.newsletter.dkim import Key, Signer
from publisher.newsletter.freeze import freeze
from publisher.newsletter.issue import Issue, compose
from publisher.newsletter.render import render
from publisher.newsletter.splice import Reader, message_id, splice
from publisher.settings import NewsletterSettings, Publication, WebSettings
from publisher.store.templates import load
from publisher.templating import environment

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
DOMAIN = "post.example.org"
POST = Publication(
    title="The Harbour Post",
    base_url=f"https://{DOMAIN}",
    newsletter=NewsletterSettings(sender=f"news@{DOMAIN}", address="4 Quay Street", max_items=500),
    web=WebSettings("https://news.example.org"),
)
KEYS = Keys("a", {"a": b"a" * 32})


def card(number: int) -> Card:
    """An invented article; the higher its number, the older."""
    return Card(
        path=f"{number}.md",
        id=str(number),
        url=f"/2026/03/story-{number}/",
        slug=f"story-{number}",
        title=f"The council decides on quay {number}, and who pays for it",
        date=NOON - timedelta(hours=number),
        updated=None,
        authors=("Ada Lindqvist",),
        summary="What was said, by whom, and what it means for those who live there. " * 4,
        section=("Town", "Harbour", "Sea")[number % 3],
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


def best(what: Callable[[], object], times: int) -> float:
    """Seconds of CPU for one call: the best of five rounds."""
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(times):
            what()
        rounds.append(time.process_time() - start)
    return min(rounds) / times


def reader(number: int) -> Reader:
    """A reader as the sender makes one for each mail."""
    return Reader(
        f"reader{number}@example.com",
        make_token(KEYS, "unsubscribe", number, NOON),
        message_id(KEYS, 1, number, DOMAIN),
        NOON,
        make_token(KEYS, "preferences", number, NOON),
    )


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    made = environment(load(files("publisher").joinpath("theme")))
    issue = compose(tuple(card(n) for n in range(articles)), NOON.date(), POST)
    assert isinstance(issue, Issue)  # noqa: S101 - there are articles
    rendered = render(issue, POST, made)
    message = freeze(rendered, POST)
    one = reader(1)
    mail = splice(message, one)
    ed = Ed25519PrivateKey.from_private_bytes(b"a" * 32)
    signers = {
        "RSA-2048": Signer((Key(DOMAIN, "a", generate_private_key(65537, 2048)),)),
        "Ed25519": Signer((Key(DOMAIN, "b", ed),)),
    }
    rows = [
        ("compose and render", best(lambda: render(issue, POST, made), 5)),
        ("freeze", best(lambda: freeze(rendered, POST), 5)),
        ("a reader's tokens and Message-ID", best(lambda: reader(2), 2000)),
        ("splice", best(lambda: splice(message, one), 2000)),
        ("splice, each at another moment", best(_moments(message, one), 2000)),
        *((f"sign, {name}", best(partial(signer.sign, mail), 50)) for name, signer in signers.items()),
    ]
    print(f"{len(rendered.issue.cards)} articles, a mail of {len(mail):,} bytes, CPU time:")  # noqa: T201
    for name, seconds in rows:
        shown = f"{seconds * 1e3:8.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:8.1f} µs"
        print(f"  {name:34} {shown}")  # noqa: T201


def _moments(message: bytes, one: Reader) -> Callable[[], object]:
    count = iter(range(10**9))
    return lambda: splice(message, replace(one, date=NOON + timedelta(seconds=next(count))))


if __name__ == "__main__":
    main()
