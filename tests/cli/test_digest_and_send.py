"""From articles to the inbox: frozen by `publish digest`, sent by `publish send`, once."""

import email
import email.policy
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.post.servers import server
from tests.work.lists import RELAY, ledger, sql, states
from tests.work.projects import CONFIGURATION, make, write

NEWSLETTER = """
[web]
url = "https://news.example.org"
[newsletter]
sender = "news@ledger.example.org"
address = "4 Quay Street, Port Example"
"""


def test_from_articles_to_the_inbox(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(name: str, now: str, *more: str) -> tuple[int, str]:
        code = main(["-C", str(tmp_path), *name.split(), "--now", now, *more])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    with server() as script:
        make(tmp_path, configuration=CONFIGURATION + NEWSLETTER + RELAY.format(port=script.port, keys=""))
        assert run("send", "2026-11-21T06:00Z", "--yes")[0] == 2
        assert run("digest", "2026-11-21T06:00Z")[0] == 0
        readers = tmp_path / "readers.csv"
        write(readers, "email,name\nana@example.com,Ana\nbo@example.com,Bo\ngone@example.com,Gone\n")
        agreed = ("--confirmed", "--consent", "ticked on our site")
        assert run("subscribers import", "2026-11-21T06:00Z", *agreed, str(readers))[0] == 0
        assert run("subscribers unsubscribe", "2026-11-21T06:00Z", "gone@example.com")[0] == 0
        code, told = run("send", "2026-11-21T06:01Z", "--yes")
        assert (code, states(tmp_path)) == (0, {"sent": 2}), told
        assert sorted(taken.recipient for taken in script.taken) == ["ana@example.com", "bo@example.com"]
        for taken in script.taken:
            message = email.message_from_bytes(taken.message, policy=email.policy.default)
            assert message["To"] == taken.recipient
            assert message["Date"] == "Sat, 21 Nov 2026 06:01:00 +0000"
            assert "https://news.example.org/u/" in message["List-Unsubscribe"]
            body = message.get_body(("plain",))
            assert body and "Night market" in body.get_content()
        assert len({taken.message_id for taken in script.taken}) == 2
        assert sql(ledger(tmp_path), "SELECT count(*) FROM issues WHERE handed_at IS NOT NULL") == [(1,)]
        assert run("digest", "2026-11-21T06:02Z")[0] == 0
        assert run("send", "2026-11-21T06:02Z", "--yes") == (0, "nothing to send\n")
        write(
            tmp_path / "content/2026-11-22-new.md",
            "---\ntitle: Something new\n---\n\nIt happened on Sunday.\n",
        )
        assert run("digest", "2026-11-22T06:00Z")[0] == 0
        assert run("send", "2026-11-22T06:00Z", "--yes")[0] == 0
        assert len(script.taken) == 4
        last = email.message_from_bytes(script.taken[-1].message, policy=email.policy.default)
        assert "Something new" in last["Subject"]
