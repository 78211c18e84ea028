"""What a build loads: nothing that it can do without. Counted in modules, not in milliseconds."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.lazily import lazily
from tests.work.projects import ARTICLES, make, write

REPOSITORY = Path(__file__).parents[1]
NOW = ("build", "--now", "2026-11-21T07:00+01:00")
LOADED = """
import json, sys
from publisher.cli.main import main
code = main(sys.argv[1:])
loaded = [name for name, each in sys.modules.items() if type(each).__name__ != "_LazyModule"]
print(json.dumps(loaded), file=sys.stderr)
sys.exit(code)
"""
# What only some builds need: to compile an article, to make a feed, to draw, to use several processes.
COMPILE = {"publisher.entry", "publisher.clean.catalogue", "publisher.clean.engine", "markdown_it", "yaml"}
NEVER = {
    *(
        "asyncio",
        "concurrent.futures.process",
        "http.client",
        "multiprocessing.context",
        "ssl",
        "urllib.request",
    ),
    *("PIL.Image", "pygments.lexers", "rich"),
}
FEEDS = {"feedgen.feed", "lxml.etree"}
FERRY = "harbour/2026-11-18-ferry.md"


def loaded(root: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "-C", str(root), "-q", *NOW],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("lazily"))
    loaded(root)
    return root


def nothing(root: Path) -> None:
    (root / ".publish/last-build").unlink(missing_ok=True)


def body(root: Path) -> None:
    write(root / "content" / FERRY, ARTICLES[FERRY].replace("six", "nine"))


def template(root: Path) -> None:
    write(root / "templates/404.html", "{% extends 'base.html' %}{% block main %}Gone{% endblock %}\n")


@pytest.mark.parametrize(
    ("change", "without", "most"),
    [(nothing, NEVER | COMPILE | FEEDS, 480), (template, NEVER | COMPILE, 520), (body, NEVER, 720)],
)
def test_what_a_build_loads(root: Path, change: Callable[[Path], None], without: set[str], most: int) -> None:
    loaded(root)
    change(root)
    found = loaded(root)
    assert sorted(without & found) == []
    assert len(found) <= most


def test_a_module_that_is_not_there_is_missed_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        lazily("publisher.nowhere")
