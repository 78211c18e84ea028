from hypothesis import given
from hypothesis import strategies as st

from publisher.site.terms import by_name, by_size, collect, fold
from tests.site.samples import days_ago, entry


def test_spellings_of_one_name_are_one_term_named_by_the_commonest() -> None:
    entries = (
        entry("a", tags=("CLIMATE change",)),
        entry("b", tags=("Climate change",), date=days_ago(1)),
        entry("c", tags=("climate-change", "Climate change"), date=days_ago(2)),
    )
    (term,) = collect("tag", entries).values()
    assert (term.name, term.url) == ("Climate change", "/tag/climate-change/")
    assert term.entries == entries


def test_of_equally_common_spellings_the_newest_names_the_term() -> None:
    terms = collect("tag", (entry("a", tags=("AI",)), entry("b", tags=("ai",), date=days_ago(1))))
    assert [term.name for term in terms.values()] == ["AI"]


def test_different_names_with_one_slug_stay_apart_and_keep_their_address() -> None:
    older = (entry("b", tags=("C++",), date=days_ago(1)), entry("c", tags=("C",), date=days_ago(2)))
    before = {term.name: term.url for term in collect("tag", older).values()}
    after = {term.name: term.url for term in collect("tag", (entry("a", tags=("C#",)), *older)).values()}
    assert before == {"C": "/tag/c/", "C++": "/tag/c-2/"}
    assert after == before | {"C#": "/tag/c-3/"}


def test_names_of_any_script_and_of_none_have_an_address() -> None:
    terms = collect("tag", (entry("a", tags=("مدّ وجزر", "Straße", "→", "2026")),))
    assert {term.name: term.url for term in terms.values()} == {
        "مدّ وجزر": "/tag/مدّ-وجزر/",
        "Straße": "/tag/straße/",
        "→": "/tag/2192/",
        "2026": "/tag/2026/",
    }


def test_blank_names_are_no_terms() -> None:
    assert collect("section", (entry("a", section=" "),)) == {}


def test_orders() -> None:
    entries = (entry("a", tags=("b", "c")), entry("b", tags=("B", "a"), date=days_ago(1)))
    terms = collect("tag", entries)
    assert [fold(term.name) for term in by_size(terms)] == ["b", "a", "c"]
    assert [fold(term.name) for term in by_name(tuple(terms.values()))] == ["a", "b", "c"]


@given(st.lists(st.lists(st.text(max_size=4), max_size=4), max_size=6))
def test_addresses_are_distinct_and_entries_complete(names: list[list[str]]) -> None:
    entries = tuple(
        entry(f"n{place}", tags=tuple(tags), date=days_ago(place)) for place, tags in enumerate(names)
    )
    terms = collect("tag", entries)
    urls = [term.url for term in terms.values()]
    assert len(set(urls)) == len(urls)
    assert all(url.count("/") == 3 and len(url) > len("/tag//") for url in urls)
    for each in entries:
        for name in each.card.tags:
            assert not name.strip() or each in terms[fold(name)].entries
