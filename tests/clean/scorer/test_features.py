"""Features: looks of single lines, rows with their forms, places and echoes."""

from hypothesis import given
from hypothesis import strategies as st

from publisher.clean.books import FAMILIES
from publisher.clean.scorer import echoes, features, places, second
from publisher.clean.scorer.cells import CELLS, PLACE
from publisher.clean.scorer.looks import blind_look, look
from publisher.clean.scorer.row import candidates, stretches
from publisher.clean.scorer.rows import rows
from publisher.clean.scorer.vocabulary import address, function, groups
from tests.clean.build import article

STORY = "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine whole months."
LINES = st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"), max_size=60), max_size=12)


def cell(text: str, name: str) -> float:
    return look(text).cells[PLACE[name]]


def test_a_look_tells_the_end_of_a_line() -> None:
    assert cell("It is closed.", "sentence_end") == 1
    assert cell("「閉鎖された。」", "sentence_end") == 1
    assert cell("Is it closed?", "asks") == 1
    assert cell("It is clo…", "trails") == 1
    assert cell("It is clo…", "sentence_end") == 0
    assert cell("Ingredients:", "colon_end") == 1


def test_a_look_tells_names_figures_and_links() -> None:
    assert cell("Ada Marsh", "person") == 1
    assert cell("By Ada Marsh", "byline") == 1
    assert cell("2 eggs", "digits") == 0.5
    assert cell("[Read on](https://example.org/a)", "linked") == 1
    assert cell("Published 3 March 2031, 10:15", "time") == 1


def test_cells_are_made_once() -> None:
    seen = look("Three bakeries that open on Sunday")
    assert seen.cells is seen.cells
    assert seen.cells[: len(seen.end)] == seen.end


def test_without_the_phrase_lists_a_line_looks_as_its_letters_do() -> None:
    known, blind = look("Subscribe now").cells, blind_look("Subscribe now").cells
    first = PLACE["known_sure"]
    assert known[:first] == blind[:first]
    assert known[first] == 1
    assert not any(blind[first : PLACE["signals"]])


def test_every_family_of_phrases_has_a_group() -> None:
    assert {name for names in groups().values() for name in names} <= set(CELLS)
    assert len(FAMILIES) >= 11
    assert not function() & groups().keys()
    assert "your" in address("reader")


def test_long_paragraphs_and_lists_with_figures_are_held() -> None:
    text = "\n".join(
        [STORY, "2 eggs", "100 g flour", "1 tsp salt", "3 apples", "Ada Marsh", " ".join([STORY] * 6)]
    )
    assert [row.held for row in rows(article(text), frozenset())] == [False, *[True] * 4, False, True]


def test_a_stanza_is_held_in_a_text_with_blank_lines() -> None:
    verse = "O harbour bell\nring out the tide\nring in the boats\nO harbour bell"
    held = rows(article(f"{STORY}\n\n{verse}\n\n{STORY}\n\n{verse}\n\n{STORY}"), frozenset())
    assert sum(row.held for row in held) == 8


def test_a_run_ends_at_a_paragraph() -> None:
    lines = rows(article(f"News\nSport\n{STORY}\nShare"), frozenset())
    assert stretches(lines) == [(0, 2), (2, 3), (3, 4)]


def test_a_paragraph_between_two_others_is_not_judged() -> None:
    lines = rows(article("\n".join([STORY, STORY, STORY, "Share", STORY, "News"])), frozenset({6}))
    assert candidates(lines) == [0, 2, 3, 4]


def test_a_line_is_compared_with_the_rest_of_the_article() -> None:
    again = "closes harbour bridge months"
    lines = rows(article(f"{again}\n{STORY}\nFerry captain honoured abroad"), frozenset())
    found = echoes.echoes(lines, "Harbour bridge", range(3))
    told = [dict(zip(echoes.NAMES, row, strict=True)) for row in found]
    assert told[0]["said_in_story"] == 0.75
    assert told[0]["match_longer"] == told[0]["match_later"] == 1
    assert told[0]["title_words"] == 0.5
    assert told[2]["said_in_story"] == 0


@given(LINES)
def test_every_row_has_every_feature(lines: list[str]) -> None:
    found = rows(article("\n".join(lines)), frozenset({1, 3}))
    cells = features.vectors(found, "Eastmere")
    assert all(len(row) == len(features.NAMES) for row in cells.values())
    assert list(cells) == candidates(found)
    assert all(len(row) == len(places.NAMES) for row in places.places(found, candidates(found)))
    later = second.vectors(found, cells, dict.fromkeys(cells, 0.5))
    assert later.keys() == cells.keys()
    assert all(len(row) == len(second.NAMES) for row in later.values())
    assert not any(found[at].gone or found[at].held for at in cells)
