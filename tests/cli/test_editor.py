"""What an editor does with findings: keep a line, count, read the report, meet a story twice."""

import json
import re
import shlex
from pathlib import Path

import pytest
from lxml import html

from publisher.cli.main import main
from tests.cli.test_commands import MARKET, NOW, Run, run
from tests.work.projects import ARTICLES, CONFIGURATION, make, tree, write

__all__ = ["run"]  # the fixture

FERRY = "content/harbour/2026-11-18-ferry.md"
LONG = " ".join(f"On day {number} the harbour master counted {number * 7} boats." for number in range(2, 40))


def test_a_kept_line_stays_and_can_be_given_up_again(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    original = (root / MARKET).read_bytes()
    code, out, _ = run("-C", root, "keep", MARKET, "15")
    assert (code, out) == (0, f"kept {MARKET}:15 Advertise with Us\n")
    assert (root / MARKET).read_bytes().endswith(original)
    assert "Advertise with Us" in run("clean", root / MARKET)[1]
    assert "Subscribe" not in run("clean", root / MARKET)[1]
    assert run("-C", root, "restore", MARKET)[0] == 0
    assert (root / MARKET).read_bytes() == original


def test_the_words_find_a_line_whose_number_has_changed(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    run("-C", root, "keep", MARKET, "14", "--says", "subscribe")
    code, out, _ = run("-C", root, "keep", MARKET, "15", "--says", "Advertise  WITH")
    assert (code, out) == (0, f"kept {MARKET}:21 Advertise with Us\n")
    kept = run("clean", root / MARKET)[1]
    assert "Subscribe" in kept
    assert "Advertise with Us" in kept
    assert run("-C", root, "keep", MARKET, "15", "--says", "no such words")[0] == 2


def test_other_lines_with_the_same_words_are_named(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / MARKET, (root / MARKET).read_text("utf-8") + "\n    Subscribe now\n")
    assert "lines 17" in run("-C", root, "keep", MARKET, "14")[1]


@pytest.mark.parametrize(("line", "says"), [("99", "the last is"), ("2", "front matter"), ("8", "blank")])
def test_what_is_no_line_of_the_text_is_refused(run: Run, tmp_path: Path, line: str, says: str) -> None:
    root = make(tmp_path)
    before = tree(root / "content")
    code, _, err = run("-C", root, "keep", FERRY, line)
    assert code == 2
    assert says in err
    assert tree(root / "content") == before


def test_a_line_that_stays_anyway_is_not_written_down(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    before = tree(root / "content")
    code, out, _ = run("-C", root, "keep", FERRY, "9")
    assert (code, tree(root / "content")) == (0, before)
    assert "stays anyway" in out


def test_windows_line_ends_stay(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    crlf = b"\xef\xbb\xbf" + (root / MARKET).read_bytes().replace(b"\n", b"\r\n")
    (root / MARKET).write_bytes(crlf)
    assert run("-C", root, "keep", MARKET, "15")[0] == 0
    written = (root / MARKET).read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert written.startswith(b"\xef\xbb\xbf---\r\npublish:\r\n")
    assert written.endswith(crlf[3:])


def test_stats_count_by_source_and_family(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root / "content/pages/imprint.md", "---\ntitle: Imprint\n---\n\nThe Ledger, 4 Customs Quay.\n")
    write(root / "content/authors/ana.md", "---\ntitle: Ana Lund\n---\n\nShe writes of boats.\n")
    facts = json.loads(run("-C", root, "stats", "--output-format", "json")[1])
    assert facts["schema"] == 1
    assert facts["lines"] == sum(facts["families"].values()) == sum(s["lines"] for s in facts["sources"])
    assert {source["source"]: source["articles"] for source in facts["sources"]} == {
        "Coastwire": 1,
        "harbour": 1,
        "town": 3,
    }
    assert facts["sources"][0]["touched"] == 1
    assert set(facts["sources"][0]["families"]) == {"CL", "DU", "PR"}
    _, out, _ = run("-C", root, "-v", "stats", "content/town")
    assert re.search(rf"^all +4 +1 +{facts['lines']} ", out, re.MULTILINE)
    assert "DU002" in out
    assert run("-C", root, "stats", "content/pages")[0] == 0
    assert "of 5 articles and 2 pages" in run("-C", root, "check", "--now", NOW)[2]


def test_the_report_shows_every_line_and_its_commands_work(run: Run, tmp_path: Path) -> None:
    root, file = make(tmp_path / "a b"), tmp_path / "report.html"
    code, _, err = run("-C", root, "check", "--now", NOW, "--report", file)
    assert code == 1
    assert str(file) in err
    page = html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot()
    assert not page.xpath("//script|//link|//img|//*[@src]")
    (article,) = page.xpath("//article")
    lines = [n for n, text in enumerate((root / MARKET).read_text("utf-8").split("\n"), 1) if text.strip()]
    assert [int(each.text_content()) for each in article.find_class("number")] == lines
    commands = [each.text_content() for each in article.find_class("command")]
    assert len(commands) == len(article.find_class("row")) - len(article.find_class("kept"))
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "publish"
        assert main(arguments) == 0
    assert "PR001" not in run("-C", root, "check", "--now", NOW)[1]
    assert set(re.findall(r"\b(?:CL|DU|PR|TX)\d{3}", run("-C", root, "check", "--now", NOW)[1])) == set()


def test_the_report_escapes_what_articles_say(run: Run, tmp_path: Path) -> None:
    root, file = make(tmp_path), tmp_path / "report.html"
    write(root / MARKET, "<script>alert(1)</script>\n\nSubscribe\n")
    run("-C", root, "check", "--report", file)
    assert "<script>" not in file.read_text("utf-8")
    assert run("-C", root, "check", "--report", tmp_path / "none" / "report.html")[0] == 2


def twice(root: Path, configuration: str = "", head: str = "") -> Path:
    articles = {
        **ARTICLES,
        "wire/2026-11-10-boats.md": f"---\ntitle: Boats\nid: urn:1\nsource: Wire\n---\n\n{LONG}\n",
        "post/2026-11-12-count.md": f"---\ntitle: A count\nid: urn:2\n{head}---\n\n{LONG} It ended.\n",
        "wire/2026-11-13-more-boats.md": (
            f"---\ntitle: Boats again\nid: urn:3\nsource: Wire\n---\n\n{LONG}\n\nOn Friday the master said "
            "he had counted the gulls as well, and that there are far more of them than boats this winter.\n"
        ),
    }
    return make(root, articles, CONFIGURATION + configuration)


def test_check_tells_a_copy_from_an_update(run: Run, tmp_path: Path) -> None:
    root = twice(tmp_path)
    for _ in range(2):  # the second time from what was remembered
        out = run("-C", root, "check", "--now", NOW)[1]
        first = "content/wire/2026-11-10-boats.md"
        copy = f"ST001 near copy of {first}, first published 2026-11-10 by Wire: 9"
        assert f"content/post/2026-11-12-count.md:1: {copy}" in out
        assert f"content/wire/2026-11-13-more-boats.md:1: ST002 an update of {first} of 2026-11-10" in out
    assert (root / ".publish" / "similar.sqlite").exists()
    assert "ST0" not in run("-C", root, "build", "--now", NOW)[1]


def test_a_copy_that_is_meant_can_be_kept(run: Run, tmp_path: Path) -> None:
    root = twice(tmp_path, '[clean]\nignore = ["ST002"]\n', "publish: {keep: [ST001]}\n")
    assert "ST0" not in run("-C", root, "check", "--now", NOW)[1]


@pytest.mark.parametrize(("choice", "address"), [("own", "2026/11/count"), ("first", "2026/11/boats")])
def test_the_first_can_be_canonical(run: Run, tmp_path: Path, choice: str, address: str) -> None:
    root = twice(tmp_path, f'[clean]\ncanonical = "{choice}"\n')
    write(root / "content/wire/2026-11-13-more-boats.md", "---\ntitle: Other\nid: urn:3\n---\n\nNo boats.\n")
    assert run("-C", root, "build", "--now", NOW)[0] == 0
    page = (root / "site/2026/11/count/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="https://ledger.example.org/{address}/">' in page


def test_learn_shows_before_it_writes(run: Run, tmp_path: Path) -> None:
    root = make(tmp_path)
    for number in range(4):
        text = f"In year {number} the {'very ' * number}old crane stood still again.\n\nThe crane is yours"
        write(
            root / f"content/dock/a{number}.md",
            f"---\ntitle: Crane {number}\nid: urn:{number}\n---\n{text}\n",
        )
    code, out, _ = run("-C", root, "learn", "--diff")
    assert code == 0
    assert "+++ sources/dock.toml (learned)" in out
    assert '+text = "The crane is yours"' in out
    assert not (root / "sources").exists()
    _, out, _ = run("-C", root, "learn", "--source", "Dock")
    assert out == "learned sources/dock.toml 1 line and 0 blocks in 4 articles of dock (new)\n"
    assert "CL021" in run("-C", root, "trace", "content/dock/a1.md")[1]
    assert "(as it was)" in run("-C", root, "learn")[1]
    assert run("-C", root, "learn", "--source", "dok")[0] == 2
