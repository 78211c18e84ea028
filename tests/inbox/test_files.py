"""Mails in files: a Maildir that is delivered into meanwhile, an mbox, and what comes through a pipe."""

import io
import os
import subprocess
import sys
import threading
from pathlib import Path
from subprocess import PIPE

import pytest

from publisher.bounces.mime import LIMIT
from publisher.errors import Locked, PublishError
from publisher.inbox import mbox
from publisher.inbox.arrived import Afterwards
from publisher.inbox.maildir import Maildir
from publisher.inbox.mbox import Mbox
from publisher.inbox.spool import Spool


@pytest.fixture
def box(tmp_path: Path) -> Path:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    return tmp_path / "box"


def deliver(box: Path, name: str, content: bytes) -> None:
    """As a delivery agent does it: whole in `tmp`, then into `new`."""
    (box / "tmp" / name).write_bytes(content)
    (box / "tmp" / name).rename(box / "new" / name)


def files(box: Path) -> dict[str, bytes]:
    return {str(path.relative_to(box)): path.read_bytes() for path in box.rglob("*") if path.is_file()}


def test_all_mails_of_a_maildir_in_the_order_of_their_names(box: Path) -> None:
    deliver(box, "2.b.host", b"two")
    deliver(box, "1.a.host", b"one")
    (box / "cur" / "0.z.host:2,S").write_bytes(b"seen")
    (box / "tmp" / "3.c.host").write_bytes(b"half")
    (box / "new" / ".hidden").write_bytes(b"x")
    mails = list(Maildir(box, "move", "processed").mails())
    assert [(mail.name, mail.content) for mail in mails] == [
        ("new/1.a.host", b"one"),
        ("new/2.b.host", b"two"),
        ("cur/0.z.host:2,S", b"seen"),
    ]


@pytest.mark.parametrize(
    ("afterwards", "left"),
    [
        ("keep", {"new/1.host", "new/2.host"}),
        ("delete", {"new/2.host"}),
        ("move", {"new/2.host", ".processed/cur/1.host:2,S", ".processed/maildirfolder"}),
    ],
)
def test_what_is_settled_is_put_away_and_nothing_else(
    box: Path, afterwards: Afterwards, left: set[str]
) -> None:
    deliver(box, "1.host", b"one")
    deliver(box, "2.host", b"two")
    inbox = Maildir(box, afterwards, "processed")
    first, *_ = inbox.mails()
    inbox.settle(first)
    inbox.settle(first)
    assert files(box).keys() == left


def test_a_mail_never_takes_the_place_of_another(box: Path) -> None:
    inbox = Maildir(box, "move", "processed")
    for content in (b"one", b"another of that name"):
        deliver(box, "1.host", content)
        for mail in inbox.mails():
            inbox.settle(mail)
    assert sorted(content for content in files(box).values() if content) == [b"another of that name", b"one"]


def test_killed_between_link_and_removal_is_completed(box: Path) -> None:
    deliver(box, "1.host", b"one")
    inbox = Maildir(box, "move", "processed")
    (mail,) = inbox.mails()
    inbox.settle(mail)
    os.link(box / ".processed/cur/1.host:2,S", box / "new/1.host")
    (again,) = inbox.mails()
    inbox.settle(again)
    assert [path.name for path in (box / ".processed/cur").iterdir()] == ["1.host:2,S"]
    assert list(inbox.mails()) == []


