import pytest

from publisher.content.values import MAX_BYTES, plain, read_toml, read_yaml
from publisher.errors import PublishError


def test_yaml_scalars_stay_what_was_typed() -> None:
    values = read_yaml("a.md", 'answer: no\ncode: 010\ntime: 12:30\nquoted: "3"\n', 2)
    assert [value.data for value in values.values()] == ["no", "010", "12:30", "3"]
    assert [value.line for value in values.values()] == [2, 3, 4, 5]


def test_plain_resolves_bare_scalars_only() -> None:
    values = read_yaml("a.md", 'a: 3\nb: "3"\nc: true\nd: 1.5\ne: ~\nf: [1, x]\ng: {h: no}\n', 2)
    assert {key: plain(value) for key, value in values.items()} == {
        "a": 3,
        "b": "3",
        "c": True,
        "d": 1.5,
        "e": None,
        "f": [1, "x"],
        "g": {"h": "no"},
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: a: b", 2, "put the value in quotes"),
        ("a: 1\n\tb: 2", 3, "use spaces, not tabs"),
        ("a: 'x\nb: 2", 2, "put the value in quotes"),
        ("a: 1\na: 2", 3, "stands here twice"),
        ("a: &x 1\nb: *x", 2, "anchors and aliases"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", 3, "tag"),
        ("a: 1\n---\nb: 2", 3, "second YAML document"),
        ("- a\n- b", 2, "key: value"),
        ("? [a]\n: b", 2, "a key must be text"),
        ("a: b\nc: \x01", 3, "U+0001"),
        ("a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}", 2, "deeper than 8"),
        ("[" * 30_000, 2, "deeper than 8"),
        ("a: [" + "x, " * 3_000 + "x]", 2, "more than 2,000"),
        ("a: " + "x" * MAX_BYTES, 2, "bytes"),
    ],
)
def test_hostile_or_broken_yaml_is_an_error_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        read_yaml("a.md", text, 2)
    assert caught.value.where == f"a.md:{line}"
    assert message in str(caught.value)


def test_alias_bomb_ends_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    with pytest.raises(PublishError, match="anchors"):
        read_yaml("a.md", bomb, 2)


def test_toml_knows_the_lines_of_its_keys() -> None:
    values = read_toml("a.md", 'title = "x"\ntags = ["a"]\n\n[source]\nname = "Wire"\n', 2)
    assert [value.line for value in values.values()] == [2, 3, 5]
    assert plain(values["source"]) == {"name": "Wire"}


@pytest.mark.parametrize(
    ("text", "where"),
    [("a = 1\nb = ", "a.md:3"), ("a = 1\nd = 2026-02-30", "a.md:3"), ("x = " + "[" * 5_000, "a.md:2")],
)
def test_broken_toml_is_an_error_with_its_line(text: str, where: str) -> None:
    with pytest.raises(PublishError) as caught:
        read_toml("a.md", text, 2)
    assert caught.value.where == where
