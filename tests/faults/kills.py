"""Runs that are killed at random moments, over and over, until a list has been sent; then the accounts.

`python -m tests.faults.kills --readers 1500 --connections 10 --kills 200` prints what came of it.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.post.servers import Script, server
from tests.work.lists import ledger, make_list, sql

REPOSITORY = Path(__file__).parents[2]
NOW = "2026-11-21T06:00Z"
Policy = Literal["hold", "resend"]


@dataclass
class Result:
    """What came of one list."""

    kills: int = 0
    runs: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    in_doubt: int = 0  # rows that a run found in `sending`, all runs together
    unnamed: list[str] = field(default_factory=list)  # in doubt, and no report says so
    untold: list[str] = field(default_factory=list)  # `sent` although the server never said 250
    identities: int = 0  # readers of whose copies the Message-ID differs
    states: dict[str, int] = field(default_factory=dict)


def command(root: Path, policy: Policy, *more: str) -> list[str]:
    own = [sys.executable, "-m", "publisher", "-C", str(root), "send", "--yes", "--now", NOW]
    return [*own, "--on-unknown", policy, "--output-format", "json", *more]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


@dataclass(frozen=True)
class Plan:
    """How many readers, over how many connections, with which policy, and how often it is killed."""

    readers: int
    connections: int
    policy: Policy
    kills: int


def campaign(root: Path, plan: Plan, chance: random.Random) -> Result:
    """Kills runs until `plan.kills` is reached or all is sent; then lets runs end, and counts."""
    script = Script(say=lambda *_: time.sleep(chance.random() * 0.0006) or "")  # type: ignore[func-returns-value]  # sleeps, then the usual answer
    result = Result()
    with server(script) as running:
        make_list(root, running.port, plan.readers, connections=plan.connections)
        while result.kills < plan.kills and _killed(root, plan.policy, running, chance, result):
            _audit(root, running, result)
        final = _finish(root, plan.policy, running, result)
    _audit(root, running, result)
    _count(root, plan.readers, running, result, final)
    return result


def _killed(root: Path, policy: Policy, running: Script, chance: random.Random, result: Result) -> bool:
    """One run that is killed; False if it was faster."""
    before = running.connections
    with subprocess.Popen(
        command(root, policy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    ) as process:
        while running.connections == before and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.random() ** 2 * 0.12)
        process.send_signal(signal.SIGKILL)
        code = process.wait()
    result.runs += 1
    result.kills += code == -signal.SIGKILL
    result.in_doubt += _rows(root, "sending")
    return code == -signal.SIGKILL


def _finish(root: Path, policy: Policy, running: Script, result: Result) -> list[dict[str, object]]:
    """Runs that nobody kills, until nothing changes; the troubles that the last one names."""
    for _ in range(5):
        done = subprocess.run(
            command(root, policy), capture_output=True, text=True, env=environment(), check=False
        )
        result.runs += 1
        assert done.returncode in {0, 75}, done.stderr
        report = json.loads(done.stdout)
        if not report["this_run"]:
            break
    troubles: list[dict[str, object]] = report["troubles"]
    return troubles


def _rows(root: Path, state: str) -> int:
    return int(str(sql(ledger(root), "SELECT count(*) FROM deliveries WHERE state = ?", state)[0][0]))


def _audit(root: Path, running: Script, result: Result) -> None:
    """Never `sent` without a 250."""
    rows = sql(
        ledger(root),
        "SELECT s.address FROM deliveries d JOIN subscribers s ON s.id = d.subscriber WHERE d.state = 'sent'",
    )
    told = {taken.recipient for taken in running.taken if taken.told}
    result.untold += sorted({str(address) for (address,) in rows} - told)


def _count(root: Path, readers: int, running: Script, result: Result, named: list[dict[str, object]]) -> None:
    copies: defaultdict[str, list[str]] = defaultdict(list)
    for taken in running.taken:
        copies[taken.recipient].append(taken.message_id)
    everybody = {f"r{n}@example.com" for n in range(1, readers + 1)}
    doubted = {str(trouble["address"]) for trouble in named if trouble["state"] == "unknown"}
    result.lost = sorted(everybody - copies.keys() - doubted)
    result.doubled = sorted(address for address, ids in copies.items() for _ in ids[1:])
    result.identities = sum(len(set(ids)) > 1 for ids in copies.values())
    rows = sql(
        ledger(root),
        "SELECT s.address FROM deliveries d JOIN subscribers s ON s.id = d.subscriber"
        " WHERE d.state = 'unknown'",
    )
    result.unnamed = sorted({str(address) for (address,) in rows} - doubted)
    states = sql(ledger(root), "SELECT state, count(*) FROM deliveries GROUP BY state")
    result.states = {str(state): int(str(count)) for state, count in states}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=1_500)
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    policies: tuple[Policy, ...] = ("hold", "resend")
    for policy in policies:
        total: Counter[str] = Counter()
        lists = 0
        while total["kills"] < given.kills:
            chance = random.Random(f"{given.seed}.{lists}")  # noqa: S311  (no secret)
            with tempfile.TemporaryDirectory() as place:
                left = given.kills - total["kills"]
                one = campaign(Path(place), Plan(given.readers, given.connections, policy, left), chance)
            lists += 1
            total.update(kills=one.kills, runs=one.runs, lost=len(one.lost), doubled=len(one.doubled))
            total.update(in_doubt=one.in_doubt, unnamed=len(one.unnamed), untold=len(one.untold))
            total.update(identities=one.identities, unknown=one.states.get("unknown", 0))
        print(f"{policy}: {lists} lists of {given.readers} readers: {dict(total)}", flush=True)  # noqa: T201  (its result)


if __name__ == "__main__":
    main()
