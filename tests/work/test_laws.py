"""The laws of the build: incremental equals clean, nothing new writes nothing, all or nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import Problems, PublishError
from tests.work.projects import ARTICLES, CONFIGURATION, built, from_scratch, make, tree, write

FERRY = "content/harbour/2026-11-18-ferry.md"


def body(root: Path) -> None:
    (root / FERRY).stat()
    write(root / FERRY, ARTICLES["harbour/2026-11-18-ferry.md"].replace("six", "seven"))


def title(root: Path) -> None:
    (root / FERRY).stat()
    write(root / FERRY, ARTICLES["harbour/2026-11-18-ferry.md"].replace("is back", "has returned"))


def rename(root: Path) -> None:
    (root / FERRY).rename(root / "content/town/2026-11-18-boat.md")


def delete(root: Path) -> None:
    (root / "content/town/2026-11-19-timetable.md").unlink()


def add(root: Path) -> None:
    write(
        root / "content/new.md",
        "---\ntitle: New\ndate: 2026-11-20T18:00\nid: urn:new\n---\n\nAll of it new.\n",
    )


def publish_draft(root: Path) -> None:
    write(
        root / "content/town/2026-11-20-draft.md", "---\ntitle: Now\nid: urn:draft\n---\n\nReady at last.\n"
    )


def template(root: Path) -> None:
    write(
        root / "templates/404.html", "{% extends 'base.html' %}{% block main %}<h1>Gone</h1>{% endblock %}\n"
    )


def configuration(root: Path) -> None:
    write(root / "publish.toml", CONFIGURATION.replace("page_size = 2", "page_size = 3\naccent = '#114488'"))


def picture(root: Path) -> None:
    (root / "content/images/quay.png").write_bytes(b"\x89PNG\r\n\x1a\n another")


EDITS: tuple[Callable[[Path], None], ...] = (
    body, title, rename, delete, add, publish_draft, template, configuration, picture,
)  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_incremental_equals_clean(tmp_path: Path, edit: Callable[[Path], None]) -> None:
    root = make(tmp_path / "a")
    built(root)
    edit(root)
    built(root)
    (tmp_path / "b").mkdir()
    assert tree(root / "site") == from_scratch(root, tmp_path / "b")


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=5))
def test_any_sequence_of_edits_equals_clean(edits: list[Callable[[Path], None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = make(Path(folder) / "a")
        for edit in edits:
            try:
                edit(root)
            except FileNotFoundError:
                continue  # the edit's file was renamed or deleted before
            built(root)
        built(root)
        (Path(folder) / "b").mkdir()
        assert tree(root / "site") == from_scratch(root, Path(folder) / "b")


def test_a_build_of_nothing_new_writes_nothing(tmp_path: Path) -> None:
    root = make(tmp_path)
    built(root)
    before = {file: file.stat() for file in root.rglob("*") if file.is_file() and file.name != "lock"}
    again = built(root)
    assert (again.written.new, again.written.changed, again.written.removed) == ((), (), ())
    after = {file: file.stat() for file in root.rglob("*") if file.is_file() and file.name != "lock"}
    assert {file: (s.st_mtime_ns, s.st_ino) for file, s in after.items()} == {
        file: (s.st_mtime_ns, s.st_ino) for file, s in before.items()
    }


@pytest.mark.parametrize("name", ["memo.sqlite", "bodies.sqlite"])
def test_the_memo_may_be_lost_or_damaged_at_any_time(tmp_path: Path, name: str) -> None:
    root = make(tmp_path)
    built(root)
    expected = tree(root / "site")
    memo = root / ".publish" / name
    whole = memo.read_bytes()
    for damage in (
        b"",
        b"garbage" * 999,
        whole[: len(whole) // 2],
        whole[:4096] + b"\xff" * 4096 + whole[8192:],
    ):
        memo.write_bytes(damage)
        (root / ".publish" / "rendered").unlink()  # all pages are made, for which their bodies are read
        built(root)
        assert tree(root / "site") == expected


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        {"LC_ALL": "POSIX", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
    ],
)
def test_output_depends_on_inputs_only(tmp_path: Path, environment: dict[str, str]) -> None:
    root = make(tmp_path / "a")
    built(root)
    other = tmp_path / "b"
    shutil.copytree(root / "content", other / "content")
    shutil.copy(root / "publish.toml", other)
    command = [
        sys.executable,
        "-m",
        "publisher",
        "-q",
        "build",
        "--now",
        "2026-11-21T07:00+01:00",
        "--jobs",
        "2",
    ]
    subprocess.run(command, cwd=other, env={**os.environ, **environment}, check=True)
    assert tree(other / "site") == tree(root / "site")


def test_the_number_of_jobs_changes_nothing(tmp_path: Path) -> None:
    many = {
        f"town/2026-10-{n % 28 + 1:02}-a{n}.md": f"---\ntitle: Article {n}\nid: urn:{n}\n---\n\nText {n}.\n"
        for n in range(60)
    }
    one, two = make(tmp_path / "a", many), make(tmp_path / "b", many)
    built(one, jobs=1)
    built(two, jobs=2)
    assert tree(one / "site") == tree(two / "site")


BROKEN: dict[str, tuple[str, str, str]] = {
    "yaml": ("a.md", "---\ntitle: a: b\n---\n", "content/a.md:2"),
    "toml": ("a.md", "+++\ntitle = \n+++\n", "content/a.md:2"),
    "type": ("a.md", "---\ntitle: [x]\n---\n", "content/a.md:2"),
    "date": ("a.md", "---\ntitle: x\ndate: 2026-02-30\n---\n", "content/a.md:3"),
    "misspelt": ("a.md", "---\ntilte: x\n---\n", "content/a.md:2"),
    "id": (
        "a.md",
        "---\ntitle: x\ndate: 2026-01-01\nid: urn:ferry\n---\nText\n",
        "content/harbour/2026-11-18-ferry.md:6",
    ),
    "slug": ("a.md", "---\ntitle: x\nslug: ../../x\n---\n", "content/a.md:3"),
    "address": (
        "2026-11-18-Ferry.md",
        "---\ntitle: x\nid: urn:x\n---\nText\n",
        "content/harbour/2026-11-18-ferry.md:1",
    ),
    "nul": ("a.md", "title\n\nte\0xt", "content/a.md:3"),
    "anchors": ("a.md", "---\na: &a [x]\nb: *a\n---\n", "content/a.md:2"),
    "keep": ("a.md", "---\ntitle: x\npublish: {keep: [CL999]}\n---\n", "content/a.md:3"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_failing_build_names_the_place_and_leaves_the_old_site(tmp_path: Path, name: str) -> None:
    path, text, where = BROKEN[name]
    root = make(tmp_path)
    built(root)
    before = tree(root / "site")
    write(root / "content" / path, text)
    body(root)
    with pytest.raises(Problems) as caught:
        built(root)
    assert where in [problem.where for problem in caught.value.problems]
    assert tree(root / "site") == before


def test_all_files_errors_come_in_one_run(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / "content/a.md", "---\ntitle: a: b\n---\n")
    write(root / "content/b.md", "---\ndraft: perhaps\nslug: a/b\n---\n")
    (root / "content/c.md").write_bytes(b"caf\xe9\n")
    with pytest.raises(Problems) as caught:
        built(root)
    places = [problem.where for problem in caught.value.problems]
    assert places == ["content/a.md:2", "content/b.md:2", "content/b.md:3", "content/c.md:1"]


@pytest.mark.parametrize(
    ("template_text", "message"),
    [
        ("{% if %}", "templates/article.html:1"),
        ("\n\n{{ nothing.here }}", "templates/article.html:3"),
        ("{% include 'partials/bylin.html' %}", "partials/byline.html"),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, template_text: str, message: str) -> None:
    root = make(tmp_path)
    built(root)
    before = tree(root / "site")
    write(root / "templates/article.html", template_text)
    with pytest.raises(PublishError) as caught:
        built(root)
    assert message in str(caught.value)
    assert tree(root / "site") == before


def test_withheld_articles_are_in_no_output(tmp_path: Path) -> None:
    root = make(tmp_path)
    built(root)
    everything = b"\n".join(tree(root / "site").values())
    for trace in (b"Not yet", b"Not ready", b"urn:draft", b"Later", b"From the future", b"urn:later"):
        assert trace not in everything


@pytest.mark.parametrize("delay", [0.25, 0.4, 0.5, 0.6])
def test_a_build_that_was_killed_is_completed_by_the_next(tmp_path: Path, delay: float) -> None:
    root = make(tmp_path / "a")
    built(root)
    before = tree(root / "site")
    for edit in (title, delete, configuration):
        edit(root)
    command = [
        sys.executable,
        "-m",
        "publisher",
        "-C",
        str(root),
        "-q",
        "build",
        "--now",
        "2026-11-21T06:00Z",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(delay)
        process.kill()
    (tmp_path / "b").mkdir()
    expected = from_scratch(root, tmp_path / "b")
    known = set(before.values()) | set(expected.values())
    halfway = {
        name: text for name, text in tree(root / "site").items() if not Path(name).name.startswith(".")
    }
    assert all(text in known for text in halfway.values()), "a torn file"
    built(root)
    assert tree(root / "site") == expected
