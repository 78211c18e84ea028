"""The output folder: laws 2 and 3, foreign files, links, hostile paths, interrupted builds."""

import errno
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import Problems, PublishError
from publisher.model import Output
from publisher.store import atomic, outputs
from publisher.store.outputs import Written, rank, write
from publisher.store.paths import MANIFEST, fold

Site = Mapping[str, bytes]
SITE: Site = {
    "style.css": b"css",
    "index.html": b"home",
    "2026/03/a/index.html": b"a",
    "feed.xml": b"feed",
    "sitemap.xml": b"map",
    "tags/x/index.html": b"x",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


def build(root: Path, site: Site) -> Written:
    return write(root, tuple(Output(path, content) for path, content in site.items()))


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` but the manifest."""
    files = {file.relative_to(root).as_posix(): file for file in root.rglob("*") if not file.is_dir()}
    return {path: file.read_bytes() for path, file in files.items() if path != MANIFEST}


def folders(root: Path) -> set[str]:
    return {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_dir()}


def traces(root: Path) -> dict[str, tuple[int, int]]:
    return {str(file): (file.stat().st_ino, file.stat().st_mtime_ns) for file in (root, *root.rglob("*"))}


def refused(root: Path, site: Site) -> str:
    before = tree(root) if root.exists() else None
    with pytest.raises(PublishError) as caught:
        build(root, site)
    assert (tree(root) if root.exists() else None) == before
    return str(caught.value)


def test_a_first_build(root: Path) -> None:
    written = build(root, SITE)
    assert written == Written(tuple(sorted(SITE)), (), (), ())
    assert tree(root) == SITE
    assert json.loads((root / MANIFEST).read_text()) == {"schema": 1, "complete": True, "files": sorted(SITE)}


def test_a_build_of_nothing_new_writes_nothing(root: Path) -> None:
    build(root, SITE)
    before = traces(root)
    assert build(root, SITE) == Written((), (), tuple(sorted(SITE)), ())
    assert traces(root) == before


def test_only_what_changed_is_touched(root: Path) -> None:
    build(root, SITE)
    before = traces(root)
    written = build(root, {**SITE, "index.html": b"news", "new.html": b"new"})
    after = traces(root)
    assert (written.new, written.changed, written.removed) == (("new.html",), ("index.html",), ())
    touched = {
        Path(name).relative_to(root).as_posix() for name, trace in after.items() if before.get(name) != trace
    }
    assert touched == {".", MANIFEST, "index.html", "new.html"}


def test_old_files_go_with_their_folders_and_foreign_ones_stay(root: Path) -> None:
    build(root, SITE)
    (root / "tags" / "mine.txt").write_bytes(b"mine")
    (root / ".well-known").mkdir()
    (root / "empty").mkdir()
    written = build(root, {"index.html": b"home"})
    assert written.removed == tuple(sorted(SITE.keys() - {"index.html"}))
    assert tree(root) == {"index.html": b"home", "tags/mine.txt": b"mine"}
    assert folders(root) == {"tags", ".well-known", "empty"}


def test_a_foreign_file_at_the_path_of_an_output_is_replaced(root: Path) -> None:
    root.mkdir()
    (root / "index.html").write_bytes(b"foreign")
    assert build(root, SITE).changed == ("index.html",)
    assert tree(root) == SITE


def test_a_page_that_somebody_changed_is_made_again(root: Path) -> None:
    build(root, SITE)
    (root / "index.html").write_bytes(b"HOME")
    (root / "feed.xml").unlink()
    written = build(root, SITE)
    assert (written.new, written.changed) == (("feed.xml",), ("index.html",))


def test_the_site_does_not_depend_on_the_order_of_outputs(tmp_path: Path) -> None:
    build(tmp_path / "one", SITE)
    build(tmp_path / "two", dict(reversed(list(SITE.items()))))
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_files_that_become_folders_and_folders_that_become_files(root: Path) -> None:
    build(root, {"a": b"file", "b/c/d.html": b"deep", "b/e.html": b"e"})
    written = build(root, {"a/x.html": b"x", "b": b"file"})
    assert tree(root) == {"a/x.html": b"x", "b": b"file"}
    assert written.removed == ("a", "b/c/d.html", "b/e.html")
    build(root, {"A": b"1"})
    assert tree(root) == {"A": b"1"}


def test_foreign_things_in_the_way_are_named_and_nothing_is_written(root: Path) -> None:
    build(root, {"b/c.html": b"c"})
    (root / "b" / "mine.txt").write_bytes(b"mine")
    (root / "file").write_bytes(b"mine")
    message = refused(root, {"b": b"file", "file/x.html": b"x"})
    assert "site/b/mine.txt: a file that publish did not make" in message
    assert "site/file: a file that publish did not make" in message


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../x", "a/../../x", "a/./b", "a//b", "", "a/", "a\\b"),
        *("nul\0", "new\nline", "turn\u2028", "x\x85", "lone\ud800"),
        *("con", "a/NUL.html", "com1/index.html", "lpt9.tar.gz", "aux .txt"),
        *("\u00fc" * 128, "a/" + "x" * 256),
        *(MANIFEST, ".PUBLISH.json", "a/.publish-0123456789abcdef.tmp"),
    ],
)
def test_paths_that_are_never_written(root: Path, path: str) -> None:
    assert refused(root, {**SITE, path: b"x"})
    assert not root.exists()


@pytest.mark.parametrize(
    "path", ["console.html", "a..b/c.html", "x" * 255, "..a", "\u00fc" * 127, "com/index.html"]
)
def test_paths_that_only_look_like_them(root: Path, path: str) -> None:
    build(root, {path: b"x"})
    assert tree(root) == {path: b"x"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        *(("a.html", "a.html"), ("a/B.html", "A/b.html")),
        *(("\u00fc.html", "u\u0308.html"), ("stra\u00dfe", "STRASSE")),
        *(("a", "a/b"), ("A/b.html", "a"), ("\u00dc", "u\u0308/x")),
    ],
)
def test_two_outputs_with_one_path(root: Path, one: str, two: str) -> None:
    for pair in ((one, two), (two, one)):
        with pytest.raises(Problems) as caught:
            write(root, tuple(Output(path, b"x") for path in pair))
        assert len(caught.value.problems) == 1
    assert not root.exists()


@given(st.text(max_size=8))
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_all_bad_paths_are_told_at_once(root: Path) -> None:
    with pytest.raises(Problems) as caught:
        build(root, {"../a": b"", "con": b"", "x": b"", "X": b""})
    assert len(caught.value.problems) == 3


def test_links_lead_no_write_and_no_removal_outside(tmp_path: Path, root: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"theirs")
    build(root, {"index.html": b"home", "a/index.html": b"a"})
    (root / "a" / "index.html").unlink()
    (root / "a").rmdir()
    (root / "a").symlink_to(outside)
    (root / "index.html").unlink()
    (root / "index.html").symlink_to(outside / "index.html")
    assert "site/a: a symbolic link where the site needs a folder" in refused(root, {"a/index.html": b"new"})
    build(root, {"index.html": b"theirs"})
    assert (outside / "index.html").read_bytes() == b"theirs"
    assert not (root / "index.html").is_symlink()
    assert (root / "a").is_symlink()


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    build(tmp_path / "site", SITE)
    assert tree(tmp_path / "real") == SITE


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"{", b"[]", b"\xff", b"[" * 100_000),
        b'{"schema": 1, "complete": true, "files": [1]}',
        b'{"schema": 1, "complete": true, "files": ["../../x"]}',
        b'{"schema": 1, "complete": 1, "files": []}',
    ],
)
def test_a_damaged_manifest_is_named(tmp_path: Path, root: Path, raw: bytes) -> None:
    (tmp_path / "x").write_bytes(b"outside")
    build(root, SITE)
    (root / MANIFEST).write_bytes(raw)
    assert "damaged" in refused(root, {})
    assert (tmp_path / "x").exists()


def test_a_newer_manifest_and_a_linked_one(root: Path) -> None:
    build(root, SITE)
    (root / MANIFEST).write_text('{"schema": 2, "complete": true, "files": []}')
    assert "newer" in refused(root, {})
    (root / MANIFEST).unlink()
    (root / MANIFEST).symlink_to("index.html")
    assert "damaged" in refused(root, {})


def test_the_order_of_writing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root, {"old.css": b"", "tags/a/index.html": b"old", "z/index.html": b"old"})
    order: list[str] = []
    spied(monkeypatch, lambda path: order.append(path.relative_to(root).as_posix()))
    build(root, {**SITE, "z/index.html": b"new", "robots.txt": b"", "tags/a/index.html": b"new"})
    assert order == [
        *(MANIFEST, "style.css"),
        *("2026/03/a/index.html", "z/index.html"),
        *("index.html", "tags/x/index.html", "tags/a/index.html"),
        *("feed.xml", "robots.txt", "sitemap.xml", MANIFEST),
    ]


def test_ranks() -> None:
    ordered = ["a/b.png", "2026/a/index.html", "404.html", "tags/index.html", "feed.atom", "sitemap-1.xml"]
    assert [rank(path) for path in ordered] == [0, 1, 2, 2, 3, 4]
    assert [rank(path, new=True) for path in ("feed.xml", "newsletter/daily/feed.xml")] == [3, 0]


def spied(monkeypatch: pytest.MonkeyPatch, spy: Callable[[Path], None]) -> None:
    """Calls `spy` with the path before each file is replaced."""
    real = atomic.replace

    def replace(path: Path, content: bytes, *, mode: int | None = None, durable: bool = False) -> None:
        spy(path)
        real(path, content, mode=mode, durable=durable)

    for module in (outputs, sys.modules["publisher.store.manifest"]):
        monkeypatch.setattr(module, "replace", replace)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize("call", range(1, 7))
def test_a_disk_that_refuses(root: Path, monkeypatch: pytest.MonkeyPatch, code: int, call: int) -> None:
    old = {"index.html": b"old", "gone.html": b"gone"}
    build(root, old)
    calls = iter(range(1, 100))
    real = os.write

    def write(descriptor: int, content: bytes) -> int:
        if next(calls) == call:
            raise OSError(code, os.strerror(code))
        return real(descriptor, content)

    with monkeypatch.context() as patch:
        patch.setattr("publisher.store.atomic.os.write", write)
        with pytest.raises(PublishError, match="cannot write it") as caught:
            build(root, SITE)
    assert caught.value.hint
    now = tree(root)
    assert all(content in {SITE.get(path), old.get(path)} for path, content in now.items())
    build(root, SITE)
    assert tree(root) == SITE


LIMITED = """
import resource, sys
from pathlib import Path
from publisher.model import Output
from publisher.store.outputs import write
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
write(Path(sys.argv[1]), (Output("a.css", b"a"), Output("big.html", b"x" * 20_000), Output("feed.xml", b"f")))
"""


def test_a_file_larger_than_the_system_allows(root: Path) -> None:
    build(root, {"big.html": b"old"})
    done = subprocess.run([sys.executable, "-c", LIMITED, root], capture_output=True, text=True, check=False)
    assert "site/big.html: cannot write it: the system does not allow a file of this size" in done.stderr
    assert tree(root) == {"a.css": b"a", "big.html": b"old"}
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 10_000


def test_without_rights(plain: Path) -> None:
    root = plain / "site"
    build(root, SITE)
    (root / "2026" / "03" / "a").chmod(0o500)
    with pytest.raises(PublishError, match=r"site/2026/03/a/index\.html: cannot write it: permission denied"):
        build(root, {**SITE, "2026/03/a/index.html": b"new"})
    with pytest.raises(PublishError, match=r"cannot remove it: permission denied"):
        build(root, {})
    (root / "2026" / "03" / "a").chmod(0o700)
    build(root, {})
    assert tree(root) == {}


def test_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PublishError, match="a file is where a folder should be"):
        build(tmp_path / "file" / "site", SITE)
    with pytest.raises(PublishError):
        build(tmp_path / "file", SITE)


KILLED = """
import sys
from pathlib import Path
from publisher.model import Output
from publisher.store.outputs import write
root, version = Path(sys.argv[1]), sys.argv[2]
site = tuple(Output(f"{version}/{n % 40}/{n}.html", version.encode() * 20_000) for n in range(150))
site += tuple(Output(f"same/{n}.html", version.encode() * 20_000) for n in range(150))
print("go", flush=True)
write(root, site)
"""


def killed(root: Path, version: str, after: float | None) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, root, version], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    if after is not None:
        time.sleep(after)
        process.kill()
    process.communicate()


def test_a_build_that_is_killed_is_completed_by_the_next(tmp_path: Path, root: Path) -> None:
    killed(tmp_path / "clean", "b", None)
    chance = random.Random(7)  # noqa: S311 - moments to kill at, not secrets
    killed(root, "a", None)
    for turn in range(5):
        killed(root, "ab"[turn % 2], chance.uniform(0, 0.03))
        whole = {
            content for path, content in tree(root).items() if not atomic.TEMPORARY.fullmatch(Path(path).name)
        }
        assert whole <= {b"a" * 20_000, b"b" * 20_000}, "a torn file"
    killed(root, "b", None)
    assert tree(root) == tree(tmp_path / "clean")
    assert folders(root) == folders(tmp_path / "clean")
    assert (root / MANIFEST).read_bytes() == (tmp_path / "clean" / MANIFEST).read_bytes()


def test_what_a_killed_build_left_is_removed(root: Path) -> None:
    build(root, SITE)
    left = [root / ".publish-0123456789abcdef.tmp", root / "tags" / "x" / ".publish-fedcba9876543210.tmp"]
    for file in left:
        file.write_bytes(b"half a fi")
    mine = root / "tags" / ".publish-mine.tmp"
    mine.write_bytes(b"mine")
    (root / MANIFEST).write_text((root / MANIFEST).read_text().replace("true", "false"))
    written = build(root, SITE)
    assert not any(file.exists() for file in left)
    assert mine.exists()
    assert (written.new, written.changed) == ((), ())
    assert json.loads((root / MANIFEST).read_text())["complete"] is True


paths = st.sampled_from(
    ["a", "A", "a/b", "a/b/c.html", "b", "b/a", "\u00fc.html", "index.html", "tags/a/index.html"]
)
sites = st.dictionaries(paths, st.sampled_from([b"", b"1", b"2"]), max_size=6)
FOREIGN = {"mine.txt": b"mine", "a-mine/b.txt": b"mine", "tags/mine.txt": b"mine"}


@settings(max_examples=30, deadline=None)
@given(st.lists(sites, min_size=1, max_size=5))
def test_the_tree_is_the_last_site_and_the_foreign_files(history: list[dict[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root, clean = Path(place, "site"), Path(place, "clean")
        for path, content in FOREIGN.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        last: Site = {}
        for site in history:
            try:
                written = build(root, site)
            except Problems:
                continue
            everything = (*written.new, *written.changed, *written.unchanged)
            assert sorted(everything) == sorted(site)
            assert set(written.removed) == last.keys() - site.keys()
            last = site
        assert tree(root) == {**last, **FOREIGN}
        build(clean, last)
        assert folders(root) == folders(clean) | {"a-mine", "tags"}
