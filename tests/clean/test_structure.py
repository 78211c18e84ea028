"""What lines are in Markdown."""

import pytest

from publisher.clean.structure import kinds, looks_like_code, stanza, whole
from tests.clean.build import article

TEXT = """# Head
prose
> quoted
lazily
- item
  more
1. first

| a | b |
| - | - |
| 1 | 2 |

```py
x
```
    still prose

    code

- item

    of the item

<div>
html
</div>

[^1]: note
~~~
never closed
"""


def test_kinds() -> None:
    expected = (
        "heading prose quote quote item prose ordered blank table table table blank fence fence fence prose"
        " blank code blank item blank item blank html html html blank note fence fence fence"
    )
    assert " ".join(kinds(article(TEXT).lines)) == expected


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("<details open>", True), ('<DIV CLASS="box">', True), ("<P>", True), ("<The Palace: A Tale>", False)],
)
def test_a_title_in_angle_brackets_is_no_tag(text: str, is_html: bool) -> None:
    assert (kinds(article(text).lines) == ("html",)) is is_html


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("1. [Home](/)\n\n2. [Coast](/coast)", "item blank item"),
        ("1. [Home](/)\n2. Go ashore", "ordered ordered"),
        ("1. [Home](/)", "ordered"),
    ],
)
def test_of_a_numbered_list_of_links_the_numbers_say_nothing(lines: str, kind: str) -> None:
    assert " ".join(kinds(article(lines).lines)) == kind


def test_program_text_is_told_from_an_indented_paragraph() -> None:
    assert looks_like_code("    for arch in arches: close(arch);")
    assert not looks_like_code("    For a decade the bridge (of 1911) had stood without a single repair.")


def test_a_stanza_is_three_short_lines_together() -> None:
    lines = article("Row on\nrow on\nrow on\n\nA single line").lines
    assert [stanza(lines, index) for index in (0, 1, 2, 4)] == [True, True, True, False]


def test_the_lines_as_one_text() -> None:
    assert whole(article("one\n\ntwo").lines) == "one\n\ntwo"


def test_a_bar_before_a_single_line_makes_no_table() -> None:
    assert kinds(article("| 18 November 2031").lines) == ("prose",)
    assert kinds(article("| Aldwick | 7.12 |").lines) == ("table",)
    assert kinds(article("| Aldwick\n| Halden").lines)[0] == "table"
