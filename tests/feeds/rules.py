"""The house rules of feeds, asked of the checker that lies beside this repository, if it does."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from publisher.model import Output

SHARED = Path(__file__).parents[3] / "shared"
CHECKER = SHARED / "tools" / "feed_rules.py"
GOLD = SHARED / "lines" / "dev"
needs_checker = pytest.mark.skipif(not CHECKER.is_file(), reason="the checker is not here")
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled pages are not here")
# One process for all files: it tells each file's broken rules as JSON.
_EACH = """
import contextlib, io, json, runpy, sys
checker, *files = sys.argv[1:]
found = {}
for file in files:
    sys.argv = [checker, file]
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        runpy.run_path(checker, run_name="__main__")
    found[file] = said.getvalue().splitlines()[:-1]
print(json.dumps(found))
"""


def is_feed(path: str) -> bool:
    """Also an archive."""
    folder, _, name = path.rpartition("/")
    return name.startswith("feed.") or folder == "feed" or folder.endswith("/feed")


def broken(folder: Path, outputs: Iterable[Output]) -> dict[str, list[str]]:
    """The rules that each feed breaks, by path; `folder` is for the files."""
    paths = {}
    for number, output in enumerate(output for output in outputs if is_feed(output.path)):
        file = folder / f"feed-{number}{Path(output.path).suffix}"
        file.write_bytes(output.content)
        paths[str(file)] = output.path
    assert paths
    command = [sys.executable, "-c", _EACH, str(CHECKER), *paths]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return {paths[file]: rules for file, rules in json.loads(told).items() if rules}
