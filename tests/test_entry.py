from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from publisher.entry import compile_source, derived_id, standfirst
from publisher.model import Dated, Entry, Source, Undated
from publisher.settings import Publication

BERLIN = ZoneInfo("Europe/Berlin")
PUBLICATION = Publication(time_zone="Europe/Berlin", author="The desk")
TEXT = "The quay was empty at six, and the ferry had gone without anybody noticing that it had.\n"


def compiled(path: str, text: str, fallback: Dated | None = None) -> Entry:
    made = compile_source(Source(path, text, fallback), PUBLICATION)
    assert isinstance(made, Entry)
    return made


def test_what_is_missing_is_filled_in() -> None:
    entry = compiled("harbour-news/2026-11-20-ferry.md", f"# The ferry has gone\n\n{TEXT}")
    card = entry.card
    assert card.title == "The ferry has gone"
    assert card.date == datetime(2026, 11, 20, tzinfo=BERLIN)
    assert (card.slug, card.url) == ("ferry", "/2026/11/ferry/")
    assert (card.section, card.authors, card.language) == ("Harbour news", ("The desk",), "en")
    assert card.id == derived_id("harbour-news/2026-11-20-ferry.md")
    assert card.summary == TEXT.strip()
    assert "FM005" in [finding.code for finding in entry.findings]


def test_a_text_without_any_date_waits_for_a_fallback() -> None:
    assert compile_source(Source("ferry.md", TEXT), PUBLICATION) == Undated("ferry.md")
    moment = datetime(2026, 3, 1, 8, tzinfo=UTC)
    by_commit = compiled("ferry.md", TEXT, Dated(moment, "commit"))
    by_file = compiled("ferry.md", TEXT, Dated(moment, "modified"))
    assert by_commit.card.date == by_file.card.date == moment
    assert "FM003" in [finding.code for finding in by_commit.findings]
    assert "FM004" in [finding.code for finding in by_file.findings]


def test_a_dateline_wins_over_the_first_commit() -> None:
    entry = compiled(
        "ferry.md",
        f"# The ferry has gone\n\nPublished: March 3, 2026\n\n{TEXT}",
        Dated(datetime(2020, 1, 1, tzinfo=UTC), "commit"),
    )
    assert entry.card.date == datetime(2026, 3, 3, tzinfo=BERLIN)


def test_without_a_title_the_file_is_called_by_its_name() -> None:
    entry = compiled("2026-11-20-the_old-quay.md", TEXT * 3)
    assert entry.card.title == "The old quay"
    assert "FM001" in [finding.code for finding in entry.findings]


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("/{slug}/", "/ferry/"),
        ("/{section}/{year}/{month}/{day}/{slug}/", "/harbour/2026/11/20/ferry/"),
    ],
)
def test_addresses_are_configured(permalink: str, url: str) -> None:
    source = Source("harbour/2026-11-20-ferry.md", TEXT)
    made = compile_source(source, Publication(permalink=permalink))
    assert isinstance(made, Entry)
    assert made.card.url == url


def test_an_address_is_dated_in_the_publications_zone() -> None:
    entry = compiled("ferry.md", f"---\ndate: 2026-10-31T23:30Z\ntitle: x\n---\n{TEXT}")
    assert entry.card.url == "/2026/11/ferry/"


def test_a_name_without_letters_still_has_an_address() -> None:
    entry = compiled("2026-11-20-!!!.md", f"---\ntitle: x\n---\n{TEXT}")
    assert entry.card.slug.startswith("article-")


def test_reading_time_is_at_least_a_minute() -> None:
    assert compiled("2026-11-20-a.md", TEXT).card.minutes == 1
    rng = Random(7)  # noqa: S311  (any words will do)
    long = "\n\n".join(" ".join(rng.choices(TEXT.split(), k=40)).capitalize() + "." for _ in range(25))
    assert compiled("2026-11-20-a.md", long).card.minutes in {4, 5}


def test_a_summary_cut_out_of_the_text_is_not_shown_above_it() -> None:
    text = "It was grey.\n\nAnd cold it was."
    assert standfirst("Something\nelse.", text) == "Something else."
    assert standfirst("cold it…", text) == ""
    assert standfirst("It was grey. And cold it was.", text) == ""
    assert standfirst("", text) == ""
