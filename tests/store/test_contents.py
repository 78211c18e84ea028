"""Reading `content/`: what is found, how it is decoded, and everything that is refused."""

import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import Problems, PublishError
from publisher.model import Source
from publisher.store.contents import find, gather, look, read
from publisher.store.decoding import decode

LIMIT = 1_000


@pytest.fixture
def content(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    root.mkdir()
    return root


def put(file: Path, raw: bytes = b"text\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return file


def read_all(root: Path, limit: int) -> tuple[Source, ...]:
    """Every article below `root`, by path. Raises Problems with those of all files."""
    survey = look(root)
    gathered = gather(root, survey.found, limit)
    if problems := (*survey.problems, *gathered.problems):
        raise Problems(problems)
    return gathered.sources


def the_problem(root: Path) -> PublishError:
    with pytest.raises(Problems) as caught:
        read_all(root, LIMIT)
    (problem,) = caught.value.problems
    return problem


def test_articles_are_found_in_order_and_hidden_ones_are_not(content: Path) -> None:
    for name in (
        "b.md",
        "a/z.txt",
        "a/y.markdown",
        "C.MD",
        "photo.jpg",
        ".draft.md",
        ".git/x.md",
        "a/_part.md",
    ):
        put(content / name)
    assert [each.path for each in find(content)] == ["C.MD", "a/_part.md", "a/y.markdown", "a/z.txt", "b.md"]


def test_found_knows_size_and_time(content: Path) -> None:
    file = put(content / "a.md", b"12345")
    os.utime(file, ns=(0, 1_767_225_600_999_999_999))
    (found,) = find(content)
    assert found.size == 5
    assert found.modified == datetime(2026, 1, 1, tzinfo=UTC)


def test_no_content_folder_is_one_clear_error(tmp_path: Path) -> None:
    assert "no such folder" in str(the_problem(tmp_path / "content"))
    assert "publish init" in the_problem(tmp_path / "content").hint


def test_deep_folders_are_no_problem(content: Path) -> None:
    deep = content
    for _ in range(1_050):  # deeper than Python's own stack
        deep = deep / "d"
        deep.mkdir()
    put(deep / "a.md")
    try:
        assert len(find(content)) == 1
    finally:
        (deep / "a.md").unlink()
        for folder in (deep, *deep.parents):
            if folder == content:
                break
            folder.rmdir()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc\n", "a\nb\nc\n"),
        ("u\u0308ber".encode(), "\u00fcber"),
        (b"tab\tbell\x07 escape\x1b", "tab\tbell\x07 escape\x1b"),
        (b"", ""),
        (
            "\u0627\u0644\u0645\u0648\u0642\u0639 \U0001f600".encode(),
            "\u0627\u0644\u0645\u0648\u0642\u0639 \U0001f600",
        ),
    ],
)
def test_text_is_brought_to_one_form(content: Path, raw: bytes, text: str) -> None:
    put(content / "a.md", raw)
    (source,) = read_all(content, LIMIT)
    assert (source.path, source.text, source.fallback) == ("a.md", text, None)


@pytest.mark.parametrize(
    ("raw", "where", "message"),
    [
        (b"one\r\ntwo\rthree \xff", "a.md:3", "byte 0xff at offset 15"),
        (b"cut off \xe2\x82", "a.md:1", "byte 0xe2"),
        (b"\xed\xa0\x80 a surrogate", "a.md:1", "byte 0xed"),
        (b"one\r\n\ntwo\0", "a.md:3", "NUL"),
        ("wide".encode("utf-16"), "a.md:1", "UTF-16"),
        ("wide".encode("utf-32"), "a.md:1", "UTF-32"),
        ("wide".encode("utf-16-le"), "a.md:1", "NUL"),
        (b"x" * 1_001, "a.md", "1,001 bytes, more than max_bytes = 1,000"),
        (b"\n\na" + "\u0301\u0315".encode() * 110, "a.md:3", "combining marks"),
    ],
)
def test_bad_text_is_an_error_at_its_line(content: Path, raw: bytes, where: str, message: str) -> None:
    put(content / "a.md", raw)
    problem = the_problem(content)
    assert problem.where == where
    assert message in problem.message
    assert problem.hint


def test_combining_marks_cannot_hold_the_build_up() -> None:
    with pytest.raises(PublishError, match="combining"):
        decode("a.md", b"a" + "\u0315\u0300".encode() * 1_000_000)


def test_heavy_but_honest_accents_pass() -> None:
    text = ("z" + "\u0335\u0301" * 40) * 50
    assert decode("a.md", text.encode()) == unicodedata.normalize("NFC", text)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_decoding_twice_changes_nothing(text: str) -> None:
    once = decode("a.md", text.encode())
    assert decode("a.md", once.encode()) == once.removeprefix("\ufeff")
    assert "\r" not in once


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_clear_error(raw: bytes) -> None:
    try:
        text = decode("a.md", raw)
    except PublishError as problem:
        line = int(problem.where.removeprefix("a.md:"))
        assert 1 <= line <= len(raw) + 1
    else:
        assert unicodedata.is_normalized("NFC", text)


