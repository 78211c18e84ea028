"""Feeds of three hundred articles as newspapers write them; skipped where the pages are not at hand."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publisher.model import Output
from publisher.render.text import words
from tests.feeds.agreement import read
from tests.feeds.hostile import site_of
from tests.feeds.rules import GOLD, broken, is_feed, needs_checker, needs_gold
from tests.feeds.w3c import complaints
from tests.work.projects import write

pytestmark = [needs_checker, needs_gold]
CONFIGURATION = """\
title = "Three hundred"
description = "What they wrote"
base_url = "https://gold.example.org"
rights = "CC BY 4.0"
search = { enabled = false }
[feed]
hub = "https://hub.example.org/"
"""


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Output]:
    root = tmp_path_factory.mktemp("gold")
    write(root / "publish.toml", CONFIGURATION)
    pages = [json.loads(file.read_text("utf-8")) for file in sorted(GOLD.glob("*.json"))]
    for number in range(300):
        write(root / f"content/a{number:03}.md", _article(number, pages[number % len(pages)]))
    return {output.path: output for output in site_of(root).outputs if is_feed(output.path)}


def _article(number: int, page: dict[str, str]) -> str:
    date = datetime(2026, 1, 1, 8, tzinfo=UTC) + timedelta(hours=number)
    head = {
        "title": page["title"],
        "date": date.isoformat(),
        "section": ("World", "Town", "Sport")[number % 3],
        "tags": [page["group"]],
        "author": "Ada Berg",
        "id": f"urn:example:gold:{number}",
        "language": page["lang"] or "en",
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items())
    return "\n".join(["---", *lines, "---", "", page["gold"], ""])


def test_no_rule_is_broken(tmp_path: Path, feeds: dict[str, Output]) -> None:
    """The checker counts words by spaces: Japanese bodies that it finds short are whole, by characters."""
    found = broken(tmp_path, feeds.values())
    assert {rule.split(":")[0] for rules in found.values() for rule in rules} <= {"R25 full body"}
    assert len(found) <= 6
    short = [row for path in found for row in read(feeds[path].content) if len(str(row["text"]).split()) < 15]
    assert all(words(str(row["text"])) > 200 for row in short)


def test_the_validator_has_nothing_to_say(feeds: dict[str, Output]) -> None:
    recent = [output for path, output in feeds.items() if path in {"feed.xml", "feed.atom", "feed/3.atom"}]
    assert [complaints(output.content) for output in recent] == [[], [], []]


def test_summaries_are_long_enough_for_partners(feeds: dict[str, Output]) -> None:
    """Three hundred characters, where the article has clearly more."""
    rows = [row for path, output in feeds.items() if path.endswith("json") for row in read(output.content)]
    short = {str(row["id"]) for row in rows if len(str(row["summary"])) < 300 and len(str(row["text"])) > 900}
    assert len(short) <= 3
