"""What waits on the disk."""

import gc
import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.store.spool import Spool


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=300), max_size=20))
def test_everything_comes_back_in_any_order_as_often_as_asked(tmp_path: Path, parts: list[bytes]) -> None:
    keep = Spool(tmp_path).keep
    kept = [keep(part) for part in parts]
    assert [ask() for ask in reversed(kept)] == parts[::-1]
    assert [ask() for ask in kept] == parts


def test_no_file_is_seen_and_none_stays_open(tmp_path: Path) -> None:
    ask = Spool(tmp_path).keep(b"something")
    assert not list(tmp_path.iterdir())
    assert ask() == b"something"
    assert len(_opened(tmp_path)) == 1
    del ask
    gc.collect()
    assert not _opened(tmp_path)


def _opened(folder: Path) -> list[str]:
    """The files of a folder that this process has open, also those without a name."""
    targets = [_target(file) for file in Path("/proc/self/fd").iterdir()]
    return [target for target in targets if target.startswith(str(folder))]


def _target(file: Path) -> str:
    """Where a descriptor leads; the one of the listing itself is closed by now."""
    try:
        return str(file.readlink())
    except OSError:
        return ""


def test_what_a_worker_asks_for_is_there(tmp_path: Path) -> None:
    ask = Spool(tmp_path).keep(b"x" * 100_000)
    read, write = os.pipe()
    if not (child := os.fork()):
        os.write(write, b"1" if ask() == b"x" * 100_000 else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 1) == b"1"
    os.close(read)
    os.close(write)
