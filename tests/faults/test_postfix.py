"""The whole way through a mail server that others wrote: postfix takes the mails and delivers to Maildirs."""

import email
import email.policy
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.postfix import MASTER
from tests.work.lists import LETTER, ledger, make_list, sql, states

READERS = 40
MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access regexp:{home}/etc/access, permit
virtual_mailbox_domains = example.com
virtual_mailbox_base = {home}/boxes
virtual_mailbox_maps = texthash:{home}/etc/readers
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
virtual_minimum_uid = 1
default_transport = error:this server sends nothing away
local_transport = error:nobody is local here
alias_maps =
maillog_file = {home}/log
maillog_file_prefixes = {home}
"""

pytestmark = [
    pytest.mark.skipif(shutil.which("postfix") is None, reason="needs postfix"),
    pytest.mark.skipif(os.geteuid() != 0, reason="postfix starts as root only"),
]


@pytest.fixture
def postfix() -> Iterator[tuple[int, Path]]:
    """A postfix of its own, with everything in one folder; its port and the Maildirs."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    # The folder's name has to be short, and its parents open to the user postfix.
    with tempfile.TemporaryDirectory(prefix="pf") as place:
        home = Path(place)
        home.chmod(0o755)
        owner = pwd.getpwnam("postfix")
        for name in ("queue", "data", "boxes", "etc"):
            (home / name).mkdir()
        for name in ("data", "boxes"):
            os.chown(home / name, owner.pw_uid, owner.pw_gid)
        text = MAIN.format(home=home, user=owner.pw_uid, group=owner.pw_gid)
        (home / "etc/main.cf").write_text(text)
        (home / "etc/access").write_text("/^nobody@/ 550 5.1.1 no such reader\n")
        (home / "etc/readers").write_text("".join(f"r{n}@example.com r{n}/\n" for n in range(READERS + 1)))
        (home / "etc/master.cf").write_text(MASTER.format(port=port))
        command = ["postfix", "-c", str(home / "etc")]
        done = subprocess.run([*command, "start"], check=False, capture_output=True, text=True)
        log = (home / "log").read_text() if (home / "log").exists() else ""
        assert done.returncode == 0, done.stderr + log
        try:
            _answers(port)
            yield port, home / "boxes"
        finally:
            subprocess.run([*command, "stop"], check=False, capture_output=True)


def _answers(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("postfix does not answer")


def test_the_whole_way(postfix: tuple[int, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port, boxes = postfix
    names = [f"r{n}@example.com" for n in range(1, READERS + 1)]
    root = make_list(
        tmp_path, port, [*names, "nobody@example.com"], 'bounces = "back.example.org"', connections=5
    )
    own = ["-C", str(root), "send", "--yes", "--now", "2026-11-21T06:00Z"]
    assert main(own) == 4
    assert "nobody@example.com" in capsys.readouterr().err
    assert states(root) == {"sent": READERS, "failed": 1}
    found = _delivered(boxes)
    assert sorted(found) == sorted(name.partition("@")[0] for name in names)
    for box, (raw,) in found.items():
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert message["To"] == f"<{box}@example.com>" or message["To"] == f"{box}@example.com"
        assert message["Subject"] == "The ferry is back"
        assert str(message["Return-Path"]).startswith("<b+1.")
        assert "\n.A line with a dot." in message.get_content()
    assert len({email.message_from_bytes(raw)["Message-ID"] for (raw,) in found.values()}) == READERS
    assert main(own) == 0
    assert "nothing to send" in capsys.readouterr().out
    time.sleep(0.5)
    assert _delivered(boxes).keys() == found.keys()
    assert sum(map(len, _delivered(boxes).values())) == READERS
    rows = sql(ledger(root), "SELECT code, status FROM deliveries WHERE state = 'sent'")
    assert set(rows) == {(250, "2.0.0")}
    assert LETTER.count(b"\r\n") > 3


def _delivered(boxes: Path) -> dict[str, list[bytes]]:
    """Every mail by Maildir, once all are there."""
    found: dict[str, list[bytes]] = {}
    for _ in range(200):
        found = {box.name: [mail.read_bytes() for mail in (box / "new").glob("*")] for box in boxes.iterdir()}
        if sum(map(len, found.values())) >= READERS:
            break
        time.sleep(0.05)
    return found
