"""What sending costs: CPU and memory for a mail, mails a second beside postfix's own client, rows claimed.

python -m benchmarks.sending [--readers 20000] [--memory] [--claims]

Needs smtp-sink and smtp-source (postfix). The message has 15 kB; the time is that of the whole command, from
its start to its report.
"""

import argparse
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from publisher.newsletter import marks
from publisher.store import deliveries, ledger_file

REPOSITORY = Path(__file__).parents[1]
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
SIZE = 15_360
LINE = b"The council met at six in the hall by the harbour, and nobody left before nine o'cl.\r\n"
HEAD = (
    b"From: News <news@ledger.example.org>\r\nTo: <%s>\r\nSubject: The ferry is back\r\nDate: %s\r\n"
    b"Message-ID: %s\r\nList-Unsubscribe: <https://news.example.org/u/%s>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
) % (marks.ADDRESS, marks.DATE, marks.MESSAGE_ID, marks.UNSUBSCRIBE)
LETTER = HEAD + LINE * ((SIZE - len(HEAD)) // len(LINE))
CONFIGURATION = """
title = "The Ledger"
[relays.main]
host = "127.0.0.1"
port = {port}
security = "none"
connections = {connections}
per_connection = 1000
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--memory", action="store_true", help="1,000 to 200,000 readers")
    parser.add_argument("--claims", action="store_true", help="a ledger of a million rows")
    given = parser.parse_args()
    if given.claims:
        claims(1_000_000)
        return
    for count in (1_000, 20_000, 200_000) if given.memory else (given.readers,):
        measure(count, given.connections, "")
    if not given.memory:
        for way in ("ed25519", "rsa"):
            measure(given.readers, given.connections, way)
        source(given.readers, given.connections)


def measure(readers: int, connections: int, signed: str) -> None:
    """Sends to all readers and says what it took."""
    with tempfile.TemporaryDirectory() as place, sink() as port:
        root = publication(Path(place), port, readers, connections)
        if signed:
            sign(root, signed)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        own = [sys.executable, "-m", "publisher", "-C", str(root), "send", "--yes", "--now", NOW.isoformat()]
        code = measured(own, root / "peak")
        seconds = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = int((root / "peak").read_text()) / 1_024
        print(  # noqa: T201  (its result)
            f"{readers:,} readers, {signed or 'unsigned'}: exit {code},"
            f" {cpu / readers * 1_000:.3f} ms of CPU a mail,"
            f" {readers / seconds:,.0f} mails/s, {peak:.0f} MB at most",
            flush=True,
        )


def measured(command: list[str], peak: Path) -> int:
    """Runs it in a process of its own, whose child alone tells the memory."""
    script = (
        "import resource, subprocess, sys, pathlib\n"
        "code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL).returncode\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss\n"
        "pathlib.Path(sys.argv[1]).write_text(str(peak)); sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    own = [sys.executable, "-S", "-c", script, str(peak), *command]
    return subprocess.run(own, env=environment, check=False).returncode  # noqa: S603  (our own)


def source(messages: int, connections: int) -> None:
    """The same with smtp-source: nothing but the protocol, in C."""
    program = shutil.which("smtp-source")
    if program is None:
        return
    with sink() as port:
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        options = ["-s", str(connections), "-m", str(messages), "-l", str(SIZE), "-d"]
        subprocess.run([program, *options, f"127.0.0.1:{port}"], check=True)  # noqa: S603
        seconds = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"smtp-source: {cpu / messages * 1_000:.3f} ms of CPU a mail, {messages / seconds:,.0f} mails/s")  # noqa: T201


@contextmanager
def sink() -> Iterator[int]:
    """postfix's smtp-sink on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    program = shutil.which("smtp-sink") or "smtp-sink"
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with subprocess.Popen([program, *user, f"127.0.0.1:{port}", "1000"]) as process:  # noqa: S603
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        try:
            yield port
        finally:
            process.terminate()


def publication(root: Path, port: int, readers: int, connections: int) -> Path:
    (root / "publish.toml").write_text(CONFIGURATION.format(port=port, connections=connections), "utf-8")
    path = root / ".publish" / "ledger.sqlite"
    ledger_file.create(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO subscribers (id, address, mailbox, state, joined)"
            " VALUES (?1, ?2, ?2, 'confirmed', ?3)",
            ((n, f"r{n}@example.com", NOW.isoformat()) for n in range(1, readers + 1)),
        )
        db.execute("INSERT INTO subscriptions SELECT 'daily', id FROM subscribers")
        moment = NOW.isoformat()
        db.execute(
            "INSERT INTO issues (id, newsletter, day, until, frozen_at, articles)"
            " VALUES (1, 'daily', ?, ?, ?, '[]')",
            [NOW.date().isoformat(), moment, moment],
        )
        db.execute(
            "INSERT INTO letters (issue, subject, preheader, message, page) VALUES (1, '', '', ?, '')",
            [LETTER],
        )
    return root


def sign(root: Path, way: str) -> None:
    options = {
        "rsa": ["-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048"],
        "ed25519": ["-algorithm", "ed25519"],
    }
    program = shutil.which("openssl") or "openssl"
    subprocess.run(  # noqa: S603  (our own)
        [program, "genpkey", *options[way], "-out", str(root / "key.pem")],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    with (root / "publish.toml").open("a") as file:
        file.write('[dkim.test]\nkey = "key.pem"\n')


def claims(rows: int) -> None:
    """How long it takes to enrol so many, to claim the next batch anywhere in it, and to mark a row."""
    with tempfile.TemporaryDirectory() as place:
        root = publication(Path(place), 25, rows, 10)
        begun = time.monotonic()
        with ledger_file.opened(root / ".publish" / "ledger.sqlite") as db:
            opened = time.monotonic() - begun
            begun = time.monotonic()
            deliveries.enrol(db, 1, NOW, lambda _: int(NOW.timestamp()))
            enrolled = time.monotonic() - begun
            print(f"{rows:,} rows: opened in {opened * 1_000:,.0f} ms, enrolled in {enrolled:.1f} s")  # noqa: T201
            for done in (0, rows // 2, rows - 1_000):
                db.execute("BEGIN")
                db.execute("UPDATE deliveries SET state = 'sent' WHERE subscriber <= ?", [done])
                db.execute("COMMIT")
                begun = time.monotonic()
                found = deliveries.claim(db, 1, int(NOW.timestamp()), 500)
                taken = time.monotonic() - begun
                print(f"{done:,} sent: {len(found)} claimed in {taken * 1_000:.1f} ms")  # noqa: T201
            begun = time.monotonic()
            deliveries.write_marks(db, [deliveries.Mark(1, rows, "sending", 0)])
            print(f"one row marked, on the disk, in {(time.monotonic() - begun) * 1_000:.1f} ms")  # noqa: T201


if __name__ == "__main__":
    main()
