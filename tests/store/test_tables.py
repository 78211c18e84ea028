"""The cleaner's tables, kept from build to build: the same findings with them, and without."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.clean.books import lexicon
from publisher.clean.scorer.idioms import idioms
from publisher.clean.tables import vocabulary
from publisher.store.tables import save

REPOSITORY = Path(__file__).parents[2]
# What another process says of a line, and which tables it had to make itself.
SAYS = """
import sys
from pathlib import Path
from publisher.clean import prepared
from publisher.clean.books import lexicon
from publisher.clean.phrases import grade
from publisher.clean.tables import vocabulary
from publisher.store.tables import load
load(Path(sys.argv[1]))
said = grade("Subscribe"), vocabulary("related", "prefixes")[:3], len(lexicon().whole)
print(said, prepared.pack() is None)
"""


def says(state: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SAYS, str(state)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    return done.stdout.strip()


def test_kept_tables_say_what_new_ones_do(tmp_path: Path) -> None:
    made = says(tmp_path)
    assert made.endswith("False")
    lexicon(), vocabulary("related", "prefixes"), idioms(("subscribe",))
    save(tmp_path)
    assert says(tmp_path) == made.removesuffix("False") + "True"


@pytest.mark.parametrize("keep", [0, 10, 32, 5_000, -1])
def test_a_damaged_file_counts_for_nothing(tmp_path: Path, keep: int) -> None:
    lexicon()
    save(tmp_path)
    whole = (tmp_path / "tables").read_bytes()
    (tmp_path / "tables").write_bytes(whole[:keep])
    assert says(tmp_path).endswith("False")


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    lexicon()
    save(tmp_path)
    raw = bytearray((tmp_path / "tables").read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "tables").write_bytes(raw)
    assert says(tmp_path).endswith("False")


def test_saving_twice_writes_once(tmp_path: Path) -> None:
    lexicon()
    save(tmp_path)
    before = (tmp_path / "tables").stat()
    save(tmp_path)
    assert (tmp_path / "tables").stat().st_ino == before.st_ino
