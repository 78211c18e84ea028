"""How `publish web` bears what comes: python -m benchmarks.web timing|bombing|load|sending

timing   2,000 sign-ups of known and unknown addresses in turn: can their times be told apart?
bombing  10,000 sign-ups for few addresses, from few networks, and from everywhere for everybody: mails sent
load     wrk against sign-up, one click and health, while another process writes to the ledger without rest
sending  wrk against sign-up and one click, while `publish send` sends to 40,000 readers

Needs smtp-sink (Postfix), and wrk for the last two. All is on loopback, in a folder that goes afterwards.
"""

import http.client
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import erf, sqrt
from pathlib import Path
from statistics import median, quantiles
from typing import IO
from urllib.parse import urlencode

from publisher.audience.addresses import read_address
from publisher.audience.keys import Keys
from publisher.audience.stamps import make_stamp
from publisher.audience.subscriber import Consent, Newcomer
from publisher.audience.tokens import leaving, make_token
from publisher.store.keys import load_keys
from publisher.store.subscribers import Subscribers

SMTP = int(os.environ.get("SINK_PORT", "2599"))
SETTINGS = f"""
title = "Measured"
[newsletter]
sender = "a@example.org"
[web]
url = "https://news.example.org"
refuse = ["roles", "disposable"]
[relays.main]
host = "127.0.0.1"
port = {SMTP}
security = "none"
"""
FORM = "application/x-www-form-urlencoded"
WRITER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
db.execute("PRAGMA synchronous = FULL")
number = 0
while True:
    db.execute("BEGIN IMMEDIATE")
    db.execute("INSERT INTO calls VALUES (?, '')", [f"w{time.time_ns()}"])
    db.execute("COMMIT")
    number += 1
    if number % 100 == 0:
        print(number, flush=True)
