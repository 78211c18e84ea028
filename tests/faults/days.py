"""Days of an unattended publication whose runs are killed at random moments, or begun twice; the accounts.

A real mail server, a hub, a Maildir of bounces and a target for rsync, all on this machine.
`python -m tests.faults.days --kills 130 --pairs 20` prints what came of it.
"""

import argparse
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from publisher.store.diary import Run, read_runs
from tests.bounces.samples import dsn
from tests.fetch.hubs import Hub, hub
from tests.post.servers import Script, Taken, server
from tests.work.lists import add_readers, ledger, sql
from tests.work.projects import make, tree, write

REPOSITORY = Path(__file__).parents[2]
BASE = "https://ledger.example.org/"
FIRST = datetime(2026, 11, 21, 6, tzinfo=UTC)
CONFIGURATION = """\
title = "The Test Ledger"
base_url = "https://ledger.example.org"
time_zone = "Europe/Berlin"
page_size = 5
[images]
cards = false
[newsletter]
sender = "news@ledger.example.org"
unsubscribe = "mailto:leave@ledger.example.org"
[feed]
hub = "{hub}"
[deploy.live]
kind = "rsync"
to = "../www"
[bounces]
mailbox = "maildir:../returned"
[sending]
bounces = "back.example.org"
patience = 1
[relays.main]
host = "127.0.0.1"
port = {port}
security = "none"
connections = 4
timeout = 5
"""
ARTICLE = """\
---
title: {title}
date: {date}
section: {section}
id: urn:{number}
---

{title}: the ferry sailed at six with {number} passengers, and the master spoke of the timetable.
"""
_LINK = re.compile(rb'(?:href|src)="([^"#]*)')
_DOUBT = 75


@dataclass
class Result:
    """What came of it. Lists name what must not be: all of them have to be empty."""

    kills: int = 0
    aimed: int = 0  # of them, while the mail server was spoken to
    runs: int = 0
    days: int = 0
    at: Counter[str] = field(default_factory=Counter)  # what was under way at a kill
    doubted: int = 0  # mails in doubt
    taken: int = 0
    bounced: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)  # pages that point at nothing, files that no build made
    untold: list[str] = field(default_factory=list)  # feeds that changed, and the hub was not told
    unfinished: list[str] = field(default_factory=list)
    pairs: Counter[str] = field(default_factory=Counter)  # exit codes of two runs begun at once

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.unnamed, *self.torn, *self.untold, *self.unfinished]


@dataclass
class Publication:
    """A publication, what it talks to, and what it is known to hold."""

    folder: Path
    script: Script
    hub: Hub
    readers: int
    day: datetime = FIRST
    known: set[str] = field(default_factory=set)  # path and digest of each file of a finished run
    seen: int = 0  # mails counted so far
    told: int = 0  # pings counted so far
    left: set[str] = field(default_factory=set)  # readers who bounced
    feeds: dict[str, bytes] = field(default_factory=dict)
    # Files seen after the day's kills, by where: they have to be those of its finished site, or older.
    pending: list[tuple[str, str]] = field(default_factory=list)
    lasts: float = 0.0  # seconds that an undisturbed run takes

    @property
    def root(self) -> Path:
        return self.folder / "news"

    @property
    def www(self) -> Path:
        return self.folder / "www"

    def start(self) -> subprocess.Popen[str]:
        own = [sys.executable, "-m", "publisher", "-C", str(self.root), "daily"]
        return subprocess.Popen(
            [*own, "--now", self.day.isoformat()],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"},
            start_new_session=True,
        )


def founded(folder: Path, script: Script, told: Hub, readers: int) -> Publication:
    """A publication with articles and readers, before its first day."""
    found = Publication(folder, script, told, readers)
    make(found.root, {}, CONFIGURATION.format(hub=told.address, port=script.port))
    (found.root / "content" / "images" / "quay.png").unlink()
    for name in ("cur", "new", "tmp"):
        (folder / "returned" / name).mkdir(parents=True)
    for number in range(10):
        report(found, FIRST - timedelta(days=10 - number), number)
    for name in ("r1", "r2"):  # the ledger and its keys are made by the first
        own = ["subscribers", "add", f"{name}@example.com", "--confirmed", "--consent", "paper"]
        command = [sys.executable, "-m", "publisher", "-C", str(found.root), "-q", *own]
        subprocess.run(
            [*command, "--newsletter", "daily"], check=True, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}
        )
    add_readers(ledger(found.root), [f"r{n}@example.com" for n in range(3, readers + 1)])
    return found


def report(found: Publication, moment: datetime, number: int) -> None:
    """One more article."""
    text = ARTICLE.format(
        title=f"Boat {number}",
        date=moment.isoformat(),
        section=("Harbour", "Town")[number % 2],
        number=number,
    )
    write(found.root / "content" / f"boat-{number}.md", text)


