"""Every kind of target, for real: the same laws hold for a folder, rsync, a git branch and a storage."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from publisher.deploy.plan import RECORD
from publisher.errors import PublishError, Unavailable
from publisher.work.deploying import Wish
from publisher.work.place import Place
from tests.deploy.sites import PAGES, SECRET, Storage, built, sent, storage
from tests.work.projects import tree

KEYS = {"AWS_ACCESS_KEY_ID": "AKEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET}
needs_rsync = pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")


@dataclass(frozen=True)
class Where:
    """A target: its configuration, how to see what is there, how to put a file there that is not ours."""

    text: str
    seen: Callable[[], dict[str, bytes]]
    foreign: Callable[[str, bytes], None]


@pytest.fixture(params=["folder", pytest.param("rsync", marks=needs_rsync), "git", "s3"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Where]:
    folder = tmp_path / "www"
    match request.param:
        case "s3":
            with storage() as held:
                yield Where(
                    f'kind = "s3"\nto = "s3://ledger/news"\nendpoint = "{held.address}"',
                    lambda: {name.removeprefix("news/"): body for name, body in held.objects.items()},
                    lambda name, body: held.objects.__setitem__(f"news/{name}", body),
                )
        case "git":
            yield _branch(tmp_path)
        case kind:
            yield Where(
                f'kind = "{kind}"\nto = "{folder}"',
                lambda: tree(folder),
                lambda name, body: _put(folder / name, body),
            )


def _put(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    who = {
        f"GIT_{role}_{part}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for part in ("NAME", "EMAIL")
    }
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        ["git", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        check=True,
        env={**os.environ, **who, **plain},
    ).stdout


def repository(root: Path) -> None:
    root.mkdir(exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    git(root, "commit", "-q", "--allow-empty", "-m", "begin")


def _branch(tmp_path: Path) -> Where:
    repository(tmp_path / "ledger")
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(remote))

    def seen() -> dict[str, bytes]:
        names = git(remote, "ls-tree", "-r", "-z", "--name-only", "pages").decode().split("\0")
        return {name: git(remote, "cat-file", "blob", f"pages:{name}") for name in names if name}

    def foreign(name: str, body: bytes) -> None:
        clone = tmp_path / "clone"
        git(tmp_path, "clone", "-q", "-b", "pages", str(remote), str(clone))
        _put(clone / name, body)
        git(clone, "add", ".")
        git(clone, "commit", "-q", "-m", "by hand")
        git(clone, "push", "-q", "origin", "pages")

    return Where(f'kind = "git"\nto = "{remote}"\nbranch = "pages"', seen, foreign)


def there(where: Where) -> dict[str, str]:
    """What the target holds, but for our record."""
    return {name: body.decode() for name, body in where.seen().items() if name != RECORD}


def test_what_is_there_equals_the_site_after_every_deployment(where: Where, tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    first = sent(built(root, where.text), environment=KEYS)
    assert there(where) == PAGES
    assert (len(first.plan.send), first.plan.unchanged, first.plan.delete) == (len(PAGES), 0, ())
    again = sent(built(root, where.text), environment=KEYS)
    assert again.plan.idle
    assert again.plan.unchanged == len(PAGES)
    changed = {**PAGES, "index.html": "<p>New home</p>", "2026/11/ä b/index.html": "<p>News</p>"}
    del changed["tag/harbour/index.html"]
    third = sent(built(root, where.text, changed), environment=KEYS)
    assert there(where) == changed
    assert {each.path for each in third.plan.send} == {"index.html", "2026/11/ä b/index.html"}
    assert third.plan.delete == ("tag/harbour/index.html",)


def test_a_rehearsal_changes_nothing(where: Where, tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    sent(built(root, where.text), environment=KEYS)
    before = where.seen()
    changed = built(root, where.text, {"index.html": "<p>Alone</p>"})
    plan = sent(changed, Wish(rehearse=True), KEYS).plan
    assert [each.path for each in plan.send] == ["index.html"]
    assert len(plan.delete) == len(PAGES) - 1
    assert where.seen() == before


def test_what_others_put_there_stays(where: Where, tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    sent(built(root, where.text), environment=KEYS)
    where.foreign("CNAME", b"ledger.example.org")
    sent(built(root, where.text, {"index.html": "<p>Alone</p>"}), environment=KEYS)
    assert there(where) == {"CNAME": "ledger.example.org", "index.html": "<p>Alone</p>"}


def test_a_damaged_record_stops_the_deployment(where: Where, tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    sent(built(root, where.text), environment=KEYS)
    where.foreign(RECORD, b"{")
    before = where.seen()
    with pytest.raises(PublishError, match="damaged"):
        sent(built(root, where.text, {"index.html": "x"}), environment=KEYS)
    assert where.seen() == before


def s3(tmp_path: Path, held: Storage, pages: Mapping[str, str] = PAGES) -> Place:
    return built(tmp_path / "ledger", f'kind = "s3"\nto = "ledger"\nendpoint = "{held.address}"', pages)


def test_assets_come_before_pages_and_removals_last(tmp_path: Path) -> None:
    with storage() as held:
        sent(s3(tmp_path, held), environment=KEYS)
        puts = [name for method, name in held.order if method == "PUT" and name != RECORD]
        assert set(puts[:2]) == {"style.0123456789.css", "images/quay.png"}
        assert puts[2] == "2026/11/ferry/index.html"
        assert set(puts[3:5]) == {"index.html", "tag/harbour/index.html"}
        assert puts[5:] == ["feed.xml", "sitemap.xml"]
        held.order.clear()
        sent(s3(tmp_path, held, {"index.html": "x"}), environment=KEYS)
        kinds = [method for method, name in held.order if name != RECORD]
        assert kinds[0] == "PUT"
        assert set(kinds[1:]) <= {"DELETE", "POST"}
        assert held.bad_signatures == 0


def test_objects_have_types_and_lifetimes(tmp_path: Path) -> None:
    with storage() as held:
        sent(s3(tmp_path, held), environment=KEYS)
        assert held.headers["feed.xml"]["content-type"] == "application/rss+xml; charset=utf-8"
        assert held.headers["index.html"]["content-type"] == "text/html; charset=utf-8"
        assert "immutable" in held.headers["style.0123456789.css"]["cache-control"]
        assert held.headers["index.html"]["cache-control"] == "public, max-age=60"


def test_a_storage_that_stumbles_is_asked_again(tmp_path: Path) -> None:
    with storage() as held:
        held.faults = [503, 500]
        sent(s3(tmp_path, held), environment=KEYS)
        assert held.objects.keys() == PAGES.keys() | {RECORD}


def test_a_storage_that_goes_midway_is_gone_on_with(tmp_path: Path) -> None:
    many = {f"a/{number}.png": str(number) for number in range(250)}
    with storage() as held:
        held.fail_after = 150
        with pytest.raises(Unavailable) as failure:
            sent(s3(tmp_path, held, many), environment=KEYS)
        assert failure.value.exit_code == 75
        assert SECRET not in str(failure.value)
        held.fail_after = None
        held.order.clear()
        done = sent(s3(tmp_path, held, many), environment=KEYS)
        assert done.plan.unchanged == 100
        assert {name: body.decode() for name, body in held.objects.items() if name != RECORD} == many


def test_a_wrong_key_is_told_without_the_key(tmp_path: Path) -> None:
    with storage() as held, pytest.raises(PublishError, match="refuses") as failure:
        sent(s3(tmp_path, held), environment={**KEYS, "AWS_SECRET_ACCESS_KEY": "wrong secret"})
    assert "wrong secret" not in str(failure.value)


def test_keys_may_stand_in_a_file_that_is_for_nobody_else(tmp_path: Path) -> None:
    with storage() as held:
        text = f'kind = "s3"\nto = "ledger"\nendpoint = "{held.address}"\nsecrets = "keys.txt"'
        place = built(tmp_path / "ledger", text)
        keys = tmp_path / "ledger" / "keys.txt"
        keys.write_text("".join(f'{name}="{value}"\n' for name, value in KEYS.items()))
        keys.chmod(0o644)
        with pytest.raises(PublishError, match="others may read"):
            sent(place)
        keys.chmod(0o600)
        sent(place)
        assert held.bad_signatures == 0
        keys.write_text("")
        with pytest.raises(PublishError, match="AWS_ACCESS_KEY_ID is missing"):
            sent(place)


def test_a_branch_is_made_without_touching_the_work_tree(tmp_path: Path) -> None:
    root = tmp_path / "ledger"
    repository(root)
    place = built(root, 'kind = "git"')
    (root / "staged.txt").write_text("mine")
    git(root, "add", "staged.txt")
    (root / ".gitignore").write_text("site\n.publish\n")
    before = git(root, "status", "--porcelain")
    done = sent(place)
    assert git(root, "status", "--porcelain") == before
    assert git(root, "rev-parse", "pages").decode().strip() == done.commit
    assert git(root, "show", "pages:index.html") == b"<p>Home</p>"
    second = sent(built(root, 'kind = "git"', {**PAGES, "index.html": "x"}))
    assert git(root, "rev-parse", f"{second.commit}^").decode().strip() == done.commit
    assert sent(built(root, 'kind = "git"', {**PAGES, "index.html": "x"})).commit == ""
    with pytest.raises(PublishError, match="branch you work on"):
        sent(built(root, 'kind = "git"\nbranch = "main"'))


def test_a_branch_of_the_sources_is_never_filled(tmp_path: Path) -> None:
    where = _branch(tmp_path)
    git(tmp_path / "ledger", "push", "-q", str(tmp_path / "remote.git"), "main")
    with pytest.raises(PublishError, match="branch of the sources"):
        sent(built(tmp_path / "ledger", where.text.replace('"pages"', '"main"')))


def test_a_remote_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    repository(tmp_path / "ledger")
    place = built(tmp_path / "ledger", 'kind = "git"\nto = "http://me:hidden@127.0.0.1:9/x.git"')
    with pytest.raises(Unavailable) as failure:
        sent(place)
    assert "hidden" not in str(failure.value)


@pytest.mark.parametrize("to", [".", "content", "site", "..", "templates/x", "/"])
def test_a_folder_that_the_publication_keeps_is_refused(tmp_path: Path, to: str) -> None:
    place = built(tmp_path / "ledger", f'to = "{to}"')
    with pytest.raises(PublishError):
        sent(place)
    assert (tmp_path / "ledger" / "site" / "index.html").read_text() == PAGES["index.html"]


def test_nothing_is_written_through_links(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "2026").symlink_to(elsewhere)
    with pytest.raises(PublishError, match="symbolic link"):
        sent(built(tmp_path / "ledger", f'to = "{tmp_path / "www"}"'))
    assert not list(elsewhere.iterdir())


def test_only_a_finished_build_is_deployed(tmp_path: Path) -> None:
    place = built(tmp_path / "ledger", f'to = "{tmp_path / "www"}"')
    record = place.output / ".publish.json"
    record.write_text(record.read_text().replace("true", "false"))
    with pytest.raises(PublishError, match="not finished"):
        sent(place)
    record.unlink()
    with pytest.raises(PublishError, match="nothing is built"):
        sent(place)
    assert not (tmp_path / "www").exists()
