from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from publisher.errors import PublishError
from publisher.newsletter.issue import Issue, compose, due, issue_of_day
from tests.newsletter.samples import NOON, POST, card, configured

DAY = date(2026, 3, 3)


def issue(*cards: object, **settings: object) -> Issue:
    made = compose(cards, DAY, configured(**settings))  # type: ignore[arg-type]  # cards by star
    assert made is not None
    return made


def test_due_takes_each_article_into_exactly_one_issue() -> None:
    cards = tuple(card(n) for n in range(10))
    moments = [NOON - timedelta(hours=n) for n in (12, 7, 4, 0)]
    taken = [due(cards, since, until) for since, until in pairwise(moments)]
    assert sorted(c.path for part in taken for c in part) == [c.path for c in cards]


def test_the_day_is_that_of_the_publication() -> None:
    late = card(1, date=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert issue_of_day((late,), DAY, ZoneInfo("Europe/Berlin")) == (late,)
    assert issue_of_day((late,), DAY, ZoneInfo("America/New_York")) == ()


def test_nothing_new_is_no_issue() -> None:
    assert compose((), DAY, POST) is None


def test_the_newest_featured_article_leads() -> None:
    cards = (card(3, featured=True), card(1), card(2, featured=True))
    assert issue(*cards).lead.path == "a2.md"
    assert issue(card(2), card(1)).lead.path == "a1.md"


def test_sections_follow_by_their_newest_article_and_nothing_is_lost() -> None:
    cards = (card(4, section="A"), card(1), card(3, section="B"), card(2, section="A"), card(5, section=""))
    made = issue(*cards)
    assert [(g.name, [c.path for c in g.cards]) for g in made.groups] == [
        ("A", ["a2.md", "a4.md"]),
        ("B", ["a3.md"]),
        ("", ["a5.md"]),
    ]
    assert {c.path for c in made.cards} == {c.path for c in cards}
    assert made.url == "/newsletter/daily/2026-03-03/"


def test_the_oldest_are_left_out_above_the_maximum() -> None:
    made = issue(*(card(n) for n in range(9)), max_items=4)
    assert [c.path for c in made.cards] == ["a0.md", "a1.md", "a2.md", "a3.md"]
    assert made.left_out == 5


def test_a_shortened_issue_keeps_the_order_and_counts_the_rest() -> None:
    made = issue(*(card(n, section=str(n % 2)) for n in range(7)))
    for items in range(7):
        shorter = made.shortened(items)
        assert shorter.cards == made.cards[: items + 1]
        assert len(shorter.cards) + shorter.left_out == 7


def test_order_does_not_depend_on_the_order_given() -> None:
    cards = [card(n, date=NOON, section=str(n % 3)) for n in range(6)]
    assert issue(*cards) == issue(*reversed(cards))


def test_the_subject_is_filled_from_the_configuration() -> None:
    assert issue(card(1)).subject == "The Harbour Post: Story 1"
    assert issue(card(1), subject="{date} – {lead} {{x}}").subject == "3 March 2026 – Story 1 {x}"


@pytest.mark.parametrize("subject", ["{led}", "{lead.__class__}", "{lead!r}", "{date:%d}", "{}", "{0}"])
def test_an_unknown_placeholder_is_an_error_that_names_the_known(subject: str) -> None:
    with pytest.raises(PublishError, match=r"subject: unknown placeholder .*\{title\}, \{lead\}, \{date\}"):
        issue(card(1), subject=subject)


def test_a_lone_brace_is_an_error() -> None:
    with pytest.raises(PublishError, match="brace"):
        issue(card(1), subject="{lead")


def test_a_hostile_title_makes_a_harmless_subject() -> None:
    hostile = "Re: FWD: a\r\nBcc: x@example.com \u202e{{ 7*7 }} " + "long " * 100
    subject = issue(card(1, title=hostile), subject="{lead}").subject
    assert subject.startswith("a Bcc: x@example.com")
    assert len(subject) <= 120
    assert subject.isprintable() or "\u2060" in subject
    assert issue(card(1, title=" "), subject="{lead}").subject == "The Harbour Post 2026-03-03"


def test_the_preheader_begins_with_the_summary_and_goes_on_with_titles() -> None:
    made = issue(card(1, summary="Short."), card(2), card(3))
    assert made.preheader == "Short. · Story 2 · Story 3"
    assert len(issue(card(1, summary="word " * 90)).preheader) <= 110
    assert issue(card(1, summary=""), card(2)).preheader == "Story 2"
