import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.prose import Prose
from publisher.search.index import DIGITS, bucket, index, pack, postponed, table
from publisher.search.segments import Segment
from publisher.search.terms import terms
from tests.search.reader import document, files, find, indexed, postings, unpack

WORDS = st.text(st.sampled_from("abcdeéßøΣςйЁ東京都שم0123’-"), min_size=1, max_size=9)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=8)


@given(TEXTS)
@settings(max_examples=60)
def test_every_word_of_an_article_finds_it_and_no_article_without_its_terms(texts: list[str]) -> None:
    made = indexed(document(f"a{place}", text) for place, text in enumerate(texts))
    for word in {word for text in texts for word in text.split() if terms(word)}:
        having = {f"/a{place}/" for place, text in enumerate(texts) if terms(word) <= terms(text)}
        assert set(find(made, word)) == having
        assert having


@given(TEXTS, WORDS)
@settings(max_examples=60)
def test_a_word_that_stands_nowhere_finds_nothing(texts: list[str], word: str) -> None:
    made = indexed(document(f"a{place}", text) for place, text in enumerate(texts))
    stands = any(terms(word) <= terms(text) for text in texts)
    assert bool(find(made, word)) == (stands and bool(terms(word)))


@given(st.sets(st.integers(0, 10**7)).map(sorted))
def test_numbers_come_back(numbers: list[int]) -> None:
    packed = pack(numbers)
    assert unpack(packed) == numbers
    assert json.loads(json.dumps(packed)) == packed
    assert len(json.dumps(packed)) == len(packed) + 2, "no digit needs an escape"


def test_titles_before_leads_before_texts_and_newer_first_among_equals() -> None:
    made = indexed(
        (
            document("old", "fog", day="2020-01-01"),
            document("titled", title="Fog", day="2021-01-01"),
            document("led", lead="fog", day="2022-01-01"),
            document("new", "fog", day="2026-01-01"),
        )
    )
    assert find(made, "fog") == ["/titled/", "/led/", "/new/", "/old/"]


def test_all_words_are_asked_for() -> None:
    made = indexed((document("both", "fog and ferry"), document("one", "fog alone")))
    assert find(made, "ferry fog") == ["/both/"]
    assert find(made, "e-mail") == []
    assert find(indexed([document("x", "e mail")]), "e-mail") == []


def test_sections_and_years_are_terms_that_no_text_holds() -> None:
    (made,) = indexed([document("x", "town /town //2026 2026", day="2026-02-02")])
    assert postings(made, "/town") == postings(made, "//2026") == [0]
    assert not {"/town", "//2026"} & terms("/town //2026")


def test_words_with_one_beginning_share_a_bucket() -> None:
    assert len({bucket(f"har{rest}", 97) for rest in ("", "bour", "d", "vest")}) == 1
    assert len({bucket(f"東{rest}", 97) for rest in "京西北"}) == 1
    assert len({bucket(f"{number:03}", 64) for number in range(1000)}) == 64


def test_an_edit_of_the_text_touches_the_buckets_of_its_words_only() -> None:
    every = tuple(document(f"n{n:03}", " ".join(f"w{n}x{k}" for k in range(60))) for n in range(200))
    before = index(Segment("2026", every))
    mended = replace(every[7], prose=Prose("", every[7].text + " mended"))
    after = index(Segment("2026", (*every[:7], mended, *every[8:])))
    old, new = files(before.outputs), files(after.outputs)
    changed = {path for path in new if new[path] != old.get(path)}
    assert changed == {f"search/2026/{bucket('mended', after.buckets)}.json"}
    assert before.stamp == after.stamp
    assert before.buckets > 4


def test_another_numbering_has_another_stamp() -> None:
    every = tuple(document(name) for name in "abc")
    assert index(Segment("x", every)).stamp != index(Segment("x", every[1:])).stamp
    longer = (replace(every[0], prose=Prose("", " ".join(f"word{n}" for n in range(3000)))), *every[1:])
    more = index(Segment("x", longer))
    assert more.buckets > 1
    assert index(Segment("x", every)).stamp != more.stamp


def test_the_number_of_buckets_seldom_changes() -> None:
    texts = [" ".join(f"w{n}x{k}" for k in range(200)) for n in range(60)]
    every = [document(f"n{n:02}", text) for n, text in enumerate(texts)]
    counts = [index(Segment("x", tuple(every[:n]))).buckets for n in range(1, 61)]
    assert sorted(set(counts)) == sorted({1, 2, 3, 4, 6, 8, 12, 16, 24} & set(range(max(counts) + 1)))
    assert counts == sorted(counts)
    assert max(counts) >= 12


def test_the_table_names_each_segment() -> None:
    made = indexed([document("x", "fog")])
    (row,) = json.loads(table(made).content)
    assert row == ["2026-03", 1, 1, made[0].stamp]
    assert json.loads(table(()).content) == []


def test_a_preview_finds_the_same() -> None:
    segment = Segment("2026", tuple(document(f"n{n:03}", f"fog w{n}") for n in range(90)))
    assert find([postponed(segment)], "fog w7") == find([index(segment)], "fog w7") == ["/n007/"]
    assert len(DIGITS) == 90
