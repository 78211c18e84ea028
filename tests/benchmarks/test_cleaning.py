"""The comparison of cleaners: who takes part, in which order, and the table at the end."""

from pathlib import Path

import pytest

from benchmarks.cleaning import HEAD, SEEN, Tally, available, compare, machine, main, rows, scoring, turned
from benchmarks.pages import Page, read_pages, table
from benchmarks.systems import OURS, SYSTEMS, Given, peak_memory, run, warmed

TITLE = "A fifth goat on Skerrow Rock"
STORY = (
    "The boat could not land on Tuesday, so the keeper of the light has had neither wool nor letters.",
    "It was born on Sunday, in the middle of the storm, in what used to be the coal shed by the tower.",
)
TEXT = "\n\n".join([TITLE, *STORY, "Advertisement", "Share"])
# the smallest script that can stand for the benchmark's own
SCORE = """
def score_doc(about, mode, given, left):
    return {"left": "Share" in left}

def summary(scores):
    share = sum(score["left"] for score in scores) / len(scores)
    names = "F1 lineP lineR loss_mean loss_gt2 residual_any residual_d perfect"
    return dict.fromkeys(names.split(), share)
"""
OWN = ("nothing done", "C4 line rules", "RefinedWeb and Gopher line rules", OURS, "Publisher, strict")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dev = tmp_path / "dev"
    dev.mkdir()
    (tmp_path / "score.py").write_text(SCORE, encoding="utf-8")
    (dev / "a.container.md").write_text(TEXT, encoding="utf-8")
    (dev / "a.json").write_text(
        '{"id": "a", "source": "fundus", "domain": "goats.example.org", "lang": "en", '
        '"labels": {"container": "tccbb"}}',
        encoding="utf-8",
    )
    return tmp_path


def test_each_system_begins_in_turn() -> None:
    assert [turned(["a", "b", "c"], count) for count in range(4)] == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ]


def test_what_needs_no_package_always_takes_part() -> None:
    assert all(available(name) for name in OWN)


def test_a_missing_package_leaves_its_system_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.cleaning._version", lambda _: "")
    assert [name for name in SYSTEMS if available(name)] == list(OWN)


@pytest.mark.parametrize("name", OWN)
def test_a_system_gives_text_and_time(name: str) -> None:
    done = run(name, None, Given(TEXT))
    assert STORY[0] in done.text
    assert ("Share" in done.text) == (name == "nothing done")
    assert done.seconds >= 0
    assert 0 < warmed(name, None, 0) <= peak_memory()


def test_every_system_gets_every_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two systems are enough: each starts a process."""
    monkeypatch.setattr("benchmarks.cleaning.SYSTEMS", {name: SYSTEMS[name] for name in OWN[:2]})
    tallies = compare(read_pages(folder / "dev"), scoring(folder), None)
    assert list(tallies) == list(OWN[:2])
    assert {tally.pages for tally in tallies.values()} == {1}
    assert {tally.size for tally in tallies.values()} == {len(TEXT.encode())}
    assert [tally.scores for tally in tallies.values()] == [[{"left": True}], [{"left": False}]]
    assert all(tally.peak >= tally.start > 0 for tally in tallies.values())


def test_speed_is_told_beside_ours(folder: Path) -> None:
    scores: list[dict[str, float]] = [{"left": 1.0}]
    fast = Tally(start=10, peak=12, seconds=0.5, pages=100, size=1_000_000, scores=list(scores))
    slow = Tally(start=10, peak=14, seconds=2.0, pages=100, size=1_000_000, scores=list(scores))
    none = Tally(start=10, peak=10, seconds=0.0, pages=100, size=1_000_000, scores=list(scores))
    head, *body = rows({"fast": fast, OURS: slow, "none": none}, scoring(folder))
    assert head == HEAD
    assert body == [
        ["fast", *["1.000"] * 8, "200", "4.00", "2.00", "12", "10"],
        [OURS, *["1.000"] * 8, "50", "1.00", "0.50", "14", "10"],
        ["none", *["1.000"] * 8, "–", "–", "–", "10", "10"],
    ]


def test_a_table_is_markdown() -> None:
    assert table([["a", "b"], ["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_the_command_writes_its_results(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def compared(pages: list[Page], *_: object) -> dict[str, Tally]:
        asked.extend(page.mode for page in pages)
        return {OURS: Tally(10, 14, 2.0, 100, 1_000_000, [{"left": 0.0}])}

    monkeypatch.setattr("benchmarks.cleaning.compare", compared)
    out = folder / "results" / "cleaning.md"
    assert main([str(folder), "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text == capsys.readouterr().out
    assert asked == ["container"]
    assert machine() in text
    assert SEEN in text
    assert "## container, 1 page\n" in text
    assert "## markdown" not in text
    assert f"| {OURS} |" in text


def test_a_folder_without_the_script_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        scoring(tmp_path)
