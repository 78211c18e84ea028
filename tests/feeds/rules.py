"""The house rules of feeds, asked of the checker that lies beside this repository, if it does."""

import contextlib
import io
import runpy
import sys
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import pytest

from publisher.model import Output

SHARED = Path(__file__).parents[3] / "shared"
CHECKER = SHARED / "tools" / "feed_rules.py"
GOLD = SHARED / "lines" / "dev"
needs_checker = pytest.mark.skipif(not CHECKER.is_file(), reason="the checker is not here")
needs_gold = pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled pages are not here")


def broken(folder: Path, outputs: Iterable[Output]) -> dict[str, str]:
    """What the checker says of each feed that breaks a rule, by path."""
    found = {}
    for output in outputs:
        name = output.path.rpartition("/")[2]
        parts = output.path.split("/")
        if not (name.startswith("feed.") or "feed" in parts[:-1]) or name.endswith((".html", ".opml")):
            continue
        file = folder / f"feed{Path(name).suffix}"
        file.write_bytes(output.content)
        if said := _said(file):
            found[output.path] = said
    return found


def _said(file: Path) -> str:
    said = io.StringIO()
    with patch.object(sys, "argv", ["feed_rules", str(file)]), contextlib.redirect_stdout(said):
        try:
            runpy.run_path(str(CHECKER), run_name="__main__")
        except SystemExit as end:
            return said.getvalue() if end.code else ""
    return said.getvalue()
