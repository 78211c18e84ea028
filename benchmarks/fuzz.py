"""Broken requests for `publish web`, for as long as you like: python -m benchmarks.fuzz wire|api MINUTES SEED

wire  requests of `benchmarks.broken` over bare connections, three at a time
api   schemathesis (to be installed beside, no part of the project) with `benchmarks/web_api.json`

Ends with 1 at the first thing that must not be: an answer that is an error of ours or leads elsewhere, an
answer that tells whether somebody reads, a word in the log, a reader changed without his link. All is on
loopback; smtp-sink (Postfix) takes the mails.
"""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from random import Random
from typing import IO

from benchmarks.broken import FORM, Broken, Known, broken_form, broken_request
from benchmarks.web import Web, running, tell
from publisher.audience.keys import Keys
from publisher.audience.tokens import CONFIRM, PREFERENCES, leaving, make_token

FINE = frozenset({200, 400, 403, 404, 405, 408, 410, 413, 415, 422, 429})
SECRETS = {
    "PUBLISH_HOOK_SECRET": "fuzz",
    "PUBLISH_MAILGUN_KEY": "fuzz",
    "PUBLISH_POSTMARK_SECRET": "post:mark",
}
SETTINGS = 'hourly = 100000\ndomain_hourly = 100000\nburst = 2000\ntopics = ["arn:aws:sns:eu-west-1:1:t"]'
GUARDS = (
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-robots-tag",
    "cache-control",
)
_TELLTALE = re.compile(rb"Traceback|\.py\b|sqlite|uvicorn|starlette|Python/", re.IGNORECASE)
_STAMP = re.compile(rb'name="shown" value="[^"]*"')
_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance"
_HELD = "sign-ups in an hour: some wait"  # which is as it should be
_PATIENCE = 1.0  # seconds for an answer to what may be half a request


class Wrong(Exception):
    """What must not be, with the request that led to it."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: `head` has its header fields, names in small letters."""

    status: int
    head: tuple[tuple[str, str], ...]
    body: bytes


def known_of(
    keys: Keys,
    readers: Sequence[int],
    addresses: Sequence[str],
    newsletter: str = "daily",
    hook: str = "fuzz",
) -> Known:
    """All routes, with good tokens of these readers."""
    now = datetime.now(UTC)
    paths = ["/subscribe", "/mine"] * 8 + ["/health", "/", "/icon.svg", "/c/x", "/u/x", "/p/x"]
    for reader in readers:
        settings = f"/p/{make_token(keys, PREFERENCES, reader, now)}"
        paths += [settings, f"{settings}/export", f"{settings}/erase"]
        paths.append(f"/c/{make_token(keys, CONFIRM, reader, now)}")
        paths.append(f"/u/{make_token(keys, leaving(newsletter), reader, now)}")
    paths += [f"/hook/{name}/{hook}" for name in ("ses", "mailgun", "postmark", "x")] * 6
    return Known(paths, addresses)


