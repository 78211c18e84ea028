"""rss2email (github.com/rss2email/rss2email), which makes a mail of each item it has not seen."""

import mailbox
import shutil
import subprocess
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from tests.readers.served import Served

pytestmark = pytest.mark.skipif(shutil.which("r2e") is None, reason="rss2email (r2e) is not installed")


def r2e(folder: Path, home: dict[str, str], *arguments: str) -> None:
    files = ("-c", folder / "r2e.cfg", "-d", folder / "r2e.json")
    subprocess.run(["r2e", *files, *arguments], env=home, check=True, timeout=60, capture_output=True)


@pytest.mark.parametrize("ending", ["xml", "atom"])
def test_rss2email(feeds: Served, tmp_path: Path, home: dict[str, str], ending: str) -> None:
    (tmp_path / "r2e.cfg").write_text(
        "[DEFAULT]\nfrom = ledger@example.org\nto = reader@example.org\nuse-publisher-email = False\n"
        f"email-protocol = maildir\nmaildir-path = {tmp_path}\nmaildir-mailbox = mails\n"
    )
    mails = mailbox.Maildir(tmp_path / "mails", create=True)
    r2e(tmp_path, home, "add", "ledger", f"{feeds.address}/feed.{ending}")
    r2e(tmp_path, home, "run")
    assert feeds.statuses() == [200]
    subjects = [str(make_header(decode_header(mail["Subject"]))) for mail in mails]
    assert sorted(" ".join(each.split()) for each in subjects) == sorted(each.title for each in feeds.items)
    bodies = [mail.get_payload(decode=True) for mail in mails]
    assert all(isinstance(body, bytes) and b"begins here, &" in body for body in bodies)
    r2e(tmp_path, home, "run")
    assert (feeds.statuses(), len(mails)) == ([304], len(feeds.items))
