"""The disk is full, or fails, in the middle of sending: nobody gets it twice once there is room again."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.post.servers import Script, server
from tests.work.lists import ledger, make_list, sql, states

REPOSITORY = Path(__file__).parents[2]
READERS = 150


def send(root: Path, *before: str) -> subprocess.CompletedProcess[str]:
    own = [sys.executable, "-m", "publisher", "-C", str(root), "send", "--yes", "--now", "2026-11-21T06:00Z"]
    return subprocess.run(
        [*before, *own],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def audit(root: Path, script: Script) -> None:
    """Nobody twice, nobody `sent` who was not taken; everybody is settled, or in doubt by name."""
    copies = Counter(taken.recipient for taken in script.taken)
    assert set(copies.values()) <= {1}
    rows = sql(
        ledger(root),
        "SELECT s.address, d.state FROM deliveries d JOIN subscribers s ON s.id = d.subscriber",
    )
    found = {str(address): str(state) for address, state in rows}
    assert all(found[who] in {"sent", "sending", "unknown"} for who in copies)
    assert all(copies[who] for who, state in found.items() if state == "sent")


@pytest.mark.parametrize("pages", [3, 12, 40])
def test_a_limit_on_the_size_of_files(tmp_path: Path, pages: int) -> None:
    """SQLite meets the limit (EFBIG) in its log, as it would a full disk."""
    with server() as script:
        root = make_list(tmp_path, script.port, READERS)
        size = ledger(root).stat().st_size
        limit = f'ulimit -f {(size + pages * 4_096) // 1_024}; exec "$@"'
        done = send(root, "bash", "-c", limit, "bash")
        assert done.returncode in {2, 75}, done.stderr
        assert "Traceback" not in done.stderr
        audit(root, script)
        again = send(root)
        assert again.returncode in {0, 75}
        audit(root, script)
        assert set(states(root)) <= {"sent", "unknown"}
        assert states(root).get("unknown", 0) <= 3


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize(
    ("call", "error", "when"),
    [("pwrite64", "ENOSPC", 40), ("pwrite64", "EIO", 60), ("fdatasync", "EIO", 8), ("pwrite64", "ENOSPC", 5)],
)
def test_a_write_that_fails(tmp_path: Path, call: str, error: str, when: int) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port, READERS)
        inject = f"inject={call}:error={error}:when={when}+"
        done = send(root, "strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        assert done.returncode in {2, 75}, done.stderr
        assert "Traceback" not in done.stderr
        audit(root, script)
        assert send(root).returncode in {0, 75}
        audit(root, script)
        assert set(states(root)) <= {"sent", "unknown"}
