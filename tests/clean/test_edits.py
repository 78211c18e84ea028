"""The one function that changes an article, and what a finding's texts mean line by line."""

from datetime import datetime

import pytest

from publisher.clean.edits import apply, empty, replacements, without
from publisher.model import Edit, Finding, FrontMatter, Image, Origin
from tests.clean.build import article, illustrated

TEXT = "one\n\ntwo\n\nthree"


def texts(finding: Finding, text: str = TEXT) -> list[str]:
    return [line.text for line in apply(article(text), [finding]).lines]


def test_a_dropped_line_takes_the_doubled_blank_line_along() -> None:
    assert texts(Finding("XX001", (3,), "", edit=Edit())) == ["one", "", "three"]


def test_a_dropped_first_or_last_line_leaves_no_blank_line_at_the_edge() -> None:
    assert texts(Finding("XX001", (1,), "", edit=Edit())) == ["two", "", "three"]
    assert texts(Finding("XX001", (5,), "", edit=Edit())) == ["one", "", "two"]


def test_replaced_lines_keep_their_numbers() -> None:
    changed = apply(article(TEXT), [Finding("XX001", (1, 5), "", edit=Edit(("ONE", "THREE")))])
    assert [(line.number, line.text) for line in changed.lines if not line.blank] == [
        (1, "ONE"),
        (3, "two"),
        (5, "THREE"),
    ]


def test_surplus_blank_lines_take_the_number_of_the_line_before() -> None:
    changed = apply(
        article("one\ntwo\nthree"), [Finding("XX001", (1, 2), "", edit=Edit(("one", "", "two", "")))]
    )
    assert [(line.number, line.text) for line in changed.lines] == [
        (1, "one"),
        (1, ""),
        (2, "two"),
        (2, ""),
        (3, "three"),
    ]


PARTED = Finding("TX006", (1, 2, 3), "", edit=Edit(("one", "", "two", "", "three", "")))


def test_an_edit_does_not_reach_the_blank_line_that_was_put_behind() -> None:
    parted = apply(article("one\ntwo\nthree\nfour"), [PARTED])
    changed = apply(parted, [Finding("XX001", (2,), "", edit=Edit(("TWO",)))])
    assert [line.text for line in changed.lines] == ["one", "", "TWO", "", "three", "", "four"]


def test_a_blank_line_goes_with_the_line_it_was_put_behind() -> None:
    parted = apply(article("one\ntwo\nthree\nfour"), [PARTED])
    changed = apply(parted, [Finding("XX001", (2, 3), "", edit=Edit())])
    assert [(line.number, line.text) for line in changed.lines] == [(1, "one"), (1, ""), (4, "four")]


def test_a_blank_line_stays_where_the_line_before_it_goes_and_another_stands_above() -> None:
    """Else what stood above and below that line would become one paragraph."""
    parted = apply(article("one\ntwo\nthree"), [Finding("TX006", (2,), "", edit=Edit(("two", "")))])
    changed = apply(parted, [Finding("XX001", (2,), "", edit=Edit())])
    assert [(line.number, line.text) for line in changed.lines] == [(1, "one"), (1, ""), (3, "three")]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("title", "A bridge", FrontMatter(title="A bridge")),
        ("summary", "Short", FrontMatter(summary="Short")),
        ("authors", "Ada Marsh; Tom Weir", FrontMatter(authors=("Ada Marsh", "Tom Weir"))),
        ("date", "2031-03-03", FrontMatter(date=datetime(2031, 3, 3))),
        ("updated", "2031-03-03T10:15", FrontMatter(updated=datetime(2031, 3, 3, 10, 15))),
        ("source", "Courier", FrontMatter(source=Origin("Courier"))),
    ],
)
def test_a_move_fills_its_field_and_takes_the_line(field: str, value: str, expected: FrontMatter) -> None:
    changed = apply(article(TEXT), [Finding("XX001", (1,), "", edit=Edit(field=field, value=value))])
    assert changed.front == expected
    assert changed.lines[0].text == "two"


def test_several_fields_of_one_line_move() -> None:
    moves = (("date", "2031-03-03"), ("updated", "2031-03-04"))
    changed = apply(article(TEXT), [Finding("XX001", (1,), "", edit=Edit((), "authors", "Ada Marsh", moves))])
    assert (changed.front.authors, changed.front.date) == (("Ada Marsh",), datetime(2031, 3, 3))
    assert changed.front.updated == datetime(2031, 3, 4)
    assert changed.lines[0].text == "two"


def test_a_license_moves_to_a_source_without_one() -> None:
    front = FrontMatter(source=Origin("Courier", author="Ada Marsh"))
    finding = Finding("XX001", (1,), "", edit=Edit(field="license", value="CC BY 4.0"))
    assert apply(article(TEXT, front), [finding]).front.source == Origin(
        "Courier", license="CC BY 4.0", author="Ada Marsh"
    )
    assert not empty(FrontMatter(), "license")
    assert not empty(FrontMatter(source=Origin("Courier", license="CC0")), "license")


def test_a_credit_moves_to_a_picture_without_one() -> None:
    moved = apply(
        article(TEXT, illustrated()), [Finding("XX001", (1,), "", edit=Edit(field="credit", value="Ada"))]
    )
    assert moved.front.image == Image("bridge.jpg", "The bridge at dusk", "Ada")
    assert not empty(FrontMatter(), "credit")
    assert not empty(moved.front, "credit")


def test_a_field_is_never_overwritten() -> None:
    with pytest.raises(ValueError, match="title"):
        apply(
            article(TEXT, FrontMatter(title="Mine")),
            [Finding("XX001", (1,), "", edit=Edit(field="title", value="x"))],
        )


def test_two_edits_of_one_line_are_a_mistake() -> None:
    twice = [Finding("XX001", (1,), "", edit=Edit()), Finding("XX002", (1,), "", edit=Edit(("x",)))]
    with pytest.raises(ValueError, match="already changed"):
        apply(article(TEXT), twice)


def test_a_report_changes_nothing() -> None:
    before = article(TEXT)
    assert apply(before, [Finding("XX001", (1,), "only said")]) is before


def test_kept_lines_leave_a_finding_and_its_texts() -> None:
    finding = Finding("XX001", (1, 3), "", edit=Edit(("ONE", "", "TWO", "")))
    rest = without(finding, frozenset({1}))
    assert rest is not None
    assert replacements(rest) == {3: ("TWO", "")}
    assert without(finding, frozenset({1, 3})) is None
    assert without(finding, frozenset({9})) is finding