def a_day(found: Publication, chance: random.Random, kills: int, aimed: bool, result: Result) -> None:
    """An article and a bounce come in, runs are killed, then one is let be; all is counted."""
    result.days += 1
    report(found, found.day - timedelta(hours=1), 100 + result.days)
    returned(found, chance)
    for _ in range(kills):
        killed(found, chance, aimed, result)
        torn(found, result)
    finished(found, result)
    found.day += timedelta(days=1)


def returned(found: Publication, chance: random.Random) -> None:
    """A mail of yesterday comes back: its reader is to get no more."""
    yesterday = [each for each in found.script.taken if each.recipient not in found.left]
    if len(found.left) < found.readers // 3 and yesterday:
        one = chance.choice(yesterday)
        found.left.add(one.recipient)
        file = found.folder / "returned" / "new" / f"{len(found.left)}.mx"
        file.write_bytes(dsn("5.1.1", "smtp; 550 5.1.1 user unknown", to=one.sender))


def killed(found: Publication, chance: random.Random, aimed: bool, result: Result) -> None:
    """One run that is killed at any moment, or shortly after it has begun to speak to the mail server."""
    before = found.script.connections
    with found.start() as process:
        if aimed:
            while found.script.connections == before and process.poll() is None:
                time.sleep(0.001)
            time.sleep(chance.random() ** 2 * 0.6)
        else:
            end = time.monotonic() + chance.random() * found.lasts
            while time.monotonic() < end and process.poll() is None:
                time.sleep(0.005)
        at = _step(process.pid)
        if process.poll() is None:
            everything = chance.random() < 0.6  # else its step lives on, beside the next run
            os.killpg(process.pid, signal.SIGKILL) if everything else process.kill()
            result.kills += 1
            result.aimed += found.script.connections > before
            result.at[f"{at}{'' if everything else ', which lives on'}"] += 1
        process.wait()
    result.runs += 1


def _step(parent: int) -> str:
    """The step that is under way below a run."""
    found = subprocess.run(
        ["ps", "--ppid", str(parent), "-o", "args="], capture_output=True, text=True, check=False
    ).stdout.split()
    names = {"bounces", "digest", "build", "deploy", "ping", "send"}
    return next((word for word in found if word in names), "between")


def finished(found: Publication, result: Result) -> None:
    """A run that nobody disturbs; asked again only while a step that outlived its run holds a lock."""
    end = time.monotonic() + 60
    while True:
        begun = time.monotonic()
        with found.start() as process:
            said, _ = process.communicate()
        result.runs += 1
        run = read_runs(found.root / ".publish" / "daily.jsonl")[-1]
        if not ("another run is at work" in said and time.monotonic() < end):
            break
        time.sleep(0.2)
    if result.days == 1 and not result.kills:
        found.lasts = time.monotonic() - begun
    account(found, run, process.returncode, said, result)


def account(found: Publication, run: Run, code: int, said: str, result: Result) -> None:
    """Everybody has it once, or is named; what readers see is what was built; the hub knows."""
    rows = _rows(found)
    doubted = {who for who, state in rows.items() if state == "unknown"}
    well = [each for each in run.outcomes if each.code and (each.step, each.code) != ("send", _DOUBT)]
    if well or code not in {0, _DOUBT} or set(rows.values()) - {"sent", "unknown"} or len(run.outcomes) != 6:
        result.unfinished.append(f"{found.day:%d} {code} {Counter(rows.values())} {said[-800:]}")
    result.unnamed += [f"{found.day:%d} {who}" for who in doubted if who not in said]
    copies = Counter(each.recipient for each in _mails(found))
    expected = {f"r{n}@example.com" for n in range(1, found.readers + 1)} - found.left
    result.lost += [f"{found.day:%d} {who}" for who in expected - copies.keys() - doubted]
    result.doubled += [f"{found.day:%d} {who}" for who, count in copies.items() if count > 1]
    result.doubled += [f"{found.day:%d} {who} has bounced" for who in copies.keys() & found.left]
    result.doubted += len(doubted)
    result.taken += copies.total()
    result.bounced = len(found.left)
    complete(found, result)


def complete(found: Publication, result: Result) -> None:
    """The target holds what was built and nothing else; the hub was told of every feed that changed."""
    site, www = (
        {p: b for p, b in tree(each).items() if not p.startswith(".publish")}
        for each in (found.root / "site", found.www)
    )
    result.torn += [f"{found.day:%d} {path} in target" for path in site.keys() ^ www.keys()]
    result.torn += [
        f"{found.day:%d} {path} differs" for path in site.keys() & www.keys() if site[path] != www[path]
    ]
    feeds = {
        path: body for path, body in site.items() if path.endswith(("feed.xml", "feed.atom", "feed.json"))
    }
    asked = {topic.removeprefix(BASE) for topic in found.hub.topics[found.told :]}
    found.told = len(found.hub.topics)
    result.untold += [
        path for path, body in feeds.items() if found.feeds.get(path) != body and path not in asked
    ]
    found.feeds = feeds
    for path, body in site.items():
        found.known.add(_named(path, body))
    torn(found, result, finished=True)


