"""Each step of the daily run fails in turn: it says where, what, how to mend; the others go on.

Once that is mended the next run finishes what is due. The exit codes are those of docs/operating.md.
"""

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.faults.steps import (
    NOW,
    PARTS,
    READERS,
    STEPS,
    Stage,
    cut_off_rsync,
    fill,
    small_disk,
    staged,
    whole,
)
from tests.fetch.hubs import hub
from tests.post.servers import STALL, Script, server
from tests.work.lists import ledger
from tests.work.projects import write

LATER = NOW + timedelta(minutes=30)
Act = Callable[[Stage], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with readers that was never run: each test takes a copy."""
    folder = tmp_path_factory.mktemp("steps")
    with server() as script, hub() as told:
        return staged(folder, script, told).folder


@pytest.fixture
def stage(made: Path, tmp_path: Path) -> Iterator[Stage]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    with server(Script(offers=("SIZE 10000000", "AUTH PLAIN"))) as script, hub() as told:
        found = Stage(tmp_path, script, told)
        found.configure()
        yield found


def says(step: str, said: str) -> Act:
    def act(stage: Stage) -> None:
        stage.script.say = lambda where, _: said if where == step else ""

    return act


def heals(stage: Stage) -> None:
    stage.script.say = lambda _step, _argument: ""
    stage.configure()


def configures(**parts: str) -> Act:
    return lambda stage: stage.configure(**parts)


def writes(path: str, text: str) -> Act:
    return lambda stage: write(stage.root / path, text)


def removes(path: str) -> Act:
    return lambda stage: (stage.root / path).unlink()


def refuses_login(stage: Stage) -> None:
    (stage.root / "password").write_text("PUBLISH_RELAY_MAIN_PASSWORD=wrong\n")
    (stage.root / "password").chmod(0o600)
    stage.configure(relays=f'{PARTS["relays"]}user = "ana"\nsecrets = "password"\n')
    says("AUTH", "535 5.7.8 bad credentials")(stage)


def damages(stage: Stage) -> None:
    path = ledger(stage.root)
    shutil.copy(path, stage.folder / "sound")
    raw = bytearray(path.read_bytes())
    raw[4_096:12_000] = os.urandom(12_000 - 4_096)
    path.write_bytes(raw)


def restores(stage: Stage) -> None:
    shutil.copy(stage.folder / "sound", ledger(stage.root))


@dataclass(frozen=True)
class Fault:
    """What is broken and mended, the exit code, which steps fail (None: left out), what is said.

    `steps`: all that the run takes, fewer only to save time.
    """

    breaks: Act
    mends: Act
    code: int
    failed: dict[str, int | None]
    says: tuple[str, ...]
    steps: tuple[str, ...] = STEPS


MAILING = ("digest", "send")
SHOWING = ("digest", "build", "deploy", "send")
NO_PORT = "127.0.0.1:9"
FAULTS = {
    "relay down": Fault(
        configures(relays=PARTS["relays"].replace("{port}", "9")),
        heals,
        75,
        {"send": 75},
        ("stopped: relay main: no connection", "goes on where it stopped", "publish doctor"),
    ),
    "relay stalls": Fault(
        says("DATA", STALL),
        heals,
        75,
        {"send": 75},
        ("stopped: relay main: no answer in 2 seconds",),
        MAILING,
    ),
    "login refused": Fault(
        refuses_login,
        heals,
        75,
        {"send": 75},
        ("stopped: relay main: AUTH: 535 5.7.8 bad credentials", "publish doctor"),
        MAILING,
    ),
    "TLS stripped": Fault(
        configures(relays=PARTS["relays"].replace('"none"', '"starttls"')),
        heals,
        75,
        {"send": 75},
        ("offers no STARTTLS, or somebody on the line hides that it does",),
        MAILING,
    ),
    "broken article": Fault(
        writes("content/broken.md", "---\ntitle: Broken\ndate: soon\n---\n\nA date that is none.\n"),
        removes("content/broken.md"),
        2,
        {"digest": 2, "build": 2, "deploy": None, "send": None},
        ("content/broken.md:3: date: 'soon' is not a date; write 2026-11-20", "left out, as build failed"),
        SHOWING,
    ),
    "broken template": Fault(
        writes("templates/article.html", "{% if %}"),
        removes("templates/article.html"),
        2,
        {"build": 2, "deploy": None, "send": None},
        ("templates/article.html:1: template:",),
        SHOWING,
    ),
    "broken configuration": Fault(
        configures(more="[sendng]\npatience = 1\n"),
        heals,
        2,
        {},
        ("publish.toml:", "unknown key 'sendng' (did you mean 'sending'?)"),
        MAILING,
    ),
    "broken newsletter file": Fault(
        writes("content/newsletter/2026-11-21.md", "---\nlead: nowhere.md\n---\n\nGood morning.\n"),
        removes("content/newsletter/2026-11-21.md"),
        2,
        {"digest": 2, "send": None},
        ("content/newsletter/2026-11-21.md:2: lead: this issue holds no article 'nowhere.md'",),
        ("digest", "build", "send"),
    ),
    "target gone": Fault(
        lambda stage: write(stage.www, "a file where the folder should be"),
        lambda stage: stage.www.unlink(),
        2,
        {"deploy": 2, "send": None},
        ("publish deploy (exit code 2)", "www", "a file, not a folder"),
        SHOWING,
    ),
    "rsync gone": Fault(
        configures(deploy=f'[deploy.live]\nkind = "rsync"\nto = "rsync://{NO_PORT}/www"\n'),
        heals,
        75,
        {"deploy": 75, "send": None},
        (f"rsync://{NO_PORT}/www/", "publish deploy goes on from there"),
        SHOWING,
    ),
    "hub gone": Fault(
        configures(feed=f'[feed]\nhub = "http://{NO_PORT}/hub"\n'),
        heals,
        75,
        {"ping": 75},
        (f"http://{NO_PORT}/hub: the hub cannot be told", "the same command tells the rest"),
        ("digest", "build", "ping", "send"),
    ),
    "mailbox unreachable": Fault(
        configures(bounces=f'[bounces]\nmailbox = "imap://ana@{NO_PORT}"\nsecrets = "password"\n'),
        heals,
        75,
        {"bounces": 75},
        (f"{NO_PORT}: the mail server cannot be reached", "try again later"),
        ("bounces", "digest", "send"),
    ),
    "ledger damaged": Fault(
        damages,
        restores,
        2,
        {"digest": 2, "build": 2, "send": None},
        ("ledger.sqlite: the ledger is damaged", "put a backup in its place"),
        ("digest", "build", "send"),
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_step_that_fails(name: str, stage: Stage) -> None:
    fault = FAULTS[name]
    (stage.root / "password").write_text("PUBLISH_BOUNCES_PASSWORD=hush\n")
    (stage.root / "password").chmod(0o600)
    stage.takes(*fault.steps)
    fault.breaks(stage)
    told = stage.daily()
    assert (told.code, told.failed()) == (fault.code, fault.failed), told.said
    assert all(words in told.said for words in fault.says), told.said
    assert tuple(told.steps) in (fault.steps, ())
    fault.mends(stage)
    told = stage.daily(LATER)
    assert (told.code, told.failed(), told.said) == (0, {}, "")
    whole(stage)


@pytest.mark.parametrize("name", ["state", "site", "www"])
def test_a_disk_that_is_full(name: str, stage: Stage) -> None:
    """Of the state: nothing is frozen; of the site: the old one stays; of the target: no mail leads there."""
    stage.takes(*SHOWING)
    folder, failed = {
        "state": (stage.root / ".publish", {}),
        "site": (stage.root / "site", {"build": 2, "deploy": None, "send": None}),
        "www": (stage.www, {"deploy": 2, "send": None}),
    }[name]
    with small_disk(folder, "3m"):
        filler = fill(folder, 30_000 if name == "www" else 0)
        told = stage.daily()
        assert told.code == 2
        assert "the disk is full (free some space and run again)" in told.said
        assert told.failed() == failed  # a run that could not be written down left nothing to compare
        assert stage.script.taken == []
        filler.unlink()
        told = stage.daily(LATER)
        assert (told.code, told.said) == (0, "")
        whole(stage)


def test_a_disk_that_is_full_while_it_is_sent(stage: Stage) -> None:
    """Who was told of on the wire and not in the ledger is in doubt, by name, and gets it no second time."""
    stage.takes(*MAILING)
    state = stage.root / ".publish"
    with small_disk(state, "3m"):
        at = iter([""] * 4 + ["now"])

        def say(step: str, _: str) -> str:
            if step == "RCPT" and next(at, ""):
                fill(state)
            return ""

        stage.script.say = say
        told = stage.daily()
        assert told.code == 2
        assert "publish send (exit code 2): error" in told.said
        assert "ledger.sqlite: the ledger: database or disk is full" in told.said
        (state / "filler").unlink()
        told = stage.daily(LATER)
        doubted = stage.states().get("unknown", 0)
        assert told.said.count("  in doubt: r") == doubted
        assert told.code == (75 if doubted else 0)
        assert stage.states().get("sent") == READERS - doubted
        assert max(stage.copies().values()) == 1
        assert stage.copies().total() >= READERS - doubted


def test_a_state_that_cannot_be_written(stage: Stage) -> None:
    stage.takes(*MAILING)
    state = stage.root / ".publish"
    with small_disk(state, "3m"):
        subprocess.run(["mount", "-o", "remount,ro", state], check=True)
        told = stage.daily()
        assert told.code == 2
        assert ".publish/daily.lock: cannot open the lock file: the file system is read-only" in told.said
        subprocess.run(["mount", "-o", "remount,rw", state], check=True)
        assert stage.daily(LATER).code == 0
        whole(stage)


def test_a_target_that_cannot_be_written(stage: Stage) -> None:
    stage.takes(*SHOWING)
    with small_disk(stage.www, "3m"):
        subprocess.run(["mount", "-o", "remount,ro", stage.www], check=True)
        told = stage.daily()
        assert (told.code, told.failed()) == (2, {"deploy": 2, "send": None})
        assert "the file system is read-only" in told.said
        subprocess.run(["mount", "-o", "remount,rw", stage.www], check=True)
        assert stage.daily(LATER).code == 0
        whole(stage)


@pytest.mark.parametrize("room", [0, 1])
def test_a_backup_without_room(room: int, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    shelf = stage.folder / "shelf"
    with small_disk(shelf, "1m"):
        # Not even the copy of the ledger fits, or that and nothing more.
        filler = fill(shelf, room * ledger(stage.root).stat().st_size + 8_192)
        assert main(["-C", str(stage.root), "backup", str(shelf)]) == 2
        said = capsys.readouterr().err
        assert "cannot write the backup: the disk is full" in said
        assert str(shelf) in said
        assert [file.name for file in shelf.iterdir()] == ["filler"]
        filler.unlink()
        assert main(["-C", str(stage.root), "backup", str(shelf)]) == 0


def test_a_ledger_that_another_program_keeps_for_seconds(stage: Stage) -> None:
    """As long as a large import merges: it is waited for."""
    stage.takes(*MAILING)
    kept = threading.Event()

    def keep() -> None:
        with closing(sqlite3.connect(ledger(stage.root), isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            kept.set()
            time.sleep(7)

    other = threading.Thread(target=keep)
    other.start()
    kept.wait()
    told = stage.daily()
    assert (told.code, told.said) == (0, "")
    other.join()
    whole(stage)


def test_a_clock_that_goes_back(stage: Stage) -> None:
    """The issue of a day to come keeps the next from being made, until its owner mends that."""
    stage.takes(*MAILING)
    assert stage.daily(NOW + timedelta(days=3)).code == 0
    stage.article("bell", "2026-11-21")
    told = stage.daily()
    assert (told.code, told.failed()) == (2, {"digest": 2, "send": None})
    assert "newsletter daily: its issue of 2026-11-24" in told.said
    assert "publish digest --mend-clock" in told.said
    assert len(stage.script.taken) == READERS
    arguments = ["digest", "--mend-clock", "--now", NOW.isoformat()]
    assert main(["-C", str(stage.root), "-q", *arguments]) == 0
    assert stage.daily(LATER).code == 0
    assert stage.daily(LATER).code == 0
    assert set(stage.copies().values()) == {2}
    messages = [each.message for each in stage.script.taken]
    assert [b"Test Ledger: bell" in each for each in messages] == [False] * READERS + [True] * READERS
    assert stage.daily(NOW + timedelta(days=1)).code == 0


def test_a_target_that_goes_in_the_middle(stage: Stage) -> None:
    """rsync is cut off after some kilobytes; the old pages stay, the next run brings the rest."""
    with ExitStack() as stack:
        stage.takes(*SHOWING)
        port, healed = cut_off_rsync(stack, stage.www, 40_000)
        stage.configure(deploy=f'[deploy.live]\nkind = "rsync"\nto = "rsync://127.0.0.1:{port}/www"\n')
        told = stage.daily()
        assert (told.code, told.failed()) == (75, {"deploy": 75, "send": None}), told.said
        assert "publish deploy goes on from there" in told.said
        assert not (stage.www / "index.html").exists()
        healed.set()
        told = stage.daily(LATER)
        assert (told.code, told.said) == (0, "")
        whole(stage)
