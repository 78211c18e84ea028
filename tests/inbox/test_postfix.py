"""A real Postfix bounces mails of ours into a Maildir; what it wrote is read for what it says."""

import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from publisher.audience.verp import Returned, envelope_sender
from publisher.bounces.read import read_mail
from publisher.inbox.maildir import Maildir
from tests.bounces.samples import KEYS
from tests.postfix import MASTER

_MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
maillog_file = {root}/log
maillog_file_prefixes = {root}
myhostname = mx.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = readers.example.com, bounces.example.org
virtual_mailbox_base = {root}
virtual_mailbox_maps = regexp:{root}/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
transport_maps = regexp:{root}/transports
notify_classes =
"""
_MAILBOXES = "/^b\\+.*@bounces\\.example\\.org$/ box/\n"
_TRANSPORTS = """\
/^full@/ error:5.2.2 Mailbox full
/^policy@/ error:5.7.1 Message refused: listed as a source of spam
"""


@pytest.fixture(scope="module")
def postfix() -> Iterator[tuple[int, Path]]:
    """The port of the server, and the folder that holds the Maildir `box`."""
    program = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not program or os.geteuid() != 0:
        pytest.skip("postfix is not installed, or cannot be started: that takes root")
    root = Path(mkdtemp(prefix="publish-postfix-"))
    root.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    owner = pwd.getpwnam("postfix")
    for name, user in (("queue", 0), ("data", owner.pw_uid), ("box", 65534), ("etc", 0)):
        (root / name).mkdir()
        os.chown(root / name, user, -1)
    (root / "etc" / "main.cf").write_text(_MAIN.format(root=root))
    (root / "etc" / "master.cf").write_text(MASTER.format(port=port))
    (root / "mailboxes").write_text(_MAILBOXES)
    (root / "transports").write_text(_TRANSPORTS)
    postfix = [program, "-c", str(root / "etc")]
    try:
        started = subprocess.run([*postfix, "start"], check=False, capture_output=True, text=True)
        assert started.returncode == 0, started.stderr + (root / "log").read_text()
        yield port, root
    finally:
        subprocess.run([*postfix, "stop"], check=False, capture_output=True)
        shutil.rmtree(root)


def send(port: int, reader: int, address: str) -> None:
    sender = envelope_sender(KEYS, 12, reader, "bounces.example.org")
    text = f"From: tide@ledger.example.org\r\nTo: {address}\r\nSubject: Tide\r\n\r\nSpam was blocked.\r\n"
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
        server.sendmail(sender, [address], text)


def test_bounces_of_postfix(postfix: tuple[int, Path]) -> None:
    port, root = postfix
    expected = {
        1: ("nobody@readers.example.com", "hard", "5.1.1"),
        2: ("full@readers.example.com", "soft", "5.2.2"),
        3: ("policy@readers.example.com", "policy", "5.7.1"),
    }
    for reader, (address, _, _) in expected.items():
        send(port, reader, address)
    for _ in range(300):
        if (root / "box/new").exists() and len(list((root / "box/new").iterdir())) == len(expected):
            break
        time.sleep(0.05)
    found = [read_mail(mail.content or b"", KEYS) for mail in Maildir(root / "box", "keep", "x").mails()]
    assert {(each.returned, each.kind, each.status) for each in found} == {
        (Returned(12, reader), kind, status) for reader, (_, kind, status) in expected.items()
    }, (root / "log").read_text()
    assert all(each.at for each in found)
