"""The unattended run: in order, as far as it goes, once at a time; a killed one is finished by the next."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from publisher.cli.main import main
from publisher.store.diary import Run, read_runs, write_run
from publisher.store.ledger import Ledger
from publisher.store.lock import hold
from publisher.work.daily import is_due, steps
from publisher.work.place import open_place
from tests.post.servers import Script, server
from tests.work.lists import make_list
from tests.work.projects import CONFIGURATION, make, write

NOW = "2026-11-21T06:00+01:00"
BROKEN = "---\ntitle: Broken\ndate: soon\nid: urn:broken\n---\n\nThis one has a date that is none.\n"
DEPLOY = '[deploy.live]\nto = "../www"\n'


def publication(folder: Path, more: str = DEPLOY) -> Path:
    return make(folder / "news", configuration=CONFIGURATION + more)


def daily(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "publisher", "-C", str(root), "daily", "--now", NOW, *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_configuration_says_what_there_is_to_do(tmp_path: Path) -> None:
    def named(more: str) -> list[str]:
        root = make(tmp_path, configuration=CONFIGURATION + more)
        return [
            " ".join((step.name, *step.arguments)) for step in steps(open_place(root, None, {}).publication)
        ]

    assert named("") == ["build"]
    several = '[deploy.a]\nto = "a"\n[deploy.b]\nto = "b"\n[feed]\nhub = "https://hub.example.org/"\n'
    sender = '[newsletter]\nsender = "news@ledger.example.org"\n'
    assert named(several + sender) == ["digest", "build", "deploy a", "deploy b", "ping"]
    relay = '[relays.main]\nhost = "smtp.example.org"\n[bounces]\nmailbox = "maildir:/var/mail/b"\n'
    assert named(sender + relay) == ["bounces", "digest", "build", "send --yes"]
    assert named('[daily]\nsteps = ["send", "build", "check"]\n') == ["check", "build", "send --yes"]


def test_all_is_done_and_nothing_said(tmp_path: Path) -> None:
    root = publication(tmp_path)
    done = daily(root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "www" / "index.html").read_bytes() == (root / "site" / "index.html").read_bytes()
    (run,) = read_runs(root / ".publish" / "daily.jsonl")
    assert run.done
    assert [outcome.step for outcome in run.outcomes] == ["build", "deploy"]


def test_what_fails_is_told_and_keeps_the_rest_from_going_out(tmp_path: Path) -> None:
    root = publication(tmp_path)
    write(root / "content" / "broken.md", BROKEN)
    done = daily(root)
    assert done.returncode == 2
    assert "publish build (exit code 2): error: content/broken.md:3" in done.stderr
    assert "publish deploy: left out, as build failed" in done.stderr
    assert not (tmp_path / "www").exists()
    (root / "content" / "broken.md").unlink()
    assert daily(root).returncode == 0
    assert [run.done for run in read_runs(root / ".publish" / "daily.jsonl")] == [False, True]


def test_a_target_that_is_gone_is_tried_again(tmp_path: Path) -> None:
    root = publication(tmp_path, '[deploy.live]\nto = "../gone/www"\n')
    write(tmp_path / "gone", "a file where the folder should be")
    first = daily(root)
    assert first.returncode != 0
    assert "publish deploy" in first.stderr
    (tmp_path / "gone").unlink()
    assert daily(root, "--due").returncode == 0
    assert (tmp_path / "gone" / "www" / "index.html").exists()


def test_it_is_due_once_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = publication(tmp_path, '[daily]\nat = "06:00"\n')

    def asked(now: str) -> int:
        before = len(read_runs(root / ".publish" / "daily.jsonl"))
        assert main(["-C", str(root), "daily", "--due", "--now", now]) == 0
        return len(read_runs(root / ".publish" / "daily.jsonl")) - before

    asked("2026-11-20T07:00+01:00")
    assert asked("2026-11-21T05:59+01:00") == 0
    assert asked("2026-11-21T06:00+01:00") == 1
    assert asked("2026-11-21T07:00+01:00") == 0
    assert asked("2026-11-22T03:00+01:00") == 0
    assert asked("2026-11-22T23:00+01:00") == 1
    assert capsys.readouterr().err == ""


def test_a_day_is_not_done_by_a_clock_that_was_ahead(tmp_path: Path) -> None:
    root = publication(tmp_path, '[daily]\nat = "06:00"\n')
    diary = root / ".publish" / "daily.jsonl"
    for now in ("2026-11-24T06:00+01:00", "2026-11-21T06:00+01:00"):
        begun = datetime.fromisoformat(now)
        write_run(diary, Run(begun.date(), begun, True, ()))
    place = open_place(root, None, {})
    moments = ("2026-11-21T07:00+01:00", "2026-11-22T06:00+01:00", "2026-11-24T07:00+01:00")
    assert [is_due(place, datetime.fromisoformat(each)) for each in moments] == [False, True, True]


def test_a_given_moment_is_that_of_every_step(tmp_path: Path) -> None:
    later = "---\ntitle: Later\ndate: 2026-11-21T09:00+01:00\n---\n\nAt nine the harbour is open.\n"
    root = publication(
        tmp_path, '[newsletter]\nsender = "news@ledger.example.org"\nunsubscribe = "mailto:l@x.example"\n'
    )
    write(root / "content" / "later.md", later)
    page = root / "site" / "2026" / "later" / "index.html"
    for moment, day, there in ((NOW, "21", False), ("2026-11-22T06:00+01:00", "22", True)):
        assert daily(root, "--now", moment).returncode == 0
        (issue, *_) = reversed(Ledger(root / ".publish" / "ledger.sqlite").issues("daily"))
        assert issue.frozen_at == datetime.fromisoformat(moment)
        assert str(issue.day) == f"2026-11-{day}"
        assert any("later" in str(path) for path in (root / "site").rglob("index.html")) is there, page


def test_what_sending_met_with_is_told(tmp_path: Path) -> None:
    root = tmp_path / "news"
    answers = {"r2@": "450 4.2.1 come back later"}

    def say(step: str, argument: str) -> str:
        return next((said for who, said in answers.items() if step == "RCPT" and who in argument), "")

    with server(Script(say=say)) as script:
        make_list(root, script.port, 3, '[daily]\nsteps = ["send"]\n')
        (root / "content").mkdir()
        done = daily(root)
        assert (done.returncode, done.stdout) == (75, "")
        assert "daily 2026-11-21: 2 sent, 1 to be tried again" in done.stderr
        assert "r2@example.com" in done.stderr
        assert "450 4.2.1 come back later" in done.stderr
        answers.clear()
        done = daily(root, "--now", "2026-11-21T08:00+01:00")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert len(script.taken) == 3


def test_only_one_run_at_a_time(tmp_path: Path) -> None:
    root = publication(tmp_path)
    with hold(root / ".publish" / "daily.lock"):
        assert daily(root).returncode == 5
    assert daily(root).returncode == 0


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.3, 0.9])
def test_a_killed_run_is_finished_by_the_next(tmp_path: Path, sent: signal.Signals, after: float) -> None:
    root = publication(tmp_path)
    command = [sys.executable, "-m", "publisher", "-C", str(root), "daily", "--now", NOW]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    time.sleep(after)
    os.kill(process.pid, sent)
    process.wait()
    deadline = time.monotonic() + 60
    # A step may outlive a killed run; until it ends the next run says so, and is asked again.
    while (done := daily(root)).returncode in {5, 75} and time.monotonic() < deadline:
        time.sleep(0.2)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "www" / "index.html").read_bytes() == (root / "site" / "index.html").read_bytes()


def test_steps_can_be_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(publication(tmp_path)), "daily", "--dry-run"]) == 0
    assert capsys.readouterr().out == "publish build\npublish deploy live\n"
