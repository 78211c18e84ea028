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


@pytest.mark.parametrize(
    "text",
    [
        "\n\n---\ntitle: x\n---\nBody",
        "\u200b---\ntitle: x\n---\nBody",
        "  ---\n  title: x\n  ---\nBody",
        "--- \ntitle: x\n---\t\nBody",
    ],
)
def test_what_nobody_sees_may_stand_before_the_fence(text: str) -> None:
    head = split("a.md", text)
    assert (head.kind, head.text) == ("yaml", "title: x")
    assert text.split("\n")[head.first - 1].strip() == "title: x"
    assert [line.text for line in head.body] == ["Body"]


@pytest.mark.parametrize(
    "text",
    [
        "----\ntitle: x\ndraft: true\n----\nBody",
        "\u2013\u2013\u2013\ntitle: x\n\u2013\u2013\u2013\nBody",
        "<!-- remark -->\ntitle: x",
        "--- # remark\ndraft: true\n---\n",
        "---\n\ntitle: x\n\nBody",
        "Something first\n---\ndraft: true\n---\nBody",
    ],
)
def test_front_matter_that_is_not_quite_one_is_never_published(text: str) -> None:
    with pytest.raises(PublishError, match="front matter"):
        split("a.md", text)
