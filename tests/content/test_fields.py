from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.content.fields import KEYS, clean_text, read_fields
from publisher.content.values import read_toml, read_yaml
from publisher.errors import Problems
from publisher.model import FrontMatter, Image, Origin

BERLIN = ZoneInfo("Europe/Berlin")


def fields(text: str) -> FrontMatter:
    return read_fields("a.md", read_yaml("a.md", text, 2), BERLIN)


def test_every_field_is_typed() -> None:
    front = fields(
        "title: '  Two   words '\ndate: 2026-11-20\nupdated: 2026-11-21T09:30:00Z\nslug: two-words\n"
        "authors: [Ana Lund, Bo Ek]\nsummary: S.\nsection: Harbour\ntags: tide, rope\n"
        "image: {src: a.jpg, alt: Quay, credit: X}\nlanguage: de-AT\ndraft: yes\nfeatured: false\n"
        "canonical_url: https://example.org/a\nsource: {name: Wire, url: https://example.org, license: CC0}\n"
        "id: urn:x\npublish: {keep: [DU001, the words]}\nmood: 3\n"
    )
    assert front.title == "Two words"
    assert front.date == datetime(2026, 11, 20, tzinfo=BERLIN)
    assert front.updated == datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    assert front.authors == ("Ana Lund", "Bo Ek")
    assert front.tags == ("tide", "rope")
    assert front.image == Image("a.jpg", "Quay", "X")
    assert front.source == Origin("Wire", "https://example.org", "CC0")
    assert (front.draft, front.featured, front.keep) == (True, False, ("DU001", "the words"))
    assert front.extra == {"mood": 3}
    assert front.lines["mood"] == 18


def test_a_plain_string_names_source_and_image() -> None:
    front = fields("source: Wire\nimage: a.jpg\nauthor: Ana Lund\n")
    assert (front.source, front.image, front.authors) == (Origin("Wire"), Image("a.jpg"), ("Ana Lund",))


def test_empty_values_are_no_values() -> None:
    assert fields("title:\ndate: ~\ntags: null\nsummary: ''\n") == FrontMatter(
        lines={"title": 2, "date": 3, "tags": 4, "summary": 5}
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tilte: x", "did you mean 'title'?"),
        ("Canonical-URL: x", "did you mean 'canonical_url'?"),
        ("langauge: de", "did you mean 'language'?"),
        ("title: [a]", "expected text, found a list"),
        ("date: 2026-02-30", "does not exist"),
        ("date: soon", "is not a date"),
        ("date: 0001-01-01", "outside the years"),
        ("draft: maybe", "expected true or false, found 'maybe'"),
        ("slug: ../etc", "would leave its folder"),
        ("slug: ..", "would leave its folder"),
        ("slug: My Slug", "write 'my-slug'"),
        ("slug: con", "write 'con-1'"),
        ("language: english!", "not a language tag"),
        ("canonical_url: javascript:alert(1)", "not a web address"),
        ("source: {nmae: x}", "did you mean 'name'?"),
        ("source: {url: https://example.org}", "needs `name`"),
        ("image: {alt: x}", "needs `src`"),
        ("author: a\nauthors: [b]", "both author and authors"),
        ("publish: [DU001]", "`keep`"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        fields(text)
    assert message in str(caught.value)
    assert caught.value.problems[0].where == "a.md:2"


def test_all_mistakes_come_together() -> None:
    with pytest.raises(Problems) as caught:
        fields("date: never\nslug: a/b\ndraft: perhaps\n")
    assert [problem.where for problem in caught.value.problems] == ["a.md:2", "a.md:3", "a.md:4"]


def test_a_key_that_merely_resembles_one_in_use_is_extra() -> None:
    assert fields("date: 2026-11-20\ndata: [1, 2]\n").extra == {"data": [1, 2]}


def test_toml_gives_the_same_fields() -> None:
    text = 'title = "x"\ndate = 2026-11-20\ntags = ["a"]\ndraft = true\n[source]\nname = "Wire"\n'
    front = read_fields("a.md", read_toml("a.md", text, 2), BERLIN)
    assert (front.title, front.tags, front.draft, front.source) == ("x", ("a",), True, Origin("Wire"))
    assert front.date == datetime(2026, 11, 20, tzinfo=BERLIN)


@given(st.text())
def test_clean_text_can_be_carried_by_xml_and_is_stable(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 or c in "\ufffe\uffff\u202e" for c in cleaned)


def test_our_keys_are_those_of_the_front_matter() -> None:
    own = set(FrontMatter.__dataclass_fields__) - {"keep", "extra", "lines"}
    assert set(KEYS) - {"author", "publish"} == own
