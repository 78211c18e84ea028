"""An editor's file for one issue: what it may say, and what is a mistake."""

from datetime import date

import pytest

from publisher.content.notes import note_place, read_note
from publisher.errors import Problems, PublishError
from publisher.model import Image

PATH = "newsletter/2026-11-21.md"
WHOLE = """\
---
subject: Nine weeks   later
preheader: "What else: fog"
lead: harbour/ferry.md
order: newest
first: [Town, Harbour]
sponsor:
  text: Hamble & Sons, ropes since 1840
  url: https://rope.example/now?a=1
  label: Our sponsor
  image: {src: ../images/rope.jpg, alt: A rope}
---

Good morning.
"""


def test_all_keys_are_read() -> None:
    head, lines = read_note(PATH, WHOLE)
    assert head.texts == {
        "subject": "Nine weeks later",
        "preheader": "What else: fog",
        "lead": "harbour/ferry.md",
        "order": "newest",
    }
    assert head.first == ("Town", "Harbour")
    assert head.sponsor == {
        "text": "Hamble & Sons, ropes since 1840",
        "url": "https://rope.example/now?a=1",
        "label": "Our sponsor",
    }
    assert head.image == Image("../images/rope.jpg", "A rope")
    assert [line.number for line in lines if not line.blank] == [14]
    assert head.lines["sponsor"] == 7


def test_nothing_has_to_be_said() -> None:
    for text in ("", "Good morning.\n", "---\n---\nGood morning.\n", "+++\nsubject = 'x'\n+++\n"):
        head, _ = read_note(PATH, text)
        assert head.sponsor == {}
        assert head.first == ()


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("newsletter/2026-11-21.md", ("", date(2026, 11, 21))),
        ("newsletter/weekly/2026-11-21.markdown", ("weekly", date(2026, 11, 21))),
    ],
)
def test_the_path_tells_what_it_is_for(path: str, place: tuple[str, date]) -> None:
    assert note_place(path) == place


@pytest.mark.parametrize(
    "path",
    [
        "newsletter/2026-11-31.md",
        "newsletter/2026-11-2O.md",
        "newsletter/today.md",
        "newsletter/2026-11-21-more.md",
        "newsletter/a/b/2026-11-21.md",
        "newsletter/2026-11-21/index.md",
    ],
)
def test_other_names_are_mistakes(path: str) -> None:
    with pytest.raises(PublishError, match="no day's file"):
        note_place(path)


@pytest.mark.parametrize(
    ("block", "line", "message"),
    [
        ("subjct: x", 2, "did you mean 'subject'?"),
        ("title: x", 2, "unknown key 'title' (known are subject"),
        ("order: up", 2, "order: found 'up' (one of section, newest, oldest)"),
        ("subject: [a, b]", 2, "subject: expected text"),
        ("first: {a: b}", 2, "first: expected text"),
        ("sponsor: Hamble", 2, "sponsor: expected a block"),
        ("sponsor:\n  text: Hamble", 2, "no secure web address: ''"),
        ("sponsor:\n  text: Hamble\n  url: http://rope.example", 4, "no secure web address: 'http://rope"),
        ("sponsor:\n  text: Hamble\n  url: javascript:alert(1)", 4, "no secure web address"),
        ("sponsor:\n  url: https://rope.example", 2, "`text` is missing"),
        ("sponsor:\n  text: a\n  url: https://rope.example\n  link: x", 5, "unknown key 'link'"),
        ("sponsor:\n  text: a\n  url: https://rope.example\n  image: {alt: x}", 5, "`src` is missing"),
    ],
)
def test_a_mistake_is_named_with_its_line(block: str, line: int, message: str) -> None:
    with pytest.raises(Problems) as caught:
        read_note(PATH, f"---\n{block}\n---\nText.\n")
    assert [problem.where for problem in caught.value.problems] == [f"{PATH}:{line}"]
    assert message in str(caught.value)


def test_all_mistakes_are_told_together() -> None:
    with pytest.raises(Problems) as caught:
        read_note(PATH, "---\norder: up\nsubjct: x\n---\n")
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("text", ["---\nsubject: x\n\nText.\n", "---\nsubject: [\n---\n"])
def test_front_matter_that_does_not_end_is_not_sent(text: str) -> None:
    with pytest.raises(PublishError, match=r"newsletter/2026-11-21.md:\d"):
        read_note(PATH, text)
