"""Where a rule ends: one word more or less, and it is another line's turn."""

import pytest

from publisher.clean.books import lexicon
from publisher.clean.dates import stamps
from publisher.clean.phrases import grade
from publisher.clean.report import quote
from publisher.clean.rules import html_box, license_line, page_description, repeated_paragraph, source_line
from publisher.clean.rules.cut_short import check as cut_short
from publisher.clean.signs import signed
from publisher.clean.titles import says, title_of
from publisher.model import FrontMatter, Origin
from tests.clean.build import article, cleaned, written

STORY = "The sluice at Fennick was shut on Tuesday night, and nobody knows by whom it was done."
KEEPER = "The keeper came at five with a lantern and a stick, and went home again without either."


@pytest.mark.parametrize(
    ("inside", "goes"),
    [
        ("<p>Subscribe</p><p>Share this article</p>", True),
        ("<p>Subscribe</p><p>The bell is at Lowick still</p>", False),
        ("<p>The bell is at Lowick still</p>", False),
    ],
)
def test_a_box_goes_if_all_of_it_is_furniture(inside: str, goes: bool) -> None:
    text = f'{STORY}\n\n<div class="newsletter">{inside}</div>\n\n{KEEPER}'
    assert bool(list(html_box.check(article(text)))) == goes


@pytest.mark.parametrize(("words", "found"), [(18, True), (19, False)])
def test_a_line_that_names_a_license_has_twenty_words_at_most(words: int, found: bool) -> None:
    text = f"{STORY}\n\n{KEEPER}\n\n{' '.join(['word'] * words)} CC BY"
    known = FrontMatter(source=Origin("Harbour Courier"))
    assert bool(list(license_line.check(article(text, known)))) == found
    assert not list(license_line.check(article(text)))  # nowhere to keep it


@pytest.mark.parametrize(("rest", "rights"), [(10, "rights"), (11, "")])
def test_a_dated_sign_of_copyright_has_twelve_words_at_most(rest: int, rights: str) -> None:
    assert signed(f"© 2031 {' '.join(['word'] * (rest + 1))}") == rights


@pytest.mark.parametrize(
    ("text", "furniture"),
    [
        ("Sign up for our newsletter.", True),
        ("Sign up for our newsletter, said she.", False),
        ("Sign up for our newsletter, said the keeper to all of us.", False),
        ("Loading...", True),
        ("Loading.", False),
        ("Save my name, email, and website in this browser for the next time I comment.", True),
        ("Save my name, email, and website in this browser for the next time he said.", False),
    ],
)
def test_a_sentence_that_tells_who_says_it_is_no_call(text: str, furniture: bool) -> None:
    assert (grade(text) is not None) == furniture


def test_long_phrases_without_open_places_are_found_by_their_first_word() -> None:
    assert "save" in lexicon().lengthy


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Published: 13/12/2031", (12, 13)),
        ("Published: 12/13/2031", (12, 13)),
        ("Published: 12/12/2031", (12, 12)),
    ],
)
def test_a_number_above_twelve_is_the_day(text: str, moment: tuple[int, int]) -> None:
    (found,) = stamps(text)
    assert (found.moment.month, found.moment.day) == moment


def test_of_two_numbers_up_to_twelve_none_is_the_day() -> None:
    assert not stamps("Published: 11/12/2031")


@pytest.mark.parametrize(
    ("cut", "again"), [("Eastmere closes its harbour br…", True), ("Eastmere closes its harb…", False)]
)
def test_a_title_that_was_cut_has_five_words_left(cut: str, again: bool) -> None:
    assert bool(says(title_of("Eastmere closes its harbour bridge for nine months"), cut, near=True)) == again


@pytest.mark.parametrize(("length", "short"), [(10, "the sluice"), (9, "the slui…"), (11, "the sluice")])
def test_a_quotation_is_cut_where_it_is_too_long(length: int, short: str) -> None:
    assert quote("the sluice", length) == f'"{short}"'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sign up for the Harbour Courier newsletter", "Harbour Courier"),
        ("© 2031 Harbour Courier", "Harbour Courier"),
        ("The Harbour Courier was founded in 1911", ""),
    ],
)
def test_calls_and_rights_name_the_site(text: str, name: str) -> None:
    assert source_line.named(text) == name


@pytest.mark.parametrize(("copies", "goes"), [(2, True), (3, False)])
def test_a_paragraph_goes_that_stands_there_twice_and_no_more(copies: int, goes: bool) -> None:
    text = "\n\n".join([STORY, *[KEEPER, f"{STORY[:-1]}, they say."] * copies])
    found = [finding.lines for finding in repeated_paragraph.check(article(text)) if finding.lines]
    assert bool([lines for lines in found if text.split("\n")[lines[0] - 1] == KEEPER]) == goes


@pytest.mark.parametrize(("words", "moved"), [(6, True), (5, False)])
def test_a_description_has_six_words(words: int, moved: bool) -> None:
    front = FrontMatter()
    body = f"{' '.join(['Goats'] * words)}\n\nA fifth goat on Skerrow Rock\n\n{STORY} {KEEPER}"
    seen = article(body, front)
    assert not list(page_description.check(seen))  # no title is known
    titled = cleaned(body, front).article.front
    assert titled.title in {"", "A fifth goat on Skerrow Rock", " ".join(["Goats"] * words)}
    assert moved or not titled.summary


@pytest.mark.parametrize(("words", "cut"), [(8, True), (7, False)])
def test_a_button_to_go_on_tells_of_an_unfinished_paragraph_of_eight_words(words: int, cut: bool) -> None:
    text = f"{' '.join(['word'] * words)}\n\nContinue reading"
    assert bool(list(cut_short(article(text)))) == cut


def test_a_heading_takes_the_headline_below_it_along_and_a_verse_does_not() -> None:
    lines = f"{STORY}\n\n{KEEPER}\n\nRead also\n\nThree goats and a ladder\n\n{STORY[:-1]}, it said."
    assert "Three goats" not in written(cleaned(lines))
    verse = "More\nof the sea than we have\nof the land is what we want"
    assert verse in written(cleaned(f"{verse}\n\n{STORY}\n\n{KEEPER}"))
