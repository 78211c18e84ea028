"""`check --external`: findings at the right lines, remembered for as long as configured."""

from datetime import timedelta
from pathlib import Path

from publisher.fetch.ask import Asking
from publisher.fetch.links import Manner
from publisher.work.checking import Checked, check, default_choice
from publisher.work.external import with_external
from publisher.work.place import open_place
from tests.fetch.webs import Web, web
from tests.work.projects import NOW, make

MANNER = Manner(Asking("test", seconds=2, private=True), apart=0)


def article(site: Web) -> str:
    return f"""\
---
title: The report
date: 2026-11-20
id: urn:report
canonical_url: {site.address}/original
---

The council has read [the report]({site.address}/report?a=1&b=2) and
[its annex]({site.address}/gone#page-3), which nobody else has.

An [old address]({site.address}/old) of the harbour office is in use again, as <{site.address}/fine> says.
"""


def asked(root: Path, day: int = 0) -> list[tuple[str, tuple[int, ...], str]]:
    place = open_place(root, None, {})
    checked = check(place, (), default_choice(NOW))
    done = with_external(place, checked, NOW + timedelta(days=day), lambda *_: None, MANNER)
    return [(f.code, f.lines, f.message) for each in done for f in each.findings if f.code in OUTSIDE]


OUTSIDE = {"LK006", "LK007", "LK008"}


def test_broken_links_are_found_with_their_lines_and_remembered(tmp_path: Path) -> None:
    with web() as site:
        for path in ("/report?a=1&b=2", "/fine"):
            site.page(path, 200)
        site.page("/old", 301, Location="/fine")
        site.page("/original", 500)
        root = make(tmp_path, {"2026-11-20-report.md": article(site)})
        found = asked(root)
        assert [(code, lines) for code, lines, _ in found] == [
            ("LK007", (5,)),
            ("LK006", (9,)),
            ("LK008", (11,)),
        ]
        assert found[1][2].endswith("/gone answers 404")
        before = len(site.asked)
        assert asked(root) == found
        assert len(site.asked) == before
        assert {path for _, path, _ in site.asked[before:]} == set()
        asked(root, day=1)  # what was down is asked again soon, the rest is still known
        assert {path for _, path, _ in site.asked[before:]} == {"/original"}
        asked(root, day=9)
        assert {path for _, path, _ in site.asked[before:]} >= {"/fine", "/gone", "/old"}


def test_what_is_configured_away_is_not_asked(tmp_path: Path) -> None:
    with web() as site:
        root = make(
            tmp_path,
            {"2026-11-20-report.md": article(site)},
            f'title = "T"\nbase_url = "https://ledger.example.org"\n[links]\nskip = ["{site.address}/"]\n',
        )
        assert asked(root) == []
        assert site.asked == []


def test_a_damaged_memory_is_begun_anew(tmp_path: Path) -> None:
    with web() as site:
        root = make(tmp_path, {"2026-11-20-report.md": article(site)})
        found = asked(root)
        (root / ".publish" / "links.json").write_text('{"schema": 1, "links": {"x": [1]}}')
        assert asked(root) == found


def test_without_being_asked_nothing_is_asked(tmp_path: Path) -> None:
    with web() as site:
        root = make(tmp_path, {"2026-11-20-report.md": article(site)})
        checked: tuple[Checked, ...] = check(open_place(root, None, {}), (), default_choice(NOW))
        assert not {finding.code for each in checked for finding in each.findings} & OUTSIDE
        assert site.asked == []