def test_the_problems_of_all_files_come_together(content: Path) -> None:
    put(content / "bad.md", b"\xff")
    put(content / "nul.md", b"\0")
    put(content / "good.md")
    (content / "gone.md").symlink_to("nowhere.md")
    with pytest.raises(Problems) as caught:
        read_all(content, LIMIT)
    assert [problem.where for problem in caught.value.problems] == ["bad.md:1", "gone.md", "nul.md:1"]
    survey = look(content)
    assert [source.path for source in gather(content, survey.found, LIMIT).sources] == ["good.md"]


def test_links_inside_are_followed(content: Path) -> None:
    put(content / "real.md", b"here")
    (content / "sub").mkdir()
    (content / "sub" / "link.md").symlink_to("../real.md")
    assert [(s.path, s.text) for s in read_all(content, LIMIT)] == [
        ("real.md", "here"),
        ("sub/link.md", "here"),
    ]


def test_a_linked_folder_inside_is_not_walked_again(content: Path) -> None:
    put(content / "a" / "x.md")
    (content / "a" / "round").symlink_to("..")
    (content / "again").symlink_to("a")
    assert [found.path for found in find(content)] == ["a/x.md"]


def test_the_content_folder_itself_may_be_a_link(tmp_path: Path, content: Path) -> None:
    put(content / "a.md")
    (tmp_path / "linked").symlink_to("content")
    assert len(read_all(tmp_path / "linked", LIMIT)) == 1


@pytest.mark.parametrize("target", ["../secret.md", "/etc/passwd", "sub/../../secret.md"])
def test_links_that_lead_out_are_refused(content: Path, target: str) -> None:
    put(content.parent / "secret.md", b"secret")
    (content / "sub").mkdir()
    (content / "a.md").symlink_to(target)
    assert "leads out of content/" in the_problem(content).message


def test_a_folder_that_leads_out_is_refused(tmp_path: Path, content: Path) -> None:
    put(tmp_path / "elsewhere" / "a.md")
    (content / "sub").symlink_to("../elsewhere")
    assert the_problem(content).where == "sub"


def test_a_folder_beside_with_the_same_beginning_is_outside(tmp_path: Path, content: Path) -> None:
    put(tmp_path / "content-old" / "a.md")
    (content / "a.md").symlink_to("../content-old/a.md")
    assert "leads out" in the_problem(content).message


def test_a_circle_of_links_is_refused(content: Path) -> None:
    (content / "a.md").symlink_to("b.md")
    (content / "b.md").symlink_to("a.md")
    with pytest.raises(Problems) as caught:
        find(content)
    assert all("circle" in problem.message for problem in caught.value.problems)


def test_a_pipe_is_refused_and_not_waited_for(content: Path) -> None:
    os.mkfifo(content / "a.md")
    assert "not a regular file" in the_problem(content).message


def test_a_file_that_became_a_pipe_or_a_link_since_is_refused(content: Path) -> None:
    file = put(content / "a.md")
    (found,) = find(content)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(PublishError, match="not a regular file"):
        read(content, found, LIMIT)
    file.unlink()
    file.symlink_to("/etc/passwd")
    with pytest.raises(PublishError, match="leads out"):
        read(content, found, LIMIT)
    file.unlink()
    with pytest.raises(PublishError, match="no such file"):
        read(content, found, LIMIT)


def test_a_file_that_grew_since_is_still_limited(content: Path) -> None:
    file = put(content / "a.md")
    (found,) = find(content)
    file.write_bytes(b"x" * 2_000)
    with pytest.raises(PublishError, match="max_bytes"):
        read(content, found, LIMIT)


@pytest.mark.parametrize(
    ("one", "two"), [("A.md", "a.md"), ("x/stra\u00dfe.md", "X/STRASSE.md"), ("\u00fc.md", "u\u0308.md")]
)
def test_two_names_that_some_disks_take_for_one(content: Path, one: str, two: str) -> None:
    put(content / one)
    put(content / two)
    if len(list(content.rglob("*.md"))) < 2:
        pytest.skip("this disk takes them for one")
    assert "in case or Unicode form only" in the_problem(content).message


def test_a_decomposed_name_is_composed_in_the_path_and_still_opens(content: Path) -> None:
    put(content / "u\u0308.md", b"here")
    (source,) = read_all(content, LIMIT)
    assert (source.path, source.text) == ("\u00fc.md", "here")


@pytest.mark.parametrize("name", [b"\xff.md", b"new\nline.md", b"turn\xe2\x80\xae.md"])
def test_names_that_would_garble_a_message(content: Path, name: bytes) -> None:
    put(Path(os.fsdecode(os.fsencode(content) + b"/" + name)))
    problem = the_problem(content)
    assert "in the name" in problem.message
    assert problem.where.isprintable()


@pytest.mark.parametrize(
    "name", ["\U0001f469\u200d\U0001f4bb.md", "\u0645\u06cc\u200c\u0631\u0648\u062f.md", "a b.md"]
)
def test_joiners_and_spaces_in_names_are_fine(content: Path, name: str) -> None:
    put(content / name)
    assert len(read_all(content, LIMIT)) == 1


def test_what_may_not_be_read_is_named(plain: Path) -> None:
    content = plain / "content"
    put(content / "open.md")
    put(content / "shut.md").chmod(0)
    put(content / "folder" / "a.md").parent.chmod(0)
    with pytest.raises(Problems) as caught:
        read_all(content, LIMIT)
    assert [(p.where, p.message) for p in caught.value.problems] == [
        ("folder/", "cannot read the folder: permission denied"),
        ("shut.md", "cannot read it: permission denied"),
    ]
