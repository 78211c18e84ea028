"""The numbers in the cleaner mean what they say: one below stays, one at it goes, and the other way round."""

from datetime import UTC, datetime

import pytest

from publisher.clean.book import Grade
from publisher.clean.dates import clock_line
from publisher.clean.glue import without_buttons
from publisher.clean.language import LEAST, spoken
from publisher.clean.marks import Mark, button, marks_of
from publisher.clean.names import person
from publisher.clean.place import closing, edges, opening
from publisher.clean.rules import glued_button, mojibake
from publisher.clean.rules.cut_short import TAIL
from publisher.clean.rules.cut_short import check as cut_short
from publisher.clean.rules.indented_body import check as indented_body
from publisher.clean.structure import kinds, looks_like_code, stanza
from publisher.clean.text import prose
from publisher.model import FrontMatter, Line
from tests.clean.build import article, cleaned, written

STORY = "The sluice at Fennick was shut on Tuesday night, and nobody knows by whom it was done."


def said(count: int, end: str = "") -> str:
    return " ".join(["word"] * count) + end


@pytest.mark.parametrize(
    ("text", "is_prose"),
    [
        (said(25), True),
        (said(24), False),
        (said(8, "."), True),
        (said(7, "."), False),
        (said(8), False),
        ("a " * 51 + "b" * 300, True),
        ("b" * 500, False),
        (said(20) + " " + "b" * 400, False),
    ],
)
def test_a_paragraph_is_long_or_a_whole_sentence(text: str, is_prose: bool) -> None:
    assert prose(text) == is_prose


@pytest.mark.parametrize(
    ("text", "verse"),
    [
        (said(14), True),
        (said(15), False),
        (said(10, "."), True),
        (said(11, "."), False),
        ("b" * 300, True),
        ("b" * 301, False),
        ("", False),
    ],
)
def test_a_verse_is_short(text: str, verse: bool) -> None:
    lines = article(f"Row on\n{text}\nrow on").lines
    assert stanza(lines, 1) == verse
    assert stanza(lines, 0) == verse
    assert stanza(lines, 2) == verse


def test_two_lines_are_no_stanza_and_four_are_one_throughout() -> None:
    assert not any(stanza(article("Row on\nrow on").lines, at) for at in (0, 1))
    assert all(stanza(article("a\nb\nc\nd").lines, at) for at in range(4))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x = 1", True),
        ("x = 1 but then it goes on for more than eleven words of text", False),
        ("x = y | z and then it goes on for more than eleven words of text", True),
        ("for the first time in years", True),
        ("The first time in years", False),
        ("what he said:", True),
    ],
)
def test_program_text(text: str, code: bool) -> None:
    assert looks_like_code(text) == code


def test_a_fence_is_closed_by_its_own_sign_alone() -> None:
    text = "````\n```\n~~~~\n```` more\n`````\nprose"
    assert kinds(article(text).lines) == ("fence",) * 5 + ("prose",)


def test_what_is_indented_belongs_to_what_stands_close_above() -> None:
    assert kinds(article("- item\n\n\n    more").lines)[-1] == "item"
    assert kinds(article("- item\n\n\n\n\n    more").lines)[-1] == "code"
    assert kinds(article("1. one\n    more").lines)[-1] == "ordered"
    assert kinds(article("Prose\n    more").lines)[-1] == "prose"


def graded(text: str) -> list[bool]:
    return [mark.grade is not None for mark in marks_of(article(text).lines)]


def test_a_list_is_furniture_as_a_whole_or_by_three_buttons_in_a_row() -> None:
    assert graded("- Share\n- Subscribe") == [True, True]
    assert graded("- Share\n- Salt") == [False, False]
    assert graded("- Facebook\n- Twitter\n- Salt") == [False, False, False]
    assert graded("- Salt\n- Facebook\n- Twitter\n- WhatsApp") == [False, True, True, True]
    assert graded("- Facebook\n- Twitter\n- WhatsApp\n- Salt\n- Facebook") == [True, True, True, False, False]
    assert graded("- Facebook\n- Twitter\n- Subscribe\n- Salt") == [False] * 4


