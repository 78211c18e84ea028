from datetime import date, timedelta

from publisher.search.segments import segments
from tests.search.reader import document

NEWEST = date(2026, 5, 20)


def daily(days: int, each: int = 1, newest: date = NEWEST) -> list[str]:
    """Days, the newest first, each so many times."""
    return [str(newest - timedelta(days=place)) for place in range(days) for _ in range(each)]


def named(days: list[str]) -> dict[str, int]:
    made = segments(document(f"{day}-{place}", day=day) for place, day in enumerate(days))
    return {segment.name: len(segment.documents) for segment in made}


def test_a_small_publication_has_one_segment() -> None:
    assert named(daily(200)) == {"2025": 200}
    assert named([]) == {}


def test_spans_grow_with_age() -> None:
    names = list(named(daily(2400, each=4)))
    assert names == ["2010s", "2020", "2021", "2022", "2023", "2024", "2025", "2026-q1", "2026-04"]
    assert list(named(daily(500, each=10)))[-3:] == ["2026-q1", "2026-04", "2026-05"]


def test_every_document_is_in_one_segment_oldest_first() -> None:
    days = daily(900, each=2)
    made = segments(document(f"{day}-{place}", day=day) for place, day in enumerate(days))
    held = [each.day for segment in made for each in segment.documents]
    assert held == sorted(map(date.fromisoformat, days))


def test_a_new_article_moves_no_other_to_another_segment() -> None:
    days = daily(900, each=2)
    before, after = named(days), named([str(NEWEST + timedelta(days=1)), *days])
    assert {name for name in after if after[name] != before.get(name)} == {list(after)[-1]}


def test_the_order_of_the_documents_does_not_matter() -> None:
    every = [document(f"{place}", day=day) for place, day in enumerate(daily(300, each=2))]
    assert segments(every) == segments(reversed(every))
