"""`publish send` against servers that fail in every way: nobody is lost, nobody doubled, all is told."""

import json
import os
import signal
import subprocess
import sys
import tarfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.cli.main import main
from tests.post.certificates import certificate
from tests.post.servers import CLOSE, HALF, KEEP_AND_CLOSE, STALL, Script, server
from tests.work.lists import add_issue, add_readers, ledger, make_list, sql, states

NOW = "2026-11-21T06:00Z"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(root: Path, *arguments: str, now: str = NOW) -> tuple[int, str, str]:
        code = main(["-C", str(root), "send", "--now", now, *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def copies(script: Script) -> Counter[str]:
    return Counter(taken.recipient for taken in script.taken)


def at(step: str, said: str, who: str = "") -> Callable[[str, str], str]:
    """A server that says this to one step, for one reader or for all."""
    return lambda where, argument: said if where == step and who in argument else ""


def test_everybody_gets_it_once(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port, 20)
        code, out, err = run(root, "--yes")
        assert (code, err) == (0, "")
        assert out.startswith("daily 2026-11-21: 20 sent (20 mails in ")
        assert len(copies(script)) == len(script.taken) == 20
        assert len({taken.message_id for taken in script.taken}) == 20
        assert run(root, "--yes") == (0, "nothing to send\n", "")
        add_readers(ledger(root), ["later@example.com"])
        assert run(root, "--yes")[0] == 0
        assert len(script.taken) == 20


def test_mails_come_back_to_whom_they_name(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path / "own", script.port, 2)
        run(root, "--yes")
        assert {taken.sender for taken in script.taken} == {"news@ledger.example.org"}
        root = make_list(tmp_path / "verp", script.port, 2, 'bounces = "back.example.org"')
        run(root, "--yes")
        senders = sorted(taken.sender for taken in script.taken[2:])
        assert [sender[:6] for sender in senders] == ["b+1.1.", "b+1.2."]
        assert all(sender.endswith("@back.example.org") for sender in senders)


@pytest.mark.parametrize(
    ("step", "said", "state"),
    [
        ("RCPT", "550 5.1.1 nobody", "failed"),
        ("RCPT", "450 4.2.1 greylisted", "deferred"),
        ("DATA", "451 4.3.0 later", "deferred"),
        ("dot", "452 4.3.1 full", "deferred"),
        ("dot", "554 5.7.1 spam", "failed"),
        ("dot", CLOSE, "unknown"),
        ("dot", KEEP_AND_CLOSE, "unknown"),
        ("dot", STALL, "unknown"),
        ("dot", "299 what", "unknown"),
    ],
)
@pytest.mark.parametrize("policy", ["hold", "resend"])
def test_one_reader_in_trouble_is_named_and_the_others_get_it(  # noqa: PLR0913, PLR0917  (each is a case of its own)
    run: Run, tmp_path: Path, step: str, said: str, state: str, policy: str
) -> None:
    trouble = [True]
    with server(Script(say=lambda *where: at(step, said, "r2@")(*where) if trouble else "")) as script:
        root = make_list(tmp_path, script.port, 4, timeout=1)
        code, out, err = run(root, "--yes", "--on-unknown", policy)
        assert states(root) == {"sent": 3, state: 1}
        assert code == (4 if state == "failed" else 75)
        assert "r2@example.com" in err
        assert said in {CLOSE, KEEP_AND_CLOSE, STALL} or said[4:] in err
        assert out.startswith("daily 2026-11-21: 3 sent, 1 ")
        trouble.clear()
        code, _, _ = run(root, "--yes", "--on-unknown", policy, now="2026-11-21T06:30Z")
        arrived = 1 if state == "deferred" or (state, policy) == ("unknown", "resend") else 0
        kept = said == KEEP_AND_CLOSE
        assert copies(script)["r2@example.com"] == arrived + kept
        assert len({taken.message_id for taken in script.taken}) == 3 + (arrived or kept)
        assert code == (0 if arrived or state == "failed" else 75)
        assert all(number == 1 for who, number in copies(script).items() if who != "r2@example.com")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        *(("greeting", "421 busy"), ("greeting", CLOSE), ("EHLO", "500 what"), ("MAIL", "451 4.3.0 no")),
        *(
            ("MAIL", "550 5.7.1 not you"),
            ("MAIL", CLOSE),
            ("RCPT", "421 bye"),
            ("DATA", CLOSE),
            ("DATA", HALF),
        ),
    ],
)
def test_a_server_that_takes_nothing_loses_nothing(run: Run, tmp_path: Path, step: str, said: str) -> None:
    trouble = [True]
    with server(Script(say=lambda *where: at(step, said)(*where) if trouble else "")) as script:
        root = make_list(tmp_path, script.port, 8)
        code, _, err = run(root, "--yes")
        assert code == 75
        assert "stopped: relay main: " in err
        assert set(states(root)) <= {"pending", "deferred"}
        assert not script.taken
        trouble.clear()
        assert run(root, "--yes", now="2026-11-21T06:30Z")[0] == 0
        assert states(root) == {"sent": 8}
        assert set(copies(script).values()) == {1}