def test_a_blank_line_does_not_end_a_list_and_a_paragraph_does() -> None:
    assert graded("- Share\n\n- Salt") == [False, False]
    assert graded(f"- Share\n\n{STORY}\n\n- Salt") == [True, False, False]


@pytest.mark.parametrize(
    ("text", "strength", "is_button"),
    [
        ("one two three four", "sure", True),
        ("one two three four five", "sure", False),
        ("one", "likely", False),
    ],
)
def test_a_button_is_short_and_sure(text: str, strength: str, is_button: bool) -> None:
    grade = Grade("share", "sure" if strength == "sure" else "likely")
    assert button(Mark(Line(1, text), "prose", grade)) == is_button
    assert not button(Mark(Line(1, text), "heading", grade))
    assert not button(Mark(Line(1, text), "prose", None))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (said(8, "."), True),
        (said(7, "."), False),
        (said(8, "?"), False),
        (said(8, "..."), False),
        (said(8), False),
    ],
)
def test_a_line_is_said_if_it_is_a_statement(text: str, says: bool) -> None:
    assert Mark(Line(1, text), "prose", None).said == says
    assert not Mark(Line(1, text), "prose", Grade("share", "sure")).said
    assert Mark(Line(1, text), "table", None).said


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("reÃ§u", "reçu"),
        ("Ã©tÃ©", "été"),
        ("â€™s", "’s"),
        ("ðŸ™‚", "🙂"),
        ("Ãƒ©", "é"),
        ("Ã(", "Ã("),
        ("Â€", "Â€"),
    ],
)
def test_characters_are_mended_if_they_decode_to_something_that_can_be_seen(broken: str, mended: str) -> None:
    assert written(cleaned(f"{STORY}\n\nThe letter said {broken} and nothing more than that.")).endswith(
        f"The letter said {mended} and nothing more than that."
    )
    assert [f.code for f in mojibake.check(article(broken))] == ["TX002"] * (broken != mended)


def test_text_in_a_fence_is_not_mended() -> None:
    assert not list(mojibake.check(article("```\nreÃ§u\n```")))


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (f"    {STORY}\n    {STORY}\n{STORY}", True),
        (f"   {STORY}\n\n{STORY}", False),
        (f"   {STORY}\n\n   {STORY}\n\n{STORY}", True),
        (f" {STORY}\n\n {STORY}", False),
        (f"{STORY}\n\n    {STORY}", True),
        (f"{STORY}\n\n    a short line", False),
        ("    x = 1;\n    y = 2;\n    z = 3;", False),
        (f"\u3000\u3000\u3000\u3000{STORY}\n\n\u3000\u3000\u3000\u3000{STORY}", True),
        (f"- item\n   {STORY}\n   {STORY}", False),
    ],
)
def test_a_body_is_outdented_if_most_of_it_is_indented_text(text: str, changed: bool) -> None:
    assert any(indented_body(article(text))) == changed


def test_only_the_indentation_that_all_have_is_taken_off() -> None:
    text = f"{STORY}\n\n" + "\n\n".join(f"{' ' * width}{STORY}" for width in (6, 4, 8))
    (finding,) = indented_body(article(text))
    assert finding.edit is not None
    assert [len(line or "") - len(STORY) for line in finding.edit.texts] == [2, 0, 4]


def test_a_counter_of_what_is_missing_is_seen_in_the_last_lines_only() -> None:
    mark = "He was the last to be told of it, and the first to l… [+1234 chars]"
    near = "\n\n".join([mark, *[STORY] * (TAIL - 1)])
    far = "\n\n".join([mark, *[STORY] * TAIL])
    assert [finding.lines for finding in cut_short(article(near))] == [(1,)]
    assert not list(cut_short(article(far)))


def test_a_last_line_that_trails_off_is_reported_from_twelve_words_on() -> None:
    assert [f.confidence for f in cut_short(article(f"{STORY}\n\n{said(12, '…')} {said(14, '…')}"))] == [0.6]
    assert not list(cut_short(article(f"{STORY}\n\n{STORY}")))