def ask(port: int, broken: Broken, patience: float = _PATIENCE) -> Said | None:
    """The first answer; None where there was none within so many seconds, as to half a request."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=patience)) as raw:
        try:
            for piece in broken.pieces:
                raw.sendall(piece)
            if broken.ends:
                raw.shutdown(socket.SHUT_WR)
            answer = HTTPResponse(raw, method=broken.method)
            answer.begin()
            head = tuple((name.lower(), value) for name, value in answer.getheaders())
            return Said(answer.status, head, answer.read())
        except (OSError, HTTPException):
            return None


def judge(said: Said | None, request: bytes, private: bytes) -> None:
    """Raises Wrong. `private` stands in every address that no request may bring to light."""
    if said is None:
        return
    names = [name for name, _ in said.head]
    faults = {
        f"answered {said.status}": said.status not in FINE,
        "tells what it is made of": bool(_TELLTALE.search(said.body)) and not _TELLTALE.search(request),
        "sets what it should not": bool({"set-cookie", "location", "server"} & set(names)),
        "lacks " + ", ".join(set(GUARDS) - set(names)): not set(GUARDS) <= set(names),
        "repeats a header": len(names) != len(set(names)),
        "tells of a reader": private in said.body and private not in request,
        "repeats a script": b"<script" in said.body or b"<img src=x" in said.body,
    }
    for fault, found in faults.items():
        if found:
            raise Wrong(f"{fault}\n{said}\n{request[:4_000]!r}")


def probe(port: int, known: Known, name: str) -> str:
    """Sends the broken request of this name; the status of its answer, or `none`. Raises Wrong."""
    broken = broken_request(Random(name), known)  # noqa: S311  (repeatable)
    said = ask(port, broken)
    judge(said, b"".join(broken.pieces), b"private")
    return str(said.status) if said else "none"


def twins(port: int, name: str, addresses: tuple[str, str], shown: str) -> None:
    """The same odd form for one who reads and one who does not. Raises Wrong where the answers differ."""
    answers = []
    for address in addresses:
        chance = Random(name)  # noqa: S311  (the same for both)
        path = chance.choice(("/subscribe", "/mine"))
        body = broken_form(chance, address) + f"&shown={shown}".encode()
        source = f"2001:db8:{chance.randrange(65_536):x}:{chance.randrange(65_536):x}::1"
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nX-Forwarded-For: {source}\r\n"
        whole = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        said = ask(port, Broken("POST", (whole,), False), 30)
        if said is None:
            raise Wrong(f"no answer to {whole!r}")
        text = _STAMP.sub(b"", said.body).replace(address.encode(), b"A")
        answers.append((said.status, [each for each, _ in said.head], text))
    if answers[0] != answers[1]:
        raise Wrong(f"tells who reads: {addresses}\n{answers[0]}\n{answers[1]}")


def wire(web: Web, seconds: float, seed: int) -> Counter[str]:
    """Asks until the time is over; how often which answer came. Raises Wrong."""
    opened = [f"open{n}@example.org" for n in range(30)]
    known = known_of(web.keys, web.add(opened), opened)
    web.add([f"private{n}@example.org" for n in range(9)])
    end = time.monotonic() + seconds

    def work(part: int) -> Counter[str]:
        counted, number = Counter[str](), 0
        while time.monotonic() < end:
            number += 1
            name, who = f"{seed} {part} {number}", number % 9
            if number % 20:
                counted[probe(web.port, known, name)] += 1
            else:
                pair = (f"private{who}@example.org", f"unknown{who}@example.org")
                twins(web.port, name, pair, web.shown())
                counted["twins"] += 2
        return counted

    with ThreadPoolExecutor(3) as workers:
        return sum(workers.map(work, range(3)), Counter[str]())


def api(web: Web, seconds: float, seed: int) -> Counter[str]:
    """Schemathesis, with good tokens among its own. Raises Wrong where it finds something."""
    readers = web.add([f"open{n}@example.org" for n in range(30)])
    web.add([f"private{n}@example.org" for n in range(9)])
    now = datetime.now(UTC)
    makers = {"c": CONFIRM, "u": leaving("daily"), "p": PREFERENCES}
    text = (Path(__file__).parent / "web_api.json").read_text("utf-8").replace("SHOWN", web.shown())
    for letter, purpose in makers.items():
        tokens = json.dumps([make_token(web.keys, purpose, each, now) for each in readers])
        text = text.replace(f'["TOKENS OF {letter}"]', tokens)
    schema = web.root / "api.json"
    schema.write_text(text, "utf-8")
    program = shutil.which("schemathesis") or sys.exit("there is no schemathesis: pip install schemathesis")
    where = ["--url", f"http://127.0.0.1:{web.port}", "--max-time", str(int(seconds)), "--seed", str(seed)]
    command = [program, "fuzz", str(schema), *where, "--checks", _CHECKS, "--continue-on-failure"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=web.root)  # noqa: S603  (our own)
    if done.returncode:
        raise Wrong(done.stdout + done.stderr)
    tell("\n".join(done.stdout.splitlines()[-12:]))
    return Counter()


_HIDDEN = """
SELECT count(*) FROM subscribers JOIN subscriptions ON subscriber = id
WHERE address LIKE 'private%' AND state = 'confirmed'
"""


def unchanged(web: Web, log: IO[bytes]) -> None:
    """Nobody changed who is hidden, the service is well and had nothing to say. Raises Wrong."""
    log.seek(0)
    words = [line for line in log.read().decode("utf-8", "replace").splitlines() if _HELD not in line]
    if words:
        raise Wrong("in the log: " + "\n".join(words[:200]))
    with closing(sqlite3.connect(web.ledger, timeout=30)) as db:
        (there,) = db.execute(_HIDDEN).fetchone()
        whole = db.execute("PRAGMA integrity_check").fetchone()
    if there != 9 or whole != ("ok",):
        raise Wrong(f"{there} of 9 readers are as they were; the ledger: {whole}")
    health = ask(web.port, Broken("GET", (b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n",), False))
    if health is None or health.body != b'{"status":"ok"}':
        raise Wrong(f"health: {health}")


def main(way: Callable[[Web, float, int], Counter[str]], minutes: float, seed: int) -> int:
    with tempfile.TemporaryFile() as log, running(SETTINGS, SECRETS, log) as web:
        try:
            told = way(web, minutes * 60, seed)
            time.sleep(2)
            unchanged(web, log)
        except Wrong as wrong:
            tell(wrong)
            return 1
        tell(f"seed {seed}:", dict(sorted(told.items())), f"memory {web.memory():.0f} MB")
        return 0


if __name__ == "__main__":
    ways = {"wire": wire, "api": api}
    sys.exit(main(ways[sys.argv[1]], float(sys.argv[2]), int((sys.argv[3:] or ["1"])[0])))
