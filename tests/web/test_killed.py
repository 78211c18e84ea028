"""`publish web` killed at any moment, as a process of its own: no sign-up is lost, one mail doubled."""

import http.client
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from publisher.store.keys import load_keys
from publisher.work.place import open_place
from tests.post.servers import Script, server
from tests.web.servers import SETTINGS, URL, Endpoint

ENDED = 20.0
OFFLINE = 'refuse = ["roles", "disposable"]'


@contextmanager
def process(root: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command, and the port that it says it is at."""
    command = [sys.executable, "-m", "publisher", "-C", str(root), "web", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        line = running.stdout.readline()
        try:
            yield running, int(line.split("127.0.0.1:")[1].split(";")[0]) if "127.0.0.1:" in line else 0
        finally:
            running.kill()


def test_no_sign_up_is_lost_and_no_mail_doubled(tmp_path: Path) -> None:
    """Whoever was told to look into his inbox gets his mail, whenever the service is killed."""
    chance, answered = random.Random(7), []  # noqa: S311  (repeatable)
    script = Script(say=lambda step, _: time.sleep(0.02) or "" if step == "dot" else "")  # type: ignore[func-returns-value]  # a slow server
    with server(script) as mails:
        (tmp_path / "publish.toml").write_text(
            SETTINGS.format(url=URL, port=mails.port, more=OFFLINE), "utf-8"
        )
        load_keys(tmp_path / ".publish" / "keys.json")
        for run in range(3):
            with process(tmp_path) as (running, port):
                web = Endpoint(open_place(tmp_path, None, {}), port, mails)
                for n in range(10):
                    address = f"r{run}-{n}@example.org"
                    if web.sign_up(address, f"192.{run}.{n}.1").status == 200:
                        answered.append(address)
                time.sleep(chance.uniform(0.3, 1.4))
                os.kill(running.pid, signal.SIGKILL)
        with process(tmp_path) as (_, port):
            web = Endpoint(open_place(tmp_path, None, {}), port, mails, timedelta(minutes=20))
            web.settled(ENDED)
    counts = Counter(each.recipient for each in mails.taken)
    assert set(answered) <= set(counts)
    assert len(answered) == 30
    doubled = [address for address, count in counts.items() if count > 1]
    assert len(doubled) <= 3
    assert max(counts.values()) <= 2
    by_mail = Counter((each.recipient, each.message_id) for each in mails.taken)
    assert len(by_mail) == len(counts)


def test_it_ends_in_order_and_there_is_only_one(tmp_path: Path) -> None:
    with server() as mails:
        (tmp_path / "publish.toml").write_text(
            SETTINGS.format(url=URL, port=mails.port, more=OFFLINE), "utf-8"
        )
        with process(tmp_path) as (running, port):
            second = subprocess.run(
                [sys.executable, "-m", "publisher", "-C", str(tmp_path), "web", "--port", "0"],
                capture_output=True,
                text=True,
                check=False,
            )
            assert (second.returncode, "another run is at work" in second.stderr) == (5, True)
            running.send_signal(signal.SIGTERM)
            assert running.wait(ENDED) in {0, -signal.SIGTERM}
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/health")
            except ConnectionRefusedError:
                return
            raise AssertionError("it still answers")


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('title = "T"\n', "utf-8")
    command = [sys.executable, "-m", "publisher", "-C", str(tmp_path), "web", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "[web]: there is no url" in done.stderr
    assert not (tmp_path / ".publish" / "ledger.sqlite").exists()