def test_a_language_takes_so_many_words() -> None:
    text = ("the ferry and the bridge were of the town that was there with them " * 10).split()
    assert spoken([" ".join(text[:LEAST])], "de") == "en"
    assert spoken([" ".join(text[: LEAST - 1])], "de") == ""


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (f"{'Keeper' * 5} said it to us all in there. Subscribe", True),
        (f"{'Keeper' * 5} said it to us all there. Subscribe", False),
        ("He said it to us all in a. Share", False),
        ("He said it to us all. Share this article", False),
    ],
)
def test_a_button_is_cut_off_a_line_of_eight_words_and_forty_characters(text: str, cut: bool) -> None:
    assert bool(list(glued_button.check(article(text)))) == cut


@pytest.mark.parametrize(
    ("headline", "cut"),
    [(said(1), False), (said(2), True), (said(20), True), (said(21), False), (said(3, "."), False)],
)
def test_a_pointer_is_cut_off_with_its_headline(headline: str, cut: bool) -> None:
    text = f"{STORY} Read more: {headline}"
    assert without_buttons(text) == (STORY if cut else text)


@pytest.mark.parametrize(
    ("text", "is_clock"),
    [("10:15 Uhr", True), ("Donnerstag", True), ("Uhr", False), ("am", False), ("10:15 at the pier", False)],
)
def test_a_clock_line_has_a_clock_and_says_so(text: str, is_clock: bool) -> None:
    assert clock_line(text) == is_clock


def test_blank_lines_close_up_only_where_a_line_went() -> None:
    keeper = "The keeper came at five with a lantern and a stick, and went home again without either."
    text = f"A fifth goat on Skerrow Rock\n\n{STORY}\n\nAdvertisement\n\n{keeper}\n\n\nThe end of it."
    assert written(cleaned(text)) == text.replace("Advertisement\n\n", "")


def test_the_title_goes_each_time_it_comes_again_if_there_is_one_long_paragraph() -> None:
    title = "A fifth goat on Skerrow Rock"
    short = "It was born on Sunday, in the storm, and it is well."
    text = f"{title}\n\n{title}\n\n{short}\n\n{STORY} {STORY}\n\n{title}\n\n{short[:-1]}, she says."
    result = cleaned(text)
    assert [f.lines for f in result.findings if f.code == "DU001" and f.applied] == [(3,), (9,)]


@pytest.mark.parametrize(("day", "sure"), [(3, True), (4, False)])
def test_a_line_of_names_and_days_goes_if_it_says_what_front_matter_says(day: int, sure: bool) -> None:
    front = FrontMatter(title="A fifth goat", date=datetime(2031, 3, day, tzinfo=UTC), authors=("Ada Marsh",))
    line = "Written by Ada Marsh | Published: 3 March 2031, 10:15"
    result = cleaned(f"{line}\n\n{STORY}\n\n{STORY[:-1]}, it said.", front)
    assert (line not in written(result)) == sure


def test_the_edges_reach_to_the_third_paragraph_and_begin_again_after_the_last() -> None:
    parts = ["Head", "By Ada", STORY, "One", STORY, "Two", STORY, "Three", STORY, "Four"]
    lines = article("\n\n".join(parts)).lines
    assert [line.text for line in edges(lines)] == ["Head", "By Ada", "One", "Two", "Four"]
    assert [line.text for line in opening(lines)] == ["Head", "By Ada"]
    assert [line.text for line in closing(lines)] == ["Four"]
    few = article("\n\n".join(parts[:5])).lines
    assert [line.text for line in edges(few)] == ["Head", "By Ada", "One"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("van Loft", "van Loft"),
        ("Ada Maria van Loft", "Ada Maria van Loft"),
        ("Ada Maria Iris van Loft", ""),
        ("Ada van", ""),
        ("Ada loft", ""),
        ("Ada", ""),
    ],
)
def test_a_person_has_two_to_four_names(text: str, name: str) -> None:
    assert person(text) == name