def test_a_server_that_refuses_everybody_does_not_cost_all_readers(run: Run, tmp_path: Path) -> None:
    with server(Script(say=at("RCPT", "550 5.7.1 your network is blocked"))) as script:
        root = make_list(tmp_path, script.port, 200)
        code, _, err = run(root, "--yes")
        assert code == 75
        assert "refuses every mail: 550 5.7.1" in err
        assert states(root)["failed"] < 30
        script.say = lambda *_: ""
        assert run(root, "--yes", "--issue", "2026-11-21", "--retry-failed")[0] == 0
        assert states(root) == {"sent": 200}


def test_a_server_that_comes_back_gets_the_rest(run: Run, tmp_path: Path) -> None:
    """It goes down in the middle, with connections broken off wherever they were."""
    down: list[float] = []

    def say(step: str, argument: str) -> str:
        if step == "RCPT" and "r30@" in argument and not down:
            down.append(time.monotonic())
            script.drop()
        return "421 down" if down and time.monotonic() - down[0] < 0.5 else ""

    with server(Script(say=say)) as script:
        root = make_list(tmp_path, script.port, 60, connections=10)
        (root / "publish.toml").write_text((root / "publish.toml").read_text() + "\n", "utf-8")
        code, _, _ = run(root, "--yes", "--on-unknown", "hold")
        for _ in range(3):
            if code:
                code, _, _ = run(root, "--yes", "--on-unknown", "hold", now="2026-11-21T07:00Z")
        found = states(root)
        assert found["sent"] + found.get("unknown", 0) == 60
        assert found.get("unknown", 0) <= 10
        assert set(copies(script).values()) == {1}
        assert code == (75 if found.get("unknown") else 0)


def test_tls_that_was_taken_away_sends_nothing(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port, 5)
        text = (root / "publish.toml").read_text().replace('"none"', '"starttls"')
        (root / "publish.toml").write_text(text, "utf-8")
        code, _, err = run(root, "--yes")
        assert code == 75
        assert "STARTTLS" in err
        assert not any(line.startswith(("MAIL", "AUTH")) for line in script.heard)