"""


@dataclass
class Web:
    """One endpoint of its own."""

    root: Path
    port: int
    process: int

    @property
    def ledger(self) -> Path:
        return self.root / ".publish" / "ledger.sqlite"

    @property
    def keys(self) -> Keys:
        return load_keys(self.root / ".publish" / "keys.json")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def shown(self) -> str:
        return make_stamp(self.keys, datetime.now(UTC) - timedelta(seconds=30))

    def fields(self, address: str) -> bytes:
        return urlencode({"email": address, "newsletter": "daily", "shown": self.shown()}).encode()

    def memory(self) -> float:
        """Megabytes that the service holds at present."""
        status = Path(f"/proc/{self.process}/status").read_text("ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def add(self, addresses: list[str]) -> list[int]:
        readers = Subscribers(self.ledger, self.keys)
        consent = Consent(datetime.now(UTC), "imported", "benchmark")
        return [
            readers.add(Newcomer(read_address(each), ("daily",)), consent, confirmed=True).id
            for each in addresses
        ]

    def mails(self) -> int:
        with closing(sqlite3.connect(self.ledger, timeout=30)) as db:
            return int(db.execute("SELECT count(*) FROM invitations").fetchone()[0])


@contextmanager
def running(
    more: str = "", secrets: Mapping[str, str] | None = None, log: IO[bytes] | None = None
) -> Iterator[Web]:
    """`more` stands in `[web]`, `secrets` in the environment; `log` takes what the service says on stderr."""
    root = Path(tempfile.mkdtemp(prefix="publish-web-"))
    (root / "publish.toml").write_text(SETTINGS.replace("[relays", f"{more}\n[relays"), "utf-8")
    command = [sys.executable, "-m", "publisher", "-C", str(root), "web", "--port", "0"]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen(["smtp-sink", *user, f"127.0.0.1:{SMTP}", "50"])  # noqa: S603, S607  (the system's)
    around = {**os.environ, **(secrets or {})}
    service = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=around)  # noqa: S603  (our own)
    try:
        line = service.stdout.readline() if service.stdout else ""
        yield Web(root, int(line.split("127.0.0.1:")[1].split(";")[0]), service.pid)
    finally:
        for process in (service, sink):
            process.terminate()
            process.wait()
        shutil.rmtree(root)


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def network(number: int) -> str:
    return f"{11 + number // 65_536 % 200}.{number // 256 % 256}.{number % 256}.7"


def sign_up(web: Web, connection: http.client.HTTPConnection, address: str, source: str) -> tuple[int, float]:
    """The status, and the seconds until the whole answer was there."""
    body, headers = web.fields(address), {"Content-Type": FORM, "X-Forwarded-For": source}
    begun = time.perf_counter()
    connection.request("POST", "/subscribe", body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - begun


def timing() -> None:
    tries, chance = 2_000, random.Random(1)  # noqa: S311  (repeatable)
    with running("burst = 0") as web:
        known = [f"known{n}@example.org" for n in range(tries)]
        unknown = [f"other{n}@example.org" for n in range(tries)]
        web.add(known)
        turns = [("known", each) for each in known] + [("unknown", each) for each in unknown]
        chance.shuffle(turns)
        times: dict[str, list[float]] = {"known": [], "unknown": []}
        connection = web.connect()
        for number, (kind, address) in enumerate(turns):
            status, seconds = sign_up(web, connection, address, network(number))
            if status != 200:
                sys.exit(f"{status} for {address}")
            times[kind].append(seconds * 1_000)
    for kind, found in times.items():
        ninety_five = quantiles(found, n=20)[-1]
        tell(f"{kind:8} {len(found)} tries: median {median(found):.2f} ms, 95 % {ninety_five:.2f} ms")
    better = advantage(times["known"], times["unknown"])
    deviation = sqrt((2 * tries + 1) / (12 * tries * tries))
    score = (better - 0.5) / deviation
    chances = 1 - erf(abs(score) / sqrt(2))
    tell(f"a known one takes longer with probability {better:.3f} (0.5: nothing to tell); p = {chances:.2f}")


def advantage(left: list[float], right: list[float]) -> float:
    """The probability that one of `left` is above one of `right` (Mann and Whitney's U over all pairs)."""
    ranked = sorted([(value, 1) for value in left] + [(value, 0) for value in right])
    ranks = sum(rank for rank, (_, mine) in enumerate(ranked, 1) if mine)
    return (ranks - len(left) * (len(left) + 1) / 2) / (len(left) * len(right))


def bombing() -> None:
    number = 10_000
    floods: dict[str, Callable[[int], tuple[str, str]]] = {
        "5 addresses, 10,000 networks": lambda n: (f"victim{n % 5}@example.org", network(n)),
        "5 inboxes by 10,000 addresses": lambda n: (f"victim{n % 5}+{n}@example.org", network(n)),
        "10,000 addresses, 5 networks": lambda n: (f"r{n}@example.net", network(n % 5)),
        "10,000 addresses and networks": lambda n: (f"r{n}@d{n % 50}.example.com", network(20_000 + n)),
    }
    for name, turn in floods.items():
        with running() as web:
            connection, begun = web.connect(), time.perf_counter()
            statuses = Counter(sign_up(web, connection, *turn(n))[0] for n in range(number))
            seconds = time.perf_counter() - begun
            time.sleep(5)
            tell(f"{name}: {dict(statuses)} in {seconds:.0f} s; {web.mails()} mails went out")


def load() -> None:
    with running("hourly = 100000\ndomain_hourly = 100000\nburst = 1000000") as web:
        numbers = web.add([f"reader{n}@example.org" for n in range(2_000)])
        tokens = [make_token(web.keys, leaving("daily"), each, datetime.now(UTC)) for each in numbers]
        scripts = {"GET /health": "", "GET /subscribe": "", "POST /u/TOKEN": one_click(tokens)}
        scripts["POST /subscribe"] = posts(web.fields("x@y").decode())
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(web.ledger)], stdout=subprocess.PIPE)  # noqa: S603  (our own)
        try:
            for name, script in scripts.items():
                tell(name, wrk(web, name.split()[1] if not script else "/", script))
        finally:
            writer.terminate()
            written = writer.communicate()[0].split()
            tell(f"meanwhile another process wrote {int(written[-1]):,} transactions" if written else "")