def test_what_is_no_file_is_not_followed(box: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (box / "new" / "1.link").symlink_to(tmp_path / "secret")
    os.mkfifo(box / "new" / "2.pipe")
    (box / "new" / "3.folder").mkdir()
    (box / "new" / "4.huge").write_bytes(b"x" * (LIMIT + 9))
    mails = {mail.name: mail.content for mail in Maildir(box, "move", "processed").mails()}
    assert {name for name, content in mails.items() if content is None} == {
        "new/1.link",
        "new/2.pipe",
        "new/3.folder",
    }
    assert len(mails["new/4.huge"] or b"") == LIMIT + 1


def test_a_folder_that_is_no_maildir(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no Maildir"):
        Maildir(tmp_path, "move", "processed")


def test_mails_delivered_and_moved_by_others_meanwhile_are_neither_lost_nor_read_by_half(box: Path) -> None:
    whole = b"begin " + b"x" * 50_000 + b" end"
    inbox = Maildir(box, "move", "processed")

    def deliverer() -> None:
        for number in range(200):
            deliver(box, f"{number:03}.host", whole)

    def reader_of_mail() -> None:
        for _ in range(200):
            for path in list((box / "new").iterdir())[:3]:
                try:
                    path.rename(box / "cur" / f"{path.name}:2,S")
                except FileNotFoundError:
                    continue

    threads = [threading.Thread(target=each) for each in (deliverer, reader_of_mail)]
    for thread in threads:
        thread.start()
    seen = 0
    while any(thread.is_alive() for thread in threads) or seen == 0 or list(inbox.mails()):
        for mail in inbox.mails():
            assert mail.content == whole
            inbox.settle(mail)
            seen += 1
    assert len(list((box / ".processed/cur").iterdir())) == 200


MBOX = b"""\
From MAILER-DAEMON Mon Mar  2 07:00:00 2026
Subject: one

>From here
From there
>>From afar

From ana@example.com Mon Mar  2 07:00:01 2026
Subject: two

two
"""


def test_the_mails_of_an_mbox(tmp_path: Path) -> None:
    path = tmp_path / "bounces"
    path.write_bytes(MBOX)
    mails = list(Mbox(path).mails())
    assert [mail.content for mail in mails] == [
        b"Subject: one\n\nFrom here\nFrom there\n>From afar\n\n",
        b"Subject: two\n\ntwo\n",
    ]
    Mbox(path).settle(mails[0])
    assert path.read_bytes() == MBOX


@pytest.mark.parametrize("content", [b"", b"\n", b"no mbox at all", b"From " * 9, b"\0" * 99])
def test_what_is_no_mbox_has_at_most_one_mail(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bounces"
    path.write_bytes(content)
    assert len(list(Mbox(path).mails())) == content.startswith(b"From ")


def test_a_huge_mail_in_an_mbox(tmp_path: Path) -> None:
    path = tmp_path / "bounces"
    path.write_bytes(b"From a\n" + b"x" * (3 * LIMIT) + b"\n\n" + MBOX)
    assert [len(mail.content or b"") <= LIMIT + (1 << 16) for mail in Mbox(path).mails()] == [True] * 3


def test_an_mbox_that_is_missing_or_kept_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PublishError, match="no such file"):
        list(Mbox(tmp_path / "none").mails())
    path = tmp_path / "bounces"
    path.write_bytes(MBOX)
    monkeypatch.setattr(mbox, "_PATIENCE", 0.05)
    code = "import fcntl, sys; f = open(sys.argv[1], 'r+b'); fcntl.lockf(f, 2); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code, path], stdin=PIPE, stdout=PIPE) as other:
        assert other.stdout
        assert other.stdin
        other.stdout.readline()
        with pytest.raises(Locked):
            list(Mbox(path).mails())
        other.stdin.write(b"\n")
    assert len(list(Mbox(path).mails())) == 2


def test_a_mail_from_a_pipe_is_kept_whole_unless_it_is_settled(tmp_path: Path) -> None:
    content = os.urandom(LIMIT + 300_000)
    spool = Spool(tmp_path / "bounces")
    kept, settled = (spool.take(io.BytesIO(content), 1_772_434_800) for _ in range(2))
    assert kept.content is not None
    assert content.startswith(kept.content)
    spool.leave(kept)
    spool.settle(settled)
    assert list(files(tmp_path / "bounces").values()) == [content]
    (mail,) = Maildir(tmp_path / "bounces", "keep", "x").mails()
    assert mail.name == f"new/{kept.name}"
