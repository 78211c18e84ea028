"""A line that says the title again: whole, in part, with a trail before it, with the name of a site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.titles import readings, says, title_of

TITLE = "Eastmere closes its harbour bridge for nine long months"
HOMONYM = "Nine long months for its harbour bridge: Eastmere closes"


@pytest.mark.parametrize(
    ("line", "near", "far"),
    [
        (TITLE, True, True),
        (TITLE.upper(), True, True),
        (f"# {TITLE}", True, True),
        (f"[{TITLE}](https://example.org/bridge)", True, True),
        (f"{TITLE} | Estuary Post", True, True),
        (f"Home / News / {TITLE}", True, True),
        (f"{TITLE} Back to video", True, True),
        ("Eastmere closes its harbour bridge for ni…", True, True),
        ("closes its harbour bridge for nine long months", True, False),
        ("Eastmere closes its harbor bridge for nine long months", True, False),
        (HOMONYM, True, False),
        ("its harbour bridge", False, False),
        ("Eastmere opens a new ferry line for nine months…", False, False),
        (f"{TITLE} and nobody knows who will pay for it", False, False),
    ],
)
def test_lines_that_say_the_title(line: str, near: bool, far: bool) -> None:
    assert bool(says(title_of(TITLE), line, near=True)) is near
    assert bool(says(title_of(TITLE), line, near=False)) is far


def test_the_name_of_the_site_is_no_part_of_the_title() -> None:
    assert says(title_of(f"{TITLE} - Estuary Post"), TITLE, near=False)
    assert len(readings(f"{TITLE} - Estuary Post")) == 2
    assert len(readings("Krieg - ein Kommentar")) == 1


@given(st.text(max_size=60), st.text(max_size=60), st.booleans())
def test_any_two_texts_are_compared(title: str, line: str, near: bool) -> None:
    assert 0.0 <= says(title_of(title), line, near) < 1.0


@given(st.lists(st.sampled_from(["bridge", "ferry", "harbour", "nine"]), min_size=4, max_size=9))
def test_a_title_says_itself(words: list[str]) -> None:
    assert says(title_of(" ".join(words)), " ".join(words), near=False) == 0.98
