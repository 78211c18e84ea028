"""The fate of each line, for `publish trace`."""

from publisher.clean.trace import fates
from publisher.model import FrontMatter
from tests.clean.build import article, cleaned

TEXT = """Eastmere closes its harbour bridge
By Ada Marsh

• The council of Eastmere voted on Tuesday to close the old harbour bridge\u200b for nine months.

Advertisement

Engineers found cracks in two of its seven arches during an inspection in early spring."""


def test_every_line_has_one_fate() -> None:
    told = [(fate.number, str(fate)) for fate in fates(article(TEXT), cleaned(TEXT))]
    story = "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months."
    assert told == [
        (1, "moved to title by PR001"),
        (2, "moved to authors by PR002"),
        (4, f"changed by TX001 and TX005 to {story!r}"),
        (6, "removed by CL006"),
        (8, "kept"),
    ]


def test_a_fate_holds_the_line_and_what_it_became() -> None:
    first, second, *_ = fates(article(TEXT), cleaned(TEXT))
    assert (first.before, first.text, first.field) == ("Eastmere closes its harbour bridge",) * 2 + ("title",)
    assert (second.kind, second.text) == ("moved", "Ada Marsh")


def test_a_line_with_two_fields_names_both() -> None:
    text = TEXT.replace("By Ada Marsh", "By Ada Marsh | 3 March 2031")
    assert str(fates(article(text), cleaned(text))[1]) == "moved to authors and date by PR006"


def test_nothing_done_nothing_told() -> None:
    text = "The council of Eastmere voted on Tuesday to close the old harbour bridge for nine months."
    assert [fate.kind for fate in fates(article(text), cleaned(text, FrontMatter(title="Bridge")))] == [
        "kept"
    ]
