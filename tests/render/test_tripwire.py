import pytest

from publisher.render.tripwire import lost_words, same_text


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("<p>a b</p>", "<div>a  b</div>", True),
        ("<p title='x>y'>a &amp; b</p>", "<p>a & b</p>", True),
        ("<table>a<tr><td>b</table>", "a<table><tbody><tr><td>b</td></tr></tbody></table>", True),
        ("<p>a b</p>", "<p>a</p>", False),
        ("<p>a a</p>", "<p>a</p>", False),
    ],
)
def test_same_text(before: str, after: str, same: bool) -> None:
    assert same_text(before, after) is same


def test_lost_words_are_named_in_their_order() -> None:
    assert lost_words("one two three four", "three", "", ["four"]) == ["one", "two"]


def test_attributes_and_list_numbers_are_not_lost() -> None:
    source = "1. [a](https://example.org/x%20y 'Hover')"
    assert lost_words(source, "a", '<a href="https://example.org/x%20y" title="Hover">a</a>', []) == []


def test_numbers_of_lists_in_quotes_are_no_words() -> None:
    assert lost_words("> - 12. a\n\n3) b", "a b", "", []) == []