def test_tls_and_a_password(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, public = certificate(tmp_path / "keys")
    offers = ("PIPELINING", "AUTH PLAIN LOGIN")
    with server(Script(context=context, offers=offers)) as script:
        root = make_list(tmp_path, script.port, 5)
        own = f'"starttls"\nauthority = "{public}"\nuser = "ana"\nsecrets = "secrets.txt"'
        (root / "publish.toml").write_text(
            (root / "publish.toml").read_text().replace('"none"', own), "utf-8"
        )
        code, _, err = run(root, "--yes")
        assert code == 2
        assert "secrets.txt" in err
        (root / "secrets.txt").write_text("PUBLISH_RELAY_MAIN_PASSWORD = 'sesame'\n")
        assert "others may read" in run(root, "--yes")[2]
        (root / "secrets.txt").chmod(0o600)
        code, out, err = run(root, "--yes", "-v")
        assert code == 0
        assert "sesame" not in out + err
        assert any(line.startswith("AUTH PLAIN ") for line in script.heard)
        monkeypatch.setenv("PUBLISH_RELAY_MAIN_PASSWORD", "other")
        add_issue(ledger(root), "2026-11-22")
        script.say = at("AUTH", "535 5.7.8 wrong")
        code, _, err = run(root, "--yes", now="2026-11-22T06:00Z")
        assert code == 75
        assert "AUTH: 535 5.7.8 wrong" in err
        assert sum(line.startswith("AUTH") for line in script.heard) < 10


def test_it_asks(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port)
        code, _, err = run(root)
        assert code == 2
        assert "--yes" in err
        code, out, _ = run(root, "--dry-run")
        assert (code, out) == (0, "daily 2026-11-21: would go to 3 readers\n")
        assert states(root) == {}
        assert not script.connections


def test_a_test_goes_to_one_and_counts_for_nothing(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port)
        code, out, _ = run(root, "--test", "editor@example.org")
        assert code == 0
        assert out == "sent to editor@example.org: main: 250 2.0.0 taken\n"
        assert copies(script) == {"editor@example.org": 1}
        assert states(root) == {}
        assert run(root, "--test", "no address")[0] == 2
        script.say = at("RCPT", "450 later")
        assert run(root, "--test", "editor@example.org")[0] == 75


def test_a_part_then_the_rest(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port, 10)
        assert run(root, "--yes", "--limit", "3")[0] == 0
        assert states(root) == {"sent": 3, "pending": 7}
        assert run(root, "--yes")[0] == 0
        assert set(copies(script).values()) == {1}
        assert len(script.taken) == 10


def test_who_leaves_while_it_is_sent_gets_nothing(run: Run, tmp_path: Path) -> None:
    def say(step: str, argument: str) -> str:
        if step == "RCPT" and "r1@" in argument:
            sql(ledger(tmp_path), "UPDATE subscribers SET state = 'unsubscribed' WHERE address LIKE 'r3@%'")
        return ""

    with server(Script(say=say)) as script:
        root = make_list(tmp_path, script.port, 3, connections=1)
        code, out, _ = run(root, "--yes")
        assert code == 0
        assert "1 not readers any more" in out
        assert copies(script) == {"r1@example.com": 1, "r2@example.com": 1}


def test_old_news_are_sent_on_demand_only(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port)
        code, out, err = run(root, "--yes", now="2026-11-24T06:00Z")
        assert (code, out) == (4, "nothing to send\n")
        assert "daily 2026-11-21 is too old now" in err
        assert run(root, "--yes", "-q", now="2026-11-24T06:00Z") == (4, "", err)
        assert run(root, "--yes", now="2026-11-27T06:00Z") == (0, "nothing to send\n", "")
        code, _, err = run(root, "--yes", "--issue", "2026-11-21", now="2026-11-24T06:00Z")
        assert code == 2
        assert "73 hours old" in err
        assert run(root, "--yes", "--late", now="2026-11-24T06:00Z")[0] == 0
        assert len(script.taken) == 3


def test_who_is_in_doubt_is_no_reason_to_send_old_news(run: Run, tmp_path: Path) -> None:
    with server(Script(say=at("dot", KEEP_AND_CLOSE, "r2@"))) as script:
        root = make_list(tmp_path, script.port)
        assert run(root, "--yes")[0] == 75
        assert run(root, "--yes", now="2026-11-24T06:00Z") == (0, "nothing to send\n", "")


def test_quiet_has_a_line_on_why_it_is_not_well(run: Run, tmp_path: Path) -> None:
    answers = {"r1@": "450 4.2.1 later", "r2@": "550 5.7.1 no"}

    def say(step: str, argument: str) -> str:
        if step == "dot" and "r3@" in argument:
            return KEEP_AND_CLOSE
        return next((said for who, said in answers.items() if step == "RCPT" and who in argument), "")

    with server(Script(say=say)) as script:
        root = make_list(tmp_path, script.port, 4)
        code, out, err = run(root, "--yes", "-q")
        told = "1 sent, 1 failed for good, 1 to be tried again, 1 in doubt; publish send --dry-run names them"
        assert (code, out, err.splitlines()[-1]) == (75, "", f"daily 2026-11-21: {told}")
        answers.clear()
        sql(ledger(root), "DELETE FROM deliveries WHERE state = 'unknown'")
        code, out, err = run(root, "--yes", "-q", now="2026-11-21T07:00Z")
        assert (code, out, err.partition(";")[0]) == (4, "", "daily 2026-11-21: 2 sent, 1 failed for good")
        assert run(root, "--yes", "-q", now="2026-11-21T07:00Z") == (0, "", "")


def test_readers_get_it_at_their_own_hour(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port, 1, 'local_time = "07:00"')
        add_readers(ledger(root), ["b@example.com"], zone="Europe/Berlin")
        add_readers(ledger(root), ["t@example.com"], zone="Asia/Tokyo")
        add_readers(ledger(root), ["n@example.com"], zone="Nowhere/Atall")
        code, out, _ = run(root, "--yes")
        assert (code, copies(script)) == (75, {"b@example.com": 1})
        assert "3 still to be sent" in out
        assert run(root, "--yes", now="2026-11-21T07:00Z")[0] == 75
        assert len(script.taken) == 3
        assert run(root, "--yes", now="2026-11-21T22:00Z")[0] == 0
        assert set(copies(script).values()) == {1}
        assert len(script.taken) == 4


def test_given_up_after_days(run: Run, tmp_path: Path) -> None:
    with server(Script(say=at("RCPT", "450 4.2.1 not yet"))) as script:
        root = make_list(tmp_path, script.port, 1, "give_up_after = 24\nmax_age = 1000")
        for day in range(21, 26):
            code, _, err = run(root, "--yes", now=f"2026-11-{day}T06:00Z")
            assert code == (75 if day < 25 else 4)
        assert "given up after 5 tries: 4.2.1 not yet" in err


def test_the_clock_steps_back(run: Run, tmp_path: Path) -> None:
    with server(Script(say=at("RCPT", "450 not yet", "r2@"))) as script:
        root = make_list(tmp_path, script.port, 5)
        assert run(root, "--yes")[0] == 75
        script.say = lambda *_: ""
        assert run(root, "--yes", now="2026-11-14T06:00Z")[0] == 0
        assert states(root) == {"sent": 5}
        assert set(copies(script).values()) == {1}


@pytest.mark.parametrize("stay", [False, True])
def test_the_report_names_everybody(run: Run, tmp_path: Path, stay: bool) -> None:
    with server(Script(say=at("RCPT", "550 5.1.1 nobody\x1b[2J", "r2@"))) as script:
        root = make_list(tmp_path, script.port)
        wait = ["--wait"] if stay else []
        code, out, _ = run(
            root, "--yes", "--output-format", "json", "--report", str(tmp_path / "r.json"), *wait
        )
        assert code == 4
        table = json.loads(out)
        assert table == json.loads((tmp_path / "r.json").read_text("utf-8"))
        assert (table["schema"], table["exit_code"], table["this_run"]) == (1, 4, {"sent": 2, "failed": 1})
        assert table["issues"][0]["states"] == {"sent": 2, "failed": 1}
        (trouble,) = table["troubles"]
        assert trouble["address"] == "r2@example.com"
        assert (trouble["code"], trouble["status"], trouble["attempts"]) == (550, "5.1.1", 1)
        assert "\x1b" not in out


def test_several_newsletters(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path, script.port, 2)
        add_readers(ledger(root), ["w@example.com"], newsletter="weekly")
        add_issue(ledger(root), newsletter="weekly")
        assert run(root, "--test", "e@example.org")[0] == 2
        assert run(root, "--yes", "--newsletter", "weekly")[0] == 0
        assert copies(script) == {"w@example.com": 1}
        assert run(root, "--yes")[1].startswith("daily 2026-11-21: 2 sent")
        assert run(root, "--yes", "--newsletter", "wekly")[0] == 2


def test_relays_by_weight_and_one_that_is_down(run: Run, tmp_path: Path) -> None:
    with server() as first, server() as second, server() as gone:
        port = gone.port
    with server() as first, server() as second:
        more = '\n[relays.{}]\nhost = "127.0.0.1"\nport = {}\nsecurity = "none"\nweight = {}\n'
        extra = (
            more.format("second", second.port, 3)
            + more.format("gone", port, 2)
            + more.format("spare", port, 0)
        )
        root = make_list(tmp_path, first.port, 200, extra)
        code, _, err = run(root, "--yes")
        assert code == 0
        assert "relay gone: no connection" in err
        assert 30 < len(first.taken) < 90
        assert len(first.taken) + len(second.taken) == 200


def test_rates(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(
            tmp_path,
            script.port,
            [*(f"a{n}@slow.example.com" for n in range(6)), *(f"b{n}@example.com" for n in range(20))],
            'domain_rate = ["slow.example.com 5/s"]',
        )
        assert run(root, "--yes")[0] == 0
        slow = [taken.at for taken in script.taken if "slow" in taken.recipient]
        quick = [taken.at for taken in script.taken if "slow" not in taken.recipient]
        assert slow[-1] - slow[0] > 0.9
        assert max(quick) < slow[2]


class Sender:
    """A run of its own, beside the test."""

    def __init__(self, root: Path, *arguments: str) -> None:
        repository = str(Path(__file__).parents[2])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "publisher", "-C", str(root), "send", "--yes", "--now", NOW, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": repository},
        )

    def end(self) -> tuple[int, str]:
        _, err = self.process.communicate(timeout=30)
        return self.process.returncode, err


def until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_two_at_once(run: Run, tmp_path: Path) -> None:
    go_on = threading.Event()
    with server(
        Script(say=lambda step, _: "" if step != "dot" or go_on.wait(20) else "451 nobody said go")
    ) as script:
        root = make_list(tmp_path, script.port, 30)
        sender = Sender(root)
        until(lambda: states(root).get("sending"))
        code, _, err = run(root, "--yes")
        assert code == 5
        assert str(sender.process.pid) in err
        go_on.set()
        assert sender.end()[0] == 0
        assert set(copies(script).values()) == {1}
        assert states(root) == {"sent": 30}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_what_is_under_way_is_finished(run: Run, tmp_path: Path, number: signal.Signals) -> None:
    with server(Script(say=lambda step, _: time.sleep(0.02) or "" if step == "dot" else "")) as script:  # type: ignore[func-returns-value]  # sleeps, then the usual answer
        root = make_list(tmp_path, script.port, 60)
        sender = Sender(root)
        until(lambda: len(script.taken) > 5)
        sender.process.send_signal(number)
        begun = time.monotonic()
        code, err = sender.end()
        assert (code, time.monotonic() - begun < 4) == (130, True)
        assert "interrupted" in err
        found = states(root)
        assert set(found) == {"sent", "pending"}
        assert found["sent"] == len(script.taken)
        assert run(root, "--yes")[0] == 0
        assert set(copies(script).values()) == {1}
        assert len(script.taken) == 60


def test_interrupted_while_a_server_says_nothing(tmp_path: Path) -> None:
    with server(Script(say=at("dot", STALL))) as script:
        root = make_list(tmp_path, script.port, 9, timeout=300)
        sender = Sender(root)
        until(lambda: states(root).get("sending") == 3)
        sender.process.send_signal(signal.SIGINT)
        time.sleep(0.1)
        sender.process.send_signal(signal.SIGINT)
        code, err = sender.end()
        assert code == 130
        assert states(root) == {"unknown": 3, "pending": 6}
        assert err.count("in doubt: r") == 3


def bounced(root: Path) -> list[str]:
    found = sql(ledger(root), "SELECT address FROM subscribers WHERE state = 'bounced' ORDER BY id")
    return [str(address) for (address,) in found]


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ("550 5.1.1 no such user here", True),
        ("550 5.2.1 disabled", True),
        ("550 no such user here", False),
        ("550 5.1.1 blocked by our spam filter", False),
        ("550 5.7.1 relaying denied", False),
        ("552 5.2.2 mailbox full", False),
    ],
)
def test_who_has_no_address_any_more_is_bounced(run: Run, tmp_path: Path, said: str, marked: bool) -> None:
    with server(Script(say=at("RCPT", said, "r3@"))) as script:
        root = make_list(tmp_path, script.port, 6)
        assert run(root, "--yes")[0] == 4
        assert bounced(root) == ["r3@example.com"] * marked
        if marked:
            ((act, how, evidence),) = sql(
                ledger(root), "SELECT act, how, evidence FROM consents WHERE act = 'bounced'"
            )
            assert (act, how) == ("bounced", "send")
            assert said in str(evidence)
            assert len(sql(ledger(root), "SELECT * FROM suppressions")) == 1


