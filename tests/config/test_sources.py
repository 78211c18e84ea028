"""`sources/NAME.toml`: what it says, what is wrong with it, and what a second run leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.recurring import Recurring
from publisher.clean.text import label
from publisher.config.sources import MARK, read_source, written
from publisher.errors import PublishError
from publisher.settings import KnownBlock, KnownLine, KnownSource

FILE = "sources/example-courier.toml"
MORE = Recurring(("More from the desk",), 12, 0.8, "content/a.md:24", 0.97)
MENU = Recurring(("Harbour", "Town"), 5, 0.4, "content/b.md:3", 0.85)
OWN = """\
names = ["Courier"]
# mine

[[line]]
text = "Ask the Courier!"   # a column
action = "keep"
"""


def test_a_file_of_ones_own() -> None:
    assert read_source(FILE, OWN) == KnownSource(
        ("example-courier", "courier"), (KnownLine("ask the courier", 1.0, keep=True),)
    )


def test_a_source_may_be_cleaned_strictly_or_not() -> None:
    assert read_source(FILE, OWN).strict is None
    assert read_source(FILE, f"strict = true\n{OWN}").strict is True
    again = written(FILE, f"strict = false\n{OWN}", ["Courier"], [MORE])
    assert read_source(FILE, again).strict is False


def test_what_was_learned_is_read_again() -> None:
    text = written(FILE, "", ["Example Courier"], [MORE, MENU])
    assert read_source(FILE, text) == KnownSource(
        ("example-courier",),
        (KnownLine("more from the desk", 0.97),),
        (KnownBlock(("harbour", "town"), 0.85),),
    )
    assert written(FILE, text, ["Other"], [MORE, MENU]) == text


def test_the_editors_part_stays_character_for_character() -> None:
    text = written(FILE, OWN, ["Courier"], [MORE])
    assert text.startswith(f"{OWN}{MARK}\n")
    again = written(FILE, text, ["Courier"], [MENU])
    assert again.startswith(f"{OWN}{MARK}\n")
    assert "More from" not in again
    assert "Harbour" in again


def test_what_is_to_be_kept_is_remembered_also_when_it_recurs_no_more() -> None:
    text = written(FILE, "", ["Courier"], [MORE, MENU]).replace('"drop"', '"keep"')
    assert written(FILE, text, ["Courier"], [MORE, MENU]) == text
    gone = written(FILE, text, ["Courier"], [])
    kept = read_source(FILE, gone).lines
    assert {line.label for line in kept if line.keep} == {"more from the desk", "harbour", "town"}
    assert written(FILE, gone, ["Courier"], []) == gone


def test_a_line_the_editor_speaks_of_is_not_repeated() -> None:
    own = '[[line]]\ntext = "more from the DESK"\n'
    assert written(FILE, own, ["Courier"], [MORE]) == f"{own}{MARK}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("names = [", "broken TOML"),
        ("name = ['x']", "did you mean 'names'"),
        ("[[lines]]\ntext = 'x'", "did you mean 'line'"),
        ("[line]\ntext = 'x'", r"write \[\[line\]\]"),
        ("[[line]]\ntxt = 'x'", "did you mean 'text'"),
        ("[[line]]\naction = 'drop'", "`text` is missing"),
        ("[[line]]\ntext = 'x'\naction = 'hide'", 'expected "drop" or "keep"'),
        ("[[line]]\ntext = 'x'\nconfidence = 95", "from 0 to 1"),
        ("[[line]]\ntext = '---'", "with words in them"),
        ("[[block]]\nlines = ['x', 1]", "with words in them"),
        ("[[line]]\ntext = 1", "expected str"),
        ("line = [1]", "must be a table"),
        ("strict = 'yes'", "expected bool"),
        ("names = true", "expected list"),
        ("[[line]]\ntext = 'x'\nstrict = true", "unknown key 'strict'"),
    ],
)
def test_mistakes_are_told(text: str, says: str) -> None:
    with pytest.raises(PublishError, match=says):
        read_source(FILE, text)


@given(
    st.lists(
        st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(label), min_size=1, max_size=4
    )
)
def test_any_texts_survive_the_file(texts: list[str]) -> None:
    text = written(FILE, "", texts, [Recurring(tuple(texts), 3, 0.5, "a.md:1", 0.9)])
    known = read_source(FILE, text)
    found = [line.label for line in known.lines] + [each for block in known.blocks for each in block.labels]
    assert found == [label(each) for each in texts]
