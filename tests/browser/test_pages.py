"""One page of each type of the demo, in a real browser and in the HTML checker; issues are mails, not pages.

axe-core looks for faults of accessibility, at two widths, light and dark; the Nu checker (vnu) for faults
of HTML. Both come from npm (`make checkers`); without them, or without Chromium or Java, this is skipped.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from publisher.work.building import build
from publisher.work.place import open_place
from publisher.work.site import Choice

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ROOT = HERE.parents[1]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo publication, built."""
    root = tmp_path_factory.mktemp("demo")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    build(open_place(root, None, {}), Choice(NOW))
    return root / "site"


def kinds(site: Path) -> list[str]:
    """The address of one page of each type: by its template's mark in the folders of the site."""
    articles = sorted(path for path in site.glob("2*/*/*/index.html"))
    found = [site / "index.html", site / "404.html", *articles[:2], *sorted(site.glob("2*/index.html"))[:1]]
    for folder in ("section", "tag", "author", "archive", "newsletter", "search", "page", "about"):
        found += sorted((site / folder).rglob("index.html"))[:2]
    issue = site / "newsletter"
    return [
        path.relative_to(site).as_posix()
        for path in found
        if path.is_file() and not (path.is_relative_to(issue) and path.parent != issue)
    ]


@pytest.fixture(params=[(scheme, size) for scheme in ("light", "dark") for size in (NARROW, WIDE)], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme, size = request.param
    # the checker is a script of its own, which the pages' policy would rightly refuse
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (make checkers)")
def test_nothing_stands_in_a_readers_way(demo: Path, page: Page, serve: Callable[[Path], str]) -> None:
    address, script = serve(demo), AXE.read_text("utf-8")
    faults = []
    for name in kinds(demo):
        page.goto(f"{address}/{name}")
        page.evaluate(script)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        faults += [
            (name, fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append((name, "scrolls sideways", []))
    assert len(kinds(demo)) >= 8
    assert faults == []


@pytest.mark.skipif(not VNU.is_file() or not shutil.which("java"), reason="the Nu checker is not installed")
def test_the_html_is_right(demo: Path) -> None:
    done = subprocess.run(
        ["java", "-Xss1m", "-jar", str(VNU), "--format", "json", *(str(demo / name) for name in kinds(demo))],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = [
        (message.get("url"), message.get("lastLine"), message["message"])
        for message in json.loads(done.stderr)["messages"]
    ]
    # in a file nothing is of the page's own host; in the browser above the policy blocks nothing
    assert [each for each in messages if "violates Content Security Policy" not in each[2]] == []