def sending() -> None:
    """The readers are written as they are, which takes a second, not minutes."""
    readers = 40_000
    with running("hourly = 100000\ndomain_hourly = 100000\nburst = 1000000") as web:
        now = datetime.now(UTC)
        people = [
            (n, f"r{n}@example.org", f"r{n}@example.org", now.isoformat()) for n in range(1, readers + 1)
        ]
        with closing(sqlite3.connect(web.ledger, timeout=30)) as db, db:
            db.executemany(
                "INSERT INTO subscribers (id, address, mailbox, state, joined)"
                " VALUES (?, ?, ?, 'confirmed', ?)",
                people,
            )
            db.executemany("INSERT INTO subscriptions VALUES ('daily', ?)", [(each[0],) for each in people])
        (web.root / "content").mkdir()
        text = (
            f"---\ntitle: News\ndate: {(now - timedelta(hours=1)).isoformat()}\n---\n\nSomething happened.\n"
        )
        (web.root / "content" / "news.md").write_text(text, "utf-8")
        publish = [sys.executable, "-m", "publisher", "-C", str(web.root)]
        subprocess.run([*publish, "-q", "digest"], check=True)  # noqa: S603  (our own)
        sender = subprocess.Popen([*publish, "send", "--yes"], stdout=subprocess.PIPE, text=True)  # noqa: S603  (our own)
        tokens = [
            make_token(web.keys, leaving("daily"), each, now) for each in range(readers - 2_000, readers)
        ]
        tell("POST /u/TOKEN", wrk(web, "/", one_click(tokens)))
        tell("POST /subscribe", wrk(web, "/", posts(web.fields("x@y").decode())))
        tell("the sender was still at work" if sender.poll() is None else "the sender had ended before")
        tell(sender.communicate()[0].strip())


def one_click(tokens: list[str]) -> str:
    return (
        "local tokens = {" + ",".join(f'"{each}"' for each in tokens) + "}\nlocal n = 0\n"
        'request = function() n = n + 1; return wrk.format("POST", "/u/" .. tokens[n % #tokens + 1], '
        f'{{["Content-Type"] = "{FORM}"}}, "List-Unsubscribe=One-Click") end\n'
    )


def posts(fields: str) -> str:
    rest = fields.partition("&")[2]
    return (
        "math.randomseed(os.time())\nlocal function any() return math.random(1, 250) end\n"
        "request = function()\n"
        f'  local headers = {{["Content-Type"] = "{FORM}", ["X-Forwarded-For"] = '
        'any() .. "." .. any() .. "." .. any() .. ".1"}\n'
        f'  local body = "email=r" .. math.random(1, 1e9) .. "%40example.org&{rest}"\n'
        '  return wrk.format("POST", "/subscribe", headers, body)\nend\n'
    )


def wrk(web: Web, path: str, script: str) -> str:
    ends = ", ".join(f"l:percentile({part}) / 1e3" for part in (50, 99))
    broken = "s.errors.connect + s.errors.read + s.errors.timeout"
    told = (
        'done = function(s, l, r) io.write(string.format("%.0f/s, median %.0f ms, 99 %% %.0f ms, '
        'worst %.0f ms, %d answered otherwise than 2xx, %d broken", '
        f"s.requests / s.duration * 1e6, {ends}, l.max / 1e3, s.errors.status, {broken})) end\n"
    )
    file = web.root / "wrk.lua"
    file.write_text(script + told, "utf-8")
    command = [
        "wrk",
        "-t1",
        "-c20",
        "-d10s",
        "--timeout",
        "30s",
        "-s",
        str(file),
        f"http://127.0.0.1:{web.port}{path}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  (our own arguments)
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    {"timing": timing, "bombing": bombing, "load": load, "sending": sending}[sys.argv[1]]()
