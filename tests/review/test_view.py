"""What the review page shows of an article: every line once, why, and how to keep it."""

import shlex

from publisher.clean.engine import clean
from publisher.model import Article, Finding, FrontMatter, Line
from publisher.review.view import Examined, Sheet, sheet, summed
from publisher.settings import CleanSettings

TEXT = """\
The ferry is back

By Bo Ek

After nine weeks in dry dock the ferry sailed at six this morning with forty-one passengers aboard.

    The master said that the new timetable begins on Monday, and that nobody need to be afraid of it.

The dry dock, and with it nobody else, is closed until the spring, on this quay and on the other.

Subscribe
Advertise with Us"""


def shown(text: str = TEXT, *more: Finding) -> Sheet:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    article = Article("a.md", FrontMatter(), lines)
    cleaned = clean(article, CleanSettings())
    return sheet(Examined("content/it's.md", article, cleaned, (*cleaned.findings, *more)), "publish")


def test_every_line_is_shown_once_with_its_fate() -> None:
    made = shown()
    assert [row.number for row in made.rows] == [1, 3, 5, 7, 9, 11, 12]
    assert made.title == "The ferry is back"
    kinds = {row.number: row.kind for row in made.rows}
    assert (kinds[1], kinds[3], kinds[5], kinds[11]) == ("moved", "moved", "kept", "removed")
    assert made.rows[1].field == "authors"
    assert made.rows[1].after == "Bo Ek"
    assert made.rows[5].after == ""
    assert sum(made.count(kind) for kind in ("kept", "changed", "removed", "moved")) == len(made.rows)


def test_the_command_survives_the_shell_and_names_the_line() -> None:
    row = shown().rows[5]
    assert shlex.split(row.command) == ["publish", "keep", "content/it's.md", "11", "--says", "Subscribe"]
    assert row.whys[0].code == "CL002"
    assert row.whys[0].done


def test_long_lines_are_named_by_their_first_words() -> None:
    (row,) = (row for row in shown(TEXT, Finding("CL002", (9,), "perhaps", 0.5)).rows if row.number == 9)
    words = shlex.split(row.command)[-1]
    assert TEXT.split("\n")[8].startswith(words)
    assert len(words) <= 40


def test_a_line_that_stays_without_a_finding_has_no_command() -> None:
    (row,) = (row for row in shown().rows if row.number == 5)
    assert (row.command, row.whys, row.mark, row.before) == ("", (), "", row.after)


def test_findings_about_no_line_of_the_text_are_notes() -> None:
    made = shown(TEXT, Finding("ST001", (2,), "near copy of content/b.md"))
    assert [note.code for note in made.notes] == ["ST001"]
    assert summed([made, made])["ST"] == ("stories", 2)
