"""What goes wrong in the daily run is mailed to its owner: once each, and once when it is mended."""

import email
import email.policy
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.post.servers import Script, server
from tests.work.lists import make_list
from tests.work.projects import write

OWNER = "owner@example.net"
EXTRA = f"""
[daily]
report = "{OWNER}"
steps = ["build", "deploy", "send"]
[newsletter]
sender = "news@ledger.example.org"
[deploy.live]
to = "../www"
"""
BROKEN = "---\ntitle: Broken\ndate: soon\n---\n\nThis one has a date that is none.\n"


def founded(tmp_path: Path, script: Script) -> Path:
    root = make_list(tmp_path / "news", script.port, 2, EXTRA)
    write(
        root / "content" / "ferry.md", "---\ntitle: Ferry\ndate: 2026-11-20\n---\n\nThe ferry sails again.\n"
    )
    return root


def daily(root: Path, day: int = 21) -> int:
    return main(["-C", str(root), "daily", "--now", f"2026-11-{day}T06:00Z"])


def told(script: Script) -> list[tuple[str, str]]:
    """Subject and text of every mail to the owner, all lines of a paragraph in one."""
    mails = [
        email.message_from_bytes(t.message, policy=email.policy.default)
        for t in script.taken
        if t.recipient == OWNER
    ]
    assert all(mail["Auto-Submitted"] == "auto-generated" for mail in mails)
    return [(str(mail["Subject"]), mail.get_content()) for mail in mails]


def test_a_failure_is_told_once_and_its_end(tmp_path: Path) -> None:
    with server() as script:
        root = founded(tmp_path, script)
        write(root / "content" / "broken.md", BROKEN)
        assert [daily(root), daily(root), daily(root, 22)] == [2, 2, 2]
        ((subject, text),) = told(script)
        assert subject == "publish daily failed: The Test Ledger"
        assert "publish build (exit code 2): error: content/broken.md:3: date" in text
        assert "publish send: left out, as build failed" in text
        assert str(root.resolve()) in text
        (root / "content" / "broken.md").unlink()
        assert [daily(root, 22), daily(root, 22)] == [0, 0]
        subject, text = told(script)[1]
        assert subject == "publish daily works again: The Test Ledger"
        assert "publish build works again" in text
        assert len(told(script)) == 2


def test_another_failure_is_another_mail(tmp_path: Path) -> None:
    with server() as script:
        root = founded(tmp_path, script)
        write(root / "content" / "broken.md", BROKEN)
        assert daily(root) == 2
        write(root / "content" / "broken.md", BROKEN.replace("soon", "2026-11-20\nslug: [1]"))
        assert daily(root) == 2
        assert ["slug" in text for _, text in told(script)] == [False, True]
        (root / "content" / "broken.md").unlink()
        write(tmp_path / "www", "a file where the folder should be")
        assert daily(root) == 2
        text = told(script)[2][1]
        assert "publish deploy (exit code 2)" in text
        assert "publish build works again" in text


def test_the_relay_cannot_tell_of_itself(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    down = {"down": True}

    def say(step: str, _: str) -> str:
        return "421 4.3.2 closed for the night" if step == "greeting" and down["down"] else ""

    with server(Script(say=say)) as script:
        root = founded(tmp_path, script)
        assert daily(root) == 75
        said = capfd.readouterr().err
        assert "stopped: relay main: greeting: 421 4.3.2 closed for the night" in said
        assert "publish doctor" in said
        assert "daily.report: no mail was sent of it, as it is the relay that fails" in said
        down.clear()
        down["down"] = False
        assert daily(root) == 0
        assert told(script) == []


def test_a_relay_that_takes_no_report(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def say(step: str, argument: str) -> str:
        return "550 5.1.1 who?" if step == "RCPT" and OWNER in argument else ""

    with server(Script(say=say)) as script:
        root = founded(tmp_path, script)
        write(root / "content" / "broken.md", BROKEN)
        assert daily(root) == 2
        said = capfd.readouterr().err
        assert "content/broken.md:3" in said
        assert "daily.report: no mail could be sent of it: relay main" in said
        script.say = lambda _step, _argument: ""
        assert daily(root) == 2
        assert len(told(script)) == 1
