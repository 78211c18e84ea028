"""What the manuals of deliverability, moving and recovery show works: configurations load, commands run."""

import re
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from publisher.audience.columns import ORIGINS, Origin
from publisher.cli.main import main
from publisher.config.load import configure
from publisher.health.spf_record import read_spf
from publisher.store.roster import Choice, Roster
from tests.post.servers import server
from tests.work.lists import ledger, make_list

DOCS = Path(__file__).parents[2] / "docs"
MANUALS = ("deliverability.md", "moving.md", "recovery.md")
HEADERS = {
    "listmonk": "uuid,email,name,attributes,status,created_at,updated_at",
    "ghost": "id,email,name,note,subscribed_to_emails,complimentary_plan,created_at,labels",
    "mailchimp": "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,CLEAN_TIME",
    "buttondown": "email,notes,type,tags,creation_date",
    "substack": "email,active_subscription,email_disabled,created_at",
}
ROWS = {
    "listmonk": "u1,{},Ana,{{}},enabled,2024-01-02T10:00:00Z,2024-01-02T10:00:00Z",
    "ghost": "1,{},Ana,,true,false,2024-01-02T10:00:00.000Z,daily",
    "mailchimp": "{},Ana,2,2024-01-02 10:00:00,2024-01-02 10:01:00,,",
    "buttondown": "{},,regular,,2024-01-02T10:00:00Z",
    "substack": "{},false,false,2024-01-02T10:00:00.000Z",
}


def blocks(manual: str, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", (DOCS / manual).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def imports() -> list[list[str]]:
    """Every import that docs/moving.md shows, as arguments."""
    lines = [line for block in blocks("moving.md", "sh") for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("publish subscribers import")]


@pytest.mark.parametrize("manual", MANUALS)
def test_configurations_load(manual: str) -> None:
    for block in blocks(manual, "toml"):
        configure("publish.toml", block, {})


def test_records_are_what_they_are_meant_to_be() -> None:
    texts = re.findall(r'TXT  "(v=spf1[^"]*)"', (DOCS / "deliverability.md").read_text("utf-8"))
    assert [read_spf(text).all for text in texts] == ["-", "-"]


@pytest.mark.parametrize("manual", MANUALS)
def test_places_that_are_linked_exist(manual: str) -> None:
    for name, anchor in re.findall(r"\]\(([a-z]*\.?m?d?)#([^)]+)\)", (DOCS / manual).read_text("utf-8")):
        heads = re.findall(r"^#+ (.+)$", (DOCS / (name or manual)).read_text("utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}
        assert anchor in slugs, f"{manual}: {name}#{anchor}"


def test_every_program_has_its_chapter_and_its_command() -> None:
    text = (DOCS / "moving.md").read_text("utf-8").lower()
    assert set(get_args(Origin)) == set(ORIGINS)
    for origin in ORIGINS:
        assert f"\n## {origin}\n" in text
        assert any(origin in arguments for arguments in imports())


@pytest.mark.parametrize("arguments", imports(), ids=" ".join)
def test_imports_that_are_shown_work(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin = arguments[arguments.index("--from") + 1]
    (tmp_path / "publish.toml").write_text('title = "The Test Ledger"\n')
    rows = [HEADERS[origin], ROWS[origin].format("ana@reader.town"), ROWS[origin].format("ben@reader.town")]
    (tmp_path / arguments[2]).write_text("\n".join(rows) + "\n")
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 0
    readers = Roster(tmp_path / ".publish" / "ledger.sqlite").page(Choice(), limit=9)
    expected = "confirmed" if "--confirmed" in arguments else "unconfirmed"
    assert [each.state for each in readers] == ([] if "--dry-run" in arguments else [expected] * 2)


def noted(root: Path) -> None:
    """What docs/recovery.md says to do after a backup was put back."""
    (statement,) = re.findall(r'"(UPDATE issues.*?)"', (DOCS / "recovery.md").read_text("utf-8"), re.DOTALL)
    with closing(sqlite3.connect(ledger(root))) as db, db:
        db.executescript(statement)


def put_back(root: Path, kept: Path) -> None:
    for path in (root / ".publish").glob("ledger.sqlite*"):
        path.unlink()
    shutil.copy(kept, ledger(root))


def test_a_backup_that_was_put_back_sends_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with server() as script:
        root = make_list(tmp_path / "ledger", script.port, 3)
        (root / "content").mkdir()
        monkeypatch.chdir(root)
        with (
            closing(sqlite3.connect(ledger(root))) as db,
            closing(sqlite3.connect(tmp_path / "kept")) as kept,
        ):
            db.backup(kept)
        assert main(["send", "--yes", "--now", "2026-11-21T06:00Z"]) == 0
        put_back(root, tmp_path / "kept")
        noted(root)
        assert main(["send", "--yes", "--now", "2026-11-21T08:00Z"]) == 0
        assert len(script.taken) == 3
        assert "nothing to send" in capsys.readouterr().out
        assert main(["digest", "--list", "--now", "2026-11-22T08:00Z"]) == 0
        assert "nothing new since the last issue" in capsys.readouterr().err


def test_an_issue_that_the_backup_does_not_know_is_made_and_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with server() as script:
        root = make_list(tmp_path / "ledger", script.port, 3)
        more = '[newsletter]\nsender = "news@ledger.example.org"\nunsubscribe = "mailto:out@example.org"\n'
        (root / "publish.toml").write_text((root / "publish.toml").read_text("utf-8") + more, "utf-8")
        (root / "content").mkdir()
        (root / "content/ferry.md").write_text(
            "---\ntitle: The ferry\ndate: 2026-11-22\n---\n\nIt is back.\n"
        )
        monkeypatch.chdir(root)
        assert main(["digest", "--now", "2026-11-22T06:00Z"]) == 0
        noted(root)
        assert main(["send", "--yes", "--now", "2026-11-22T08:00Z"]) == 0
        assert not script.taken
        capsys.readouterr()
        assert main(["digest", "--list", "--now", "2026-11-23T08:00Z"]) == 0
        assert "nothing new since the last issue" in capsys.readouterr().err


def test_unactivated_readers_stay_unconfirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the chapter on Buttondown says, whatever is said of the file."""
    (tmp_path / "publish.toml").write_text('title = "The Test Ledger"\n')
    row = ROWS["buttondown"].format("ana@reader.town").replace("regular", "unactivated")
    (tmp_path / "s.csv").write_text(f"{HEADERS['buttondown']}\n{row}\n")
    monkeypatch.chdir(tmp_path)
    options = ["--from", "buttondown", "--confirmed", "--consent", "confirmed at Buttondown"]
    assert main(["subscribers", "import", "s.csv", *options]) == 0
    (reader,) = Roster(tmp_path / ".publish" / "ledger.sqlite").page(Choice(), limit=9)
    assert reader.state == "unconfirmed"
