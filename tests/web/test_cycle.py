"""The whole way on loopback: sign-up, issue, one click by a mail program, a bounce, the next issue."""

import re
from datetime import timedelta
from email.utils import formatdate
from pathlib import Path

from publisher.cli.main import main
from tests.bounces.samples import dsn
from tests.post.servers import Taken
from tests.web.servers import URL, Endpoint, endpoint, link, read

ARTICLE = "---\ntitle: {title}\ndate: {date}\n---\n\nAfter two weeks the ferry sails again.\n"


def publish(web: Endpoint, *arguments: str) -> int:
    return main(["-C", str(web.place.root), "-q", *arguments])


def write(web: Endpoint, title: str) -> None:
    moment = web.now - timedelta(minutes=5)
    file = web.place.root / "content" / f"{title}.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(ARTICLE.format(title=title, date=moment.isoformat()), "utf-8")


def issue(web: Endpoint, title: str) -> dict[str, Taken]:
    """An issue with one article goes out; what readers got of it, by address."""
    write(web, title)
    now, before = web.now.isoformat(), len(web.script.taken)
    assert publish(web, "digest", "--newsletter", "tide", "--now", now) == 0
    assert publish(web, "send", "--yes", "--now", now) == 0
    return {each.recipient: each for each in web.script.taken[before:]}


def test_readers_come_read_and_go(tmp_path: Path) -> None:
    with endpoint(tmp_path) as web:
        for name in ("ana", "bo", "cy"):
            web.sign_up(f"{name}@example.org")
        for mail in web.mails():
            assert web.post(link(mail)).status == 200
        web.sign_up("never-confirms@example.org")
        web.settled()
        got = issue(web, "ferry")
        assert got.keys() == {f"{name}@example.org" for name in ("ana", "bo", "cy")}
        header = read(got["ana@example.org"])
        path = re.fullmatch(rf"<{re.escape(URL)}(/u/[\w-]{{36}})>", header["List-Unsubscribe"])
        assert path
        assert header["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        body, kind = b"List-Unsubscribe=One-Click", {"Content-Type": "application/x-www-form-urlencoded"}
        assert web.ask("POST", path[1], body, kind).status == 200
        bounce = dsn("5.1.1", "smtp; 550 5.1.1 user unknown", to=got["bo@example.org"].sender)
        mailbox = tmp_path / "mbox"
        mailbox.write_bytes(f"From MAILER-DAEMON {formatdate()}\n".encode() + bounce + b"\n")
        assert publish(web, "bounces", f"mbox:{mailbox}") == 0
        web.ahead = timedelta(days=1)
        assert issue(web, "harbour").keys() == {"cy@example.org"}
        states = [getattr(web.reader(f"{name}@example.org"), "state", "") for name in ("ana", "bo", "cy")]
        assert states == ["unsubscribed", "bounced", "confirmed"]
        assert web.sign_up("bo@example.org").status == 200
