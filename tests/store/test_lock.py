"""One run at a time, however the other one ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.errors import Locked, PublishError
from publisher.store.lock import hold

HOLD = """
import os, sys, time
from pathlib import Path
from publisher.store.lock import hold
with hold(Path(sys.argv[1])):
    child = os.fork() if len(sys.argv) > 2 else None
    if child != 0 and len(sys.argv) > 2:
        time.sleep(60)
    print(os.getpid(), flush=True)
    time.sleep(60)
    os._exit(0)
"""


def holder(path: Path, *more: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, path, *more], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_the_second_run_is_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / ".publish" / "lock"
    process, _ = holder(path)
    try:
        with (
            pytest.raises(Locked, match=rf"another run is at work \(process {process.pid}\)") as caught,
            hold(path),
        ):
            pytest.fail("held twice")
        assert caught.value.exit_code == 5
    finally:
        kill(process)
    with hold(path):
        assert path.read_text() == f"{os.getpid()}\n"


def test_a_forked_worker_does_not_keep_the_lock_of_a_killed_parent(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process, child = holder(path, "fork")
    try:
        process.kill()
        process.wait()
        with hold(path):
            assert path.read_text() == f"{os.getpid()}\n"
    finally:
        os.kill(int(child), signal.SIGKILL)
        process.communicate()


def test_it_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(tmp_path / "lock"):
        raise ZeroDivisionError
    with hold(tmp_path / "lock"), pytest.raises(Locked), hold(tmp_path / "lock"):
        pytest.fail("held twice")


def test_a_note_of_a_dead_process_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("not a number")
    with hold(tmp_path / "lock"), pytest.raises(Locked) as caught, hold(tmp_path / "lock"):
        pytest.fail("held twice")
    assert str(os.getpid()) in caught.value.message


def test_where_no_lock_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="lock file"), hold(tmp_path / "file" / "lock"):
        pytest.fail("held")
