"""What a preview shows after any edits is, byte for byte, what a build from scratch would write."""

import os
import threading
from datetime import datetime
from pathlib import Path

import pytest

from publisher.errors import PublishError
from publisher.serve.workshop import State, Wanted, Workshop
from tests.work.projects import ARTICLES, CONFIGURATION, NOW, from_scratch, make, write

FERRY = "harbour/2026-11-18-ferry.md"


def clock() -> datetime:
    return NOW


def workshop(root: Path, shown: bool = False) -> Workshop:
    return Workshop(Wanted(root, None, {}, drafts=shown, future=shown), clock)


def shown(state: State) -> dict[str, bytes]:
    assert state.snapshot
    return {path: file.content for path, file in state.snapshot.files.items()}


EDITS = (
    ("content/harbour/2026-11-18-ferry.md", ARTICLES[FERRY].replace("forty-one", "forty-two")),
    ("content/harbour/2026-11-18-ferry.md", ARTICLES[FERRY].replace("tags: [ferry, winter]", "tags: [quay]")),
    ("content/town/2026-11-19-timetable.md", None),
    (
        "content/town/2026-11-19-timetable.md",
        ARTICLES["town/2026-11-19-timetable.md"] + "\n## New\n\nMore.\n",
    ),
    ("content/harbour/2026-11-18-ferry.md", ARTICLES[FERRY].replace("timetable.md)", "timetable.md#new)")),
    ("templates/custom.css", "p { color: teal }"),
    ("publish.toml", CONFIGURATION.replace("page_size = 2", "page_size = 1")),
    ("content/town/undated.md", "# A note without a date\n\nThe quay was empty at six in the morning.\n"),
    ("sources/coastwire.toml", 'names = ["Coastwire"]\n'),
    ("templates/custom.css", None),
)


def test_a_preview_equals_a_build_from_scratch_after_every_edit(tmp_path: Path) -> None:
    root = make(tmp_path / "ledger")
    bench = workshop(root)
    for number, (path, text) in enumerate(EDITS):
        if text is None:
            (root / path).unlink()
        else:
            write(root / path, text)
        for name in root.rglob("undated.md"):
            os.utime(name, (1_763_700_000, 1_763_700_000))
        state = bench.build()
        assert state.problems == ()
        empty = tmp_path / str(number)
        empty.mkdir()
        if (root / "sources").exists():
            (empty / "sources").symlink_to(root / "sources")
        clean = from_scratch(root, empty)
        assert shown(state) == {name: body for name, body in clean.items() if name != ".publish.json"}


def test_a_file_that_keeps_its_size_and_time_is_read_when_it_is_named(tmp_path: Path) -> None:
    root = make(tmp_path)
    bench = workshop(root)
    bench.build()
    file = root / "content" / FERRY
    before = file.stat()
    write(file, ARTICLES[FERRY].replace("forty-one", "forty-six"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert b"forty-six" in shown(bench.build([file.resolve()]))["2026/11/ferry/index.html"]


def test_a_page_is_as_old_as_its_content(tmp_path: Path) -> None:
    root = make(tmp_path)
    moments = [NOW.replace(hour=hour) for hour in (6, 7, 8)]
    now = [moments[0]]
    bench = Workshop(Wanted(root, None, {}), lambda: now[0])

    def times() -> tuple[datetime, datetime]:
        snapshot = bench.build().snapshot
        assert snapshot
        paths = ("2026/11/ferry/index.html", "2026/11/timetable/index.html")
        first, second = (snapshot.files[path].modified() for path in paths)
        return first, second

    assert times() == (moments[0], moments[0])
    now[0] = moments[1]
    write(root / "content" / FERRY, ARTICLES[FERRY].replace("forty-one", "forty-two"))
    assert times() == (moments[1], moments[0])
    now[0] = moments[2]
    assert times() == (moments[1], moments[0])


def test_problems_leave_the_last_good_site(tmp_path: Path) -> None:
    root = make(tmp_path)
    bench = workshop(root)
    good = bench.build()
    write(root / "content" / FERRY, "---\ntitle: [\n---\n")
    write(root / "content" / "other.md", "---\ndate: never\n---\nText.\n")
    bad = bench.build()
    assert (bad.version, bad.snapshot) == (good.version, good.snapshot)
    assert {problem.where.partition(":")[0] for problem in bad.problems} == {
        f"content/{FERRY}",
        "content/other.md",
    }
    write(root / "publish.toml", "titel = 'x'")
    assert "titel" in str(bench.build().problems[0])
    write(root / "publish.toml", CONFIGURATION)
    write(root / "content" / FERRY, ARTICLES[FERRY])
    (root / "content" / "other.md").unlink()
    assert bench.build().problems == ()


def test_a_sweep_finds_mistakes_on_pages_that_nobody_has_asked_for(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / "templates" / "article.html", "{{ nothing_of_the_kind }}")
    bench = workshop(root)
    state = bench.build()
    assert state.problems == ()
    swept = bench.sweep(state, threading.Event())
    assert [problem.where for problem in swept.problems] == ["templates/article.html:1"]
    assert swept.version == state.version
    stopped = threading.Event()
    stopped.set()
    assert bench.sweep(swept, stopped) is swept


def test_a_page_that_cannot_be_made_says_where(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / "templates" / "article.html", "{% if %}")
    with pytest.raises(PublishError, match=r"templates/article\.html:1"):
        shown(workshop(root).build())