@pytest.mark.parametrize(
    ("said", "kind", "given_up"),
    [
        ("552 5.2.2 mailbox full", "soft", False),
        ("550 5.7.1 listed as a source of spam", "policy", False),
        ("450 4.2.1 not today", "soft", True),
    ],
)
def test_other_refusals_are_counted(run: Run, tmp_path: Path, said: str, kind: str, given_up: bool) -> None:
    """Evidence is kept with the reader, once for a mail; that alone suppresses nobody."""
    with server(Script(say=at("RCPT", said, "r3@"))) as script:
        root = make_list(tmp_path, script.port, 6, "give_up_after = 24\nmax_age = 1000")
        for day in range(21, 26 if given_up else 22):
            code = run(root, "--yes", now=f"2026-11-{day}T06:00Z")[0]
        assert code == 4
        ((reader, *found),) = sql(ledger(root), "SELECT subscriber, kind, source, status FROM returns")
        assert (reader, found) == (3, [kind, "issue 1", said.split()[1]])
        assert bounced(root) == []


def test_a_burst_of_refusals_suppresses_nobody(run: Run, tmp_path: Path) -> None:
    """Policy is about our mail; a relay that calls every box full, day by day, is not believed."""
    for kind, said in (("policy", "550 5.7.1 blocked"), ("full", "552 5.2.2 mailbox full")):
        with server(Script(say=at("RCPT", said))) as script:
            root = make_list(tmp_path / kind, script.port, 25)
            for day in range(21, 31):
                add_issue(ledger(root), f"2026-12-{day}")
                assert run(root, "--yes", now=f"2026-12-{day}T06:00Z")[0] in {4, 75}
            assert bounced(root) == []
            assert bool(sql(ledger(root), "SELECT * FROM returns")) is (kind == "policy")


