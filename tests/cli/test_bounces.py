"""`publish bounces` as people, cron and mail systems call it."""

import io
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.subscriber import Consent, Newcomer
from publisher.audience.verp import envelope_sender
from publisher.cli.main import main
from publisher.store import ledger_file
from publisher.store.keys import load_keys
from publisher.store.roster import Roster
from publisher.store.subscribers import Subscribers
from publisher.work import returning
from tests.bounces import samples
from tests.bounces.samples import VERP, dsn, plain

AT = datetime(2026, 1, 2, 6, 30, tzinfo=UTC)
NOW = "2026-03-02T08:00Z"
NOBODY = "smtp; 550 5.1.1 user unknown"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A publication with three readers and a Maildir for bounces."""
    readers = Subscribers(
        tmp_path / ".publish" / "ledger.sqlite", load_keys(tmp_path / ".publish" / "keys.json")
    )
    for name in ("ana", "bo", "cy"):
        newcomer = Newcomer(read_address(f"{name}@example.org"), ("daily",))
        readers.add(newcomer, Consent(AT, "imported", "import"), confirmed=True)
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    configuration = '[bounces]\nmailbox = "maildir:box"\n'
    (tmp_path / "publish.toml").write_text(configuration)
    return tmp_path


def sender(root: Path, reader: int, issue: int = 1) -> str:
    return envelope_sender(load_keys(root / ".publish" / "keys.json"), issue, reader, "bounces.example.org")


def deliver(root: Path, *mails: bytes) -> None:
    for number, mail in enumerate(mails):
        (root / "box" / "new" / f"{number:04}.host").write_bytes(mail)


def states(root: Path) -> list[str]:
    roster = Roster(root / ".publish" / "ledger.sqlite")
    return [found.state for number in (1, 2, 3) if (found := roster.get(number))]


def names(root: Path, folder: str) -> list[str]:
    path = root / folder
    return sorted(each.name for each in path.iterdir()) if path.exists() else []


def returned(root: Path, status: str, said: str, reader: int, issue: int = 1) -> bytes:
    return dsn(status, said, to=sender(root, reader, issue), returned="Subject: x\n\nx")


def test_a_mailbox_is_read_and_what_is_ours_put_away(root: Path, run: Run) -> None:
    complaint = samples.ARF.replace(VERP.encode(), sender(root, 3).encode())
    deliver(
        root,
        returned(root, "5.1.1", NOBODY, 1),
        returned(root, "5.7.1", "smtp; 550 blocked", 2),
        complaint,
        dsn("5.1.1", NOBODY, returned="Subject: forged\n\nx"),
        plain("Hello, I like your letter.", sender="ana@example.org", to=sender(root, 2)),
        samples.AWAY.replace(VERP.encode(), sender(root, 2).encode()),
        returned(root, "5.1.1", NOBODY, 99),
        b"",
    )
    code, out, err = run("-C", root, "bounces", "--now", NOW)
    assert (code, err) == (0, "")
    assert out == (
        "Read  8 mails: 1 bounced for good, 1 complained, 1 counted, 1 of readers who were forgotten, "
        "1 not proven to be ours, 3 no bounces; 3 mails left where they are\n"
    )
    assert states(root) == ["bounced", "confirmed", "complained"]
    assert names(root, "box/new") == ["0003.host", "0004.host", "0007.host"]
    assert len(names(root, "box/.processed/cur")) == 5
    code, out, _ = run("-C", root, "bounces", "--now", NOW)
    assert out == "Read  3 mails: 1 not proven to be ours, 2 no bounces; 3 mails left where they are\n"


def test_a_rehearsal_changes_nothing(root: Path, run: Run) -> None:
    deliver(root, returned(root, "5.1.1", NOBODY, 1))
    code, out, err = run("-C", root, "bounces", "--dry-run", "-v", "--now", NOW)
    assert (code, out) == (0, "Would be read  1 mail: 1 bounced for good\n")
    assert err == "new/0000.host: hard, reader 1, bounced for good 5.1.1 550 5.1.1 user unknown\n"
    assert (states(root)[0], names(root, "box/new")) == ("confirmed", ["0000.host"])
    assert names(root, "box/.processed") == []


def test_json_for_machines(root: Path, run: Run) -> None:
    deliver(root, returned(root, "4.2.2", "smtp; 452 \x1b[31mfull", 2, issue=7), b"x")
    code, out, _ = run("-C", root, "bounces", "--output-format", "json", "--now", NOW)
    table = json.loads(out)
    assert code == 0
    assert table["schema"] == 1
    assert table["effects"] == {"counted": 1, "none": 1}
    assert table["kinds"] == {"soft": 1, "unknown": 1}
    assert table["each"][0] == {
        "mail": "new/0000.host",
        "effect": "counted",
        "settled": True,
        "kind": "soft",
        "issue": 7,
        "subscriber": 2,
        "status": "4.2.2",
        "detail": "452 [31mfull",
    }


@pytest.mark.parametrize("processed", ["keep", "delete"])
def test_what_becomes_of_mails_is_configured(root: Path, run: Run, processed: str) -> None:
    with (root / "publish.toml").open("a") as file:
        file.write(f'processed = "{processed}"\n')
    deliver(root, returned(root, "5.1.1", NOBODY, 1), b"other")
    for counted in ("1 bounced for good", "1 known before" if processed == "keep" else "1 mail"):
        assert counted in run("-C", root, "bounces", "--now", NOW)[1]
    assert names(root, "box/new") == (["0000.host", "0001.host"] if processed == "keep" else ["0001.host"])


def test_an_mbox_by_argument(root: Path, run: Run) -> None:
    letter = b"From MAILER-DAEMON\n" + returned(root, "5.1.1", NOBODY, 1).replace(b"\r\n", b"\n") + b"\n"
    (root / "bounces").write_bytes(letter * 2)
    code, out, _ = run("-C", root, "bounces", "mbox:bounces", "--now", NOW)
    assert (code, out) == (0, "Read  2 mails: 1 bounced for good, 1 known before\n")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("", "no mailbox is configured"),
        ('mailbox = "maildir:elsewhere"', "no Maildir"),
        ('mailbox = "imap://a:b@mail.example.org"', "PUBLISH_BOUNCES_PASSWORD"),
        ('mailbox = "imap://a@mail.example.org"', "this secret is missing"),
        ('mailbox = "maildir:box"\nfolder = "../x"', "not the name of a mail folder"),
        ("soft_count = 0", "above 0"),
    ],
)
def test_mistakes_are_told(root: Path, run: Run, setting: str, message: str) -> None:
    (root / "publish.toml").write_text(f"[bounces]\n{setting}\n")
    code, out, err = run("-C", root, "bounces")
    assert (code, out) == (2, "")
    assert message in err


def test_a_file_of_secrets_that_others_may_read(root: Path, run: Run) -> None:
    (root / "publish.toml").write_text('[bounces]\nmailbox = "pop://a@127.0.0.1:1"\nsecrets = "keys"\n')
    (root / "keys").write_text("# of the mailbox\nPUBLISH_BOUNCES_PASSWORD = 'x=y'\n")
    (root / "keys").chmod(0o644)
    assert "others may read" in run("-C", root, "bounces")[2]
    (root / "keys").chmod(0o600)
    code, _, err = run("-C", root, "bounces")
    assert code == 75
    assert "cannot be reached" in err


Pipe = Callable[..., int]


@pytest.fixture
def piped(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Pipe:
    """A mail in, the exit code out that a mail system sees."""

    def call(mail: bytes, *options: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mail)))
        code, out, _ = run("-C", root, "bounces", "-", "--now", NOW, *options)
        assert out == ""
        return code

    return call


def test_one_mail_from_a_pipe(root: Path, piped: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    assert piped(returned(root, "5.1.1", NOBODY, 1)) == 0
    blank = dsn("5.1.1", NOBODY, to="bounces@example.org", returned="Subject: x\n\nx")
    assert piped(blank, "--recipient", sender(root, 3)) == 0
    with monkeypatch.context() as patch:
        patch.setenv("ORIGINAL_RECIPIENT", sender(root, 2))
        assert piped(blank) == 0
    assert states(root) == ["bounced"] * 3
    assert names(root, ".publish/bounces/new") == names(root, ".publish/bounces/tmp") == []
    assert piped(blank) == 0
    (kept,) = (root / ".publish/bounces/new").iterdir()
    assert kept.read_bytes() == blank


def test_a_pipe_of_the_system(root: Path) -> None:
    call = [sys.executable, "-m", "publisher", "-C", str(root), "bounces", "-", "--now", NOW]
    mail = returned(root, "5.1.1", NOBODY, 1)
    done = subprocess.run(call, input=mail + b"x" * 5_000_000, check=False, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert states(root)[0] == "bounced"


def test_a_pipe_tells_the_mail_system_to_try_again(
    root: Path, piped: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = returned(root, "5.1.1", NOBODY, 1)
    ledger = root / ".publish" / "ledger.sqlite"
    monkeypatch.setattr(ledger_file, "PATIENCE", 0.05)
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert piped(mail) == 75
    sound = ledger.read_bytes()
    ledger.write_bytes(b"damaged")
    assert piped(mail) == 75
    ledger.write_bytes(sound)
    (root / "publish.toml").write_text("[bounces]\nmailbocks = 1\n")
    assert piped(mail) == 75
    (root / "publish.toml").write_text("")
    with monkeypatch.context() as patch:
        patch.setattr(returning, "read_mail", None)
        assert piped(mail) == 75
    assert piped(mail) == 0
    assert states(root)[0] == "bounced"


def test_killed_at_any_moment_and_run_again_counts_nothing_twice(root: Path, run: Run) -> None:
    mails = [returned(root, "5.2.2", "smtp; 552 full", 1 + n % 3, issue=n) for n in range(1, 91)]
    deliver(root, *mails)
    call = [sys.executable, "-m", "publisher", "-C", str(root), "bounces", "--now", NOW]
    for tenths in (2, 4, 5, 6, 7):
        with subprocess.Popen(call, stdout=subprocess.DEVNULL, start_new_session=True) as process:
            time.sleep(tenths / 10)
            process.send_signal(signal.SIGKILL)
    code, _, _ = run("-C", root, "bounces", "--now", NOW)
    assert code == 0
    with closing(sqlite3.connect(root / ".publish" / "ledger.sqlite")) as db:
        assert db.execute("SELECT count(*), count(DISTINCT source) FROM returns").fetchone() == (90, 90)
    assert names(root, "box/new") == []
    assert len(names(root, "box/.processed/cur")) == 90
