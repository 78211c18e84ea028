import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.content.head import split
from publisher.errors import PublishError


@pytest.mark.parametrize(
    ("text", "kind", "block", "body"),
    [
        ("---\ntitle: x\n---\nHello", "yaml", "title: x", [(4, "Hello")]),
        ("+++\ntitle = 'x'\n+++\nHello", "toml", "title = 'x'", [(4, "Hello")]),
        ("---\n---\nHello", "yaml", "", [(3, "Hello")]),
        ("Hello", "", "", [(1, "Hello")]),
        ("---\n\nA rule on top.\n\n---", "", "", None),
        ("---\nnonsense here\ntitle: x\n---\n", "yaml", "nonsense here\ntitle: x", [(5, "")]),
        ("+++ not a fence", "", "", [(1, "+++ not a fence")]),
    ],
)
def test_front_matter_is_told_from_markdown(
    text: str, kind: str, block: str, body: list[tuple[int, str]] | None
) -> None:
    head = split("a.md", text)
    assert (head.kind, head.text) == (kind, block)
    if body is not None:
        assert [(line.number, line.text) for line in head.body] == body


def test_front_matter_that_is_never_closed_is_an_error() -> None:
    with pytest.raises(PublishError, match="not closed") as caught:
        split("a.md", "---\ntitle: x\n\nHello")
    assert caught.value.where == "a.md:1"


@given(st.text(alphabet="-+a:= \n#t", max_size=60))
def test_every_line_is_in_the_block_or_in_the_body(text: str) -> None:
    try:
        head = split("a.md", text)
    except PublishError:
        return
    lines = text.split("\n")
    assert [line.text for line in head.body] == [lines[line.number - 1] for line in head.body]
    if not head.kind:
        assert len(head.body) == len(lines)
