"""What every finished mail must be, whatever the stories say: rules of receivers, of the law, of filters."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from types import ModuleType

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from publisher.model import Card, Image
from publisher.newsletter.freeze import freeze
from publisher.newsletter.marks import Marks
from publisher.newsletter.render import LIMIT
from publisher.newsletter.splice import splice
from publisher.settings import Publication
from tests.newsletter.digests import (
    FULL,
    HOSTILE,
    PAGES,
    SHARED,
    finished,
    hostile,
    invented,
    real,
    rendered,
    story,
)
from tests.newsletter.test_dkim import valid
from tests.newsletter.test_splice import NAMES, READER, TOKENS

LINT = SHARED / "tools" / "mail_lint.py"
needs_pages = pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages are not on this machine")
needs_lint = pytest.mark.skipif(not LINT.is_file(), reason="the checker of mails is not on this machine")
needs_filter = pytest.mark.skipif(not shutil.which("spamassassin"), reason="SpamAssassin is not installed")
PLAIN = replace(FULL, newsletter=replace(FULL.newsletter, intro="", sponsor="", sponsor_url="", reason=""))
GERMAN, ARABIC = replace(FULL, language="de"), replace(FULL, language="ar")
# What a story's own words cost; nothing of the mail can be mended there.
_OF_STORIES = {"DIET_1", "LOTS_OF_MONEY", "HTML_IMAGE_RATIO_08"}


class Seen(HTMLParser):
    """Links and pictures of a document, and the words outside of tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[dict[str, str]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        self.links += [own["href"]] if "href" in own else []
        self.pictures += [own] if tag == "img" else []

    def handle_data(self, data: str) -> None:
        self.words += data


def parts(raw: bytes) -> tuple[EmailMessage, str, str]:
    mail = message_from_bytes(raw, EmailMessage, policy=policy.default)
    plain, html = (part.get_content() for part in mail.iter_parts())
    return mail, plain, html


@pytest.fixture(scope="module")
def lint() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mail_lint", LINT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_lint
@pytest.mark.parametrize("publication", [FULL, PLAIN, GERMAN, ARABIC])
@pytest.mark.parametrize("cards", [invented(1), invented(20), hostile()], ids=["one", "twenty", "hostile"])
def test_the_checker_finds_nothing(cards: list[Card], publication: Publication, lint: ModuleType) -> None:
    assert [(rule, said) for rule, fine, said in lint.lint(finished(cards, publication)) if not fine] == []


@needs_lint
@needs_pages
@pytest.mark.parametrize("count", [1, 20, 150])
def test_the_checker_finds_nothing_in_digests_of_real_pages(count: int, lint: ModuleType) -> None:
    raw = finished(real(count))
    assert [(rule, said) for rule, fine, said in lint.lint(raw) if not fine] == []
    assert valid(raw) == [True, True]


@needs_lint
@pytest.mark.parametrize("text", HOSTILE)
def test_the_checker_finds_nothing_where_a_hostile_story_leads(text: str, lint: ModuleType) -> None:
    raw = finished([story(0, title=text, summary=text), *invented(3)[1:]])
    assert [(rule, said) for rule, fine, said in lint.lint(raw) if not fine] == []
    assert parts(raw)[0].keys() == ["DKIM-Signature", "DKIM-Signature", *NAMES]


def test_both_parts_lead_to_the_same_places_and_say_who_and_why() -> None:
    mail, plain, html = parts(finished(invented(20)))
    seen = Seen(html)
    in_plain = set(re.findall(r"https://\S+", plain))
    without = {"https://wire.example.com/x"}  # the text names a source, and links to the story only
    assert set(seen.links) - in_plain == without
    assert in_plain - set(seen.links) == set()
    for said in (plain, seen.words):
        assert "4 Quay Street" in said
        assert "You get this because you signed up." in said
        assert "Unsubscribe" in said
        assert "Choose what you get" in said
        assert "View in your browser" in said
        assert "Sponsored" in said
    for where in (f"/u/{READER.token}", f"/p/{READER.preferences}"):
        assert f"https://news.example.org{where}" in in_plain
    assert READER.token in mail["List-Unsubscribe"]
    assert len(html.encode()) < LIMIT


def test_a_reason_is_given_even_where_none_is_configured() -> None:
    for language, words in (
        ("en", "You get this because you signed up for The Harbour Post."),
        ("de", "abonniert"),
    ):
        _, plain, html = parts(finished(invented(1), replace(PLAIN, language=language)))
        assert words in plain
        assert words in Seen(html).words


def test_pictures_are_hosted_described_and_no_larger_than_they_are_shown() -> None:
    both = Image("https://post.example.org/l.jpg", "A ferry", small="https://post.example.org/s.jpg")
    _, _, html = parts(finished([replace(each, image=both) for each in invented(2)]))
    lead, thumb = Seen(html).pictures
    assert (lead["src"], thumb["src"]) == ("https://post.example.org/l.jpg", "https://post.example.org/s.jpg")
    assert [each["alt"] for each in (lead, thumb)] == ["A ferry"] * 2
    assert (lead["width"], thumb["width"]) == ("600", "112")


def test_a_link_in_disguise_is_not_taken_over() -> None:
    cards = invented(1)
    source = cards[0].source
    assert source is not None
    _, plain, html = parts(finished([replace(cards[0], source=replace(source, url="https://t.co/x"))]))
    assert "From Coastal Wire" in Seen(html).words
    assert "t.co" not in html + plain


def test_words_about_attacks_stay_words() -> None:
    _, plain, html = parts(finished(hostile()))
    shown = Seen(html)
    assert "<img src=x onerror=alert(1)>" in shown.words
    assert "javascript:alert(1)" in shown.words
    assert "<img src=x onerror=alert(1)>" in plain
    assert all(link.startswith("https://") for link in shown.links)


def score(raw: bytes) -> tuple[float, set[str]]:
    """What SpamAssassin says by its rules alone: no network, no learning."""
    done = subprocess.run(
        ["spamassassin", "-L", "-x", "-t", "--cf=use_bayes 0"], input=raw, capture_output=True, check=True
    )
    said = re.search(
        rb"X-Spam-Status: \w+, score=(-?[\d.]+) .*?tests=(.*?)\s+autolearn", done.stdout, re.DOTALL
    )
    assert said is not None
    return float(said[1]), set(re.split(r",\s*", said[2].decode()))


@needs_filter
@pytest.mark.parametrize("make", [lambda: invented(1), lambda: invented(20)], ids=["one", "twenty"])
def test_a_filter_has_nothing_against_it(make: Callable[[], list[Card]]) -> None:
    points, rules = score(finished(make()))
    assert points <= 0.5, rules


@needs_filter
@needs_pages
def test_a_filter_has_at_most_something_against_the_stories() -> None:
    _, rules = score(finished(real(20)))
    assert rules - _OF_STORIES <= {"HTML_MESSAGE", "NO_RECEIVED", "NO_RELAYS"}


@settings(max_examples=6, deadline=None, phases=(Phase.generate,))
@given(TOKENS, TOKENS, st.integers(1, 9))
def test_a_spliced_mail_says_what_a_mail_made_for_its_reader_says(token: str, other: str, count: int) -> None:
    assume(token != other)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("publisher.newsletter.view.marks", lambda said: Marks(token, other))
        own = rendered(invented(count))
    reader = replace(READER, token=token, preferences=other)
    _, plain, html = parts(splice(freeze(rendered(invented(count)), FULL), reader))
    assert [part.replace("\r\n", "\n").strip() for part in (plain, html)] == [
        own.text.strip(),
        own.html.strip(),
    ]
    assert token in plain
    assert token in html