def test_a_relay_that_knows_nobody_is_not_believed(run: Run, tmp_path: Path) -> None:
    with server(Script(say=at("RCPT", "550 5.1.1 unknown"))) as script:
        root = make_list(tmp_path, script.port, 3)
        code, _, err = run(root, "--yes")
        assert code == 4
        assert bounced(root) == []
        assert "relay main took 0 mails, and refuses 3 because of their readers" in err


def test_who_agreed_again_after_a_refusal_stays(run: Run, tmp_path: Path) -> None:
    again = ["subscribers", "confirm", "r3@example.com", "--again", "--consent", "by phone"]
    answers = {"r3@": "550 5.1.1 unknown", "r4@": "450 4.2.1 later"}

    def say(step: str, argument: str) -> str:
        return next((said for who, said in answers.items() if step == "RCPT" and who in argument), "")

    with server(Script(say=say)) as script:
        root = make_list(tmp_path, script.port, 6)
        assert run(root, "--yes")[0] == 75
        assert bounced(root) == ["r3@example.com"]
        assert main(["-C", str(root), *again]) == 0
        answers.clear()
        assert run(root, "--yes", now="2026-11-21T07:00Z")[0] == 4
        assert bounced(root) == []


def test_a_relay_in_trouble_is_told_also_to_who_wants_quiet(run: Run, tmp_path: Path) -> None:
    with server(Script(say=at("MAIL", "451 4.3.2 out for lunch"))) as script:
        root = make_list(tmp_path, script.port, 3)
        code, out, err = run(root, "--yes", "-q")
        assert (code, out) == (75, "")
        assert "451 4.3.2 out for lunch" in err


def test_a_backup_that_was_put_back_can_be_sent_from(run: Run, tmp_path: Path) -> None:
    with server() as script:
        root = make_list(tmp_path / "news", script.port, 3)
        kept = tmp_path / "kept.tar"
        assert main(["-C", str(root), "backup", str(kept)]) == 0
        for file in ledger(root).parent.glob("ledger.sqlite*"):
            file.unlink()
        with tarfile.open(kept) as archive:
            archive.extract("ledger.sqlite", ledger(root).parent, filter="data")
        assert run(root, "--yes")[0] == 0
        assert len(script.taken) == 3
