import tomllib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from publisher.content.article import parse
from publisher.content.write import as_plain, body_text, moved_fields, rewritten
from publisher.model import Article, CleanArticle, FrontMatter, Line, Origin, Source
from publisher.settings import Publication

PUBLICATION = Publication()


def written(text: str, **added: str) -> str:
    source = Source("a.md", text)
    article = parse(source, PUBLICATION)
    return rewritten(source, article.front, CleanArticle(article, ()), added)


def test_new_fields_follow_the_authors_own_lines() -> None:
    text = "---\n# a comment\ntitle: 'x'   # kept\n---\n\nHello\n"
    assert written(text, id="urn:x") == "---\n# a comment\ntitle: 'x'   # kept\nid: urn:x\n---\n\nHello\n"


def test_an_empty_key_makes_way() -> None:
    assert written("---\ndate:\ntitle: x\n---\nHi\n", date="2026-11-20") == (
        "---\ntitle: x\ndate: 2026-11-20\n---\n\nHi\n"
    )


def test_a_text_without_front_matter_gets_it_when_there_is_something_to_say() -> None:
    assert written("Hello\n") == "Hello\n"
    assert written("Hello\n", title="A: b") == "---\ntitle: 'A: b'\n---\n\nHello\n"


def test_toml_fields_stand_before_the_tables() -> None:
    text = "+++\ntitle = 'x'\n[source]\nname = 'Wire'\n+++\nHi\n"
    new = written(text, id='a "quoted" id')
    block = new.split("+++\n")[1]
    assert tomllib.loads(block) == {"title": "x", "id": 'a "quoted" id', "source": {"name": "Wire"}}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives_being_written(text: str) -> None:
    new = written("Hello\n", title=text)
    assert yaml.safe_load(new.split("---\n")[1])["title"] == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 20, tzinfo=ZoneInfo("Europe/Berlin")), "2026-11-20"),
        (datetime(2026, 11, 20, tzinfo=UTC), "2026-11-20T00:00:00+00:00"),
        (datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "2026-11-20T09:30:00+00:00"),
        (Origin("Wire"), "Wire"),
        (Origin("Wire", license="CC0"), {"name": "Wire", "license": "CC0"}),
        (("a", "b"), ("a", "b")),
    ],
)
def test_plain_values(value: object, expected: object) -> None:
    assert as_plain(value) == expected


def test_what_was_moved_is_what_was_empty_before() -> None:
    before, after = (
        FrontMatter(title="x"),
        FrontMatter(title="x", authors=("Ana Lund",), source=Origin("Wire")),
    )
    assert moved_fields(before, after) == {"author": "Ana Lund", "source": "Wire"}


def test_body_text_has_no_blank_lines_around_it() -> None:
    lines = tuple(Line(n, text) for n, text in enumerate(["", " ", "  a", "", "b", ""], 1))
    assert body_text(lines) == "  a\n\nb\n"
    assert body_text(()) == ""
    assert Article("a.md", FrontMatter(), lines).raw is False