def torn(found: Publication, result: Result, *, finished: bool = False) -> None:
    """No page points at what is not there. That no file is half one shows when the day is finished."""
    for name, folder in (("site", found.root / "site"), ("target", found.www)):
        files = {p: b for p, b in tree(folder).items() if ".~tmp~" not in p} if folder.exists() else {}
        if "index.html" not in files and files and finished:
            result.torn.append(f"{name}: no index.html")
        result.torn += [f"{found.day:%d} {name}: {text}" for text in broken(files)]
        here = f"{found.day:%d} {name}"
        found.pending += [(here, _named(p, b)) for p, b in files.items() if not p.startswith(".publish")]
    if finished:
        strange = [(where, file) for where, file in found.pending if file not in found.known]
        result.torn += [f"{where}: {file} is of no build" for where, file in strange]
        found.pending.clear()


def broken(files: dict[str, bytes]) -> Iterator[str]:
    """Links of pages to files of the site that are not there."""
    for path, body in files.items():
        if not path.endswith(".html"):
            continue
        for found in _LINK.findall(body):
            to = urljoin(BASE + path, found.decode())
            target = unquote(urlsplit(to).path).lstrip("/")
            if (
                to.startswith(BASE)
                and not {target, f"{target.rstrip('/')}/index.html".lstrip("/")} & files.keys()
            ):
                yield f"{path} -> {target}"


def _named(path: str, body: bytes) -> str:
    """Lists of issues tell of today's once it has begun to go out: for them it is enough to be whole."""
    if path.startswith("newsletter/") and _is_whole(path, body):
        return path
    return f"{path} {hashlib.sha256(body).hexdigest()[:16]}"


def _is_whole(path: str, body: bytes) -> bool:
    if path.endswith(".json"):
        return bool(json.loads(body))
    return body.rstrip().endswith((b"</html>", b"</rss>", b"</feed>"))


def _rows(found: Publication) -> dict[str, str]:
    rows = sql(
        ledger(found.root),
        "SELECT s.address, d.state FROM deliveries d JOIN subscribers s ON s.id = d.subscriber"
        " JOIN issues i ON i.id = d.issue WHERE i.day = ?",
        f"{found.day:%Y-%m-%d}",
    )
    return {str(address): str(state) for address, state in rows}


def _mails(found: Publication) -> list[Taken]:
    """What the server took since the day before."""
    mails = found.script.taken[found.seen :]
    found.seen = len(found.script.taken)
    return mails


def a_pair(found: Publication, chance: random.Random, result: Result) -> None:
    """Two runs at once: one works, the other says so, or finds nothing to do; then the day is counted."""
    result.days += 1
    report(found, found.day - timedelta(hours=1), 100 + result.days)
    returned(found, chance)
    first = found.start()
    time.sleep(chance.choice([0, 0, chance.random() * 0.05, chance.random()]))
    second = found.start()
    told = [process.communicate()[0] for process in (first, second)]
    codes = sorted(process.returncode for process in (first, second))
    result.pairs["+".join(map(str, codes))] += 1
    # 75: mails of the day before are in doubt, and named.
    if codes not in ([0, 5], [5, 75], [0, 0], [75, 75]):
        result.unfinished.append(f"pair {codes} {told}")
    finished(found, result)
    found.day += timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """How many readers, kills at any moment, kills aimed at the sending, pairs of runs begun at once."""

    readers: int
    kills: int
    aimed: int
    pairs: int


def campaign(folder: Path, plan: Plan, chance: random.Random) -> Result:
    """As many days as that takes."""
    slow = Script(say=lambda step, _: time.sleep(0.001 if step == "dot" else 0) or "")  # type: ignore[func-returns-value]  # sleeps, then the usual answer
    result = Result()
    with ExitStack() as stack:
        running, told = stack.enter_context(server(slow)), stack.enter_context(hub())
        found = founded(folder, running, told, plan.readers)
        a_day(found, chance, 0, False, result)
        while result.kills < plan.kills:
            a_day(found, chance, min(chance.randint(1, 4), plan.kills - result.kills), False, result)
        before = result.aimed
        while result.aimed - before < plan.aimed:
            a_day(found, chance, chance.randint(1, 2), True, result)
        for _ in range(plan.pairs):
            a_pair(found, chance, result)
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--aimed", type=int, default=30)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        plan = Plan(given.readers, given.kills, given.aimed, given.pairs)
        result = campaign(Path(place), plan, random.Random(given.seed))  # noqa: S311  (no secret)
    print(json.dumps(vars(result), indent=1))  # noqa: T201  (its result)


if __name__ == "__main__":
    main()
