"""Feeds of hostile articles: nothing that the W3C validator or the house rules would find; formats agree."""

from pathlib import Path

import pytest
from lxml import etree

from publisher.feeds.verify import feed_findings
from publisher.feeds.xml import atom, rss
from publisher.model import Output
from tests.feeds.agreement import read
from tests.feeds.hostile import CONFIGURATION, make_hostile, site_of
from tests.feeds.rules import broken, is_feed, needs_checker
from tests.feeds.samples import as_rss, entry, told
from tests.feeds.w3c import complaints
from tests.work.projects import write

PICTURE = "---\ntitle: One\ndate: 2026-11-10\nid: o\n---\n\n![The quay](https://pictures.example.com/q.jpg)\n"
EMPTY = "---\ntitle: Empty\ndate: 2026-11-10\nid: e\n---\n"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Output, ...]:
    root = tmp_path_factory.mktemp("hostile")
    site = site_of(make_hostile(root, {"news/one.md": PICTURE, "news/empty.md": EMPTY}))
    assert [(entry.card.path, reason) for entry, reason in site.withheld] == [("news/empty.md", "empty")]
    return tuple(output for output in site.outputs if is_feed(output.path))


def test_the_validator_has_nothing_to_say(outputs: tuple[Output, ...]) -> None:
    feeds = [output for output in outputs if output.path.endswith((".xml", ".atom"))]
    assert len(feeds) > 30
    assert {each.path: found for each in feeds if (found := complaints(each.content))} == {}
    assert list(feed_findings(outputs)) == []


@needs_checker
def test_the_house_rules_hold(tmp_path: Path) -> None:
    root = make_hostile(tmp_path)
    write(root / "publish.toml", CONFIGURATION.replace("[feed]", "[feed]\nleast = 20"))
    assert broken(tmp_path, site_of(root).outputs) == {}


def test_the_formats_agree_in_everything(outputs: tuple[Output, ...]) -> None:
    found = {output.path: output.content for output in outputs}
    stems = {path.rpartition(".")[0] for path in found}
    assert len(found) == 3 * len(stems)
    for stem in stems:
        rows = [read(found[f"{stem}.{ending}"]) for ending in ("xml", "atom", "json")]
        assert rows[0] == rows[1] == rows[2]
        assert rows[0]


def test_a_vast_body() -> None:
    vast = told(entry(1, html="<p>" + "A sentence of it. " * 120_000 + "</p>"), entry(2))
    for content in (rss(vast), atom(vast)):
        assert len(content) > 2_000_000
        assert len(list(etree.fromstring(content, etree.XMLParser(huge_tree=True)).iter())) > 20


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ((b"isPermaLink=\"false\"", b""), "InvalidPermalink"),
        ((b"urn:example:0", b"urn:example"), "InvalidFullLink"),
        ((b"+0200", b"+0245"), "InvalidDate"),
        ((b"<title>Ferry vote", b"<title>Ferry &lt;/b&gt; vote"), "ContainsHTML"),
        ((b"The council voted.", b"The &lt;bdo&gt; voted."), "SecurityRisk"),
        ((b"The council voted.", b"The &lt;a href='/x'&gt; voted."), "ContainsRelRef"),
        ((b"The council voted.", b"The &lt;p&gt;&lt;/i&gt; voted."), "NotHtml"),
        ((b"Ferry vote", b"Ferry \xef\xbf\xbd vote"), "BadCharacters"),
        ((b"<width>144", b"<width>192"), "ImageTitleDoesntMatch"),
    ],
)  # fmt: skip
def test_the_validators_reading_finds_what_it_is_there_for(
    change: tuple[bytes, bytes], complaint: str
) -> None:
    sound = as_rss(entry())
    assert change[0] in sound
    assert complaints(sound) == []
    assert any(complaint in each for each in complaints(sound.replace(*change)))
