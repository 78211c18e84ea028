"""A small publication with everything that a daily run touches, and ways to break each of it."""

import json
import os
import socket
import socketserver
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from publisher.store.diary import read_runs
from tests.fetch.hubs import Hub
from tests.post.servers import Script
from tests.work.lists import add_readers, ledger, sql
from tests.work.projects import write

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
READERS = 12
HEAD = """\
title = "The Test Ledger"
base_url = "https://ledger.example.org"
time_zone = "Europe/Berlin"
[images]
cards = false
[newsletter]
sender = "news@ledger.example.org"
unsubscribe = "mailto:leave@ledger.example.org"
"""
PARTS = {
    "bounces": '[bounces]\nmailbox = "maildir:../returned"\n',
    "deploy": '[deploy.live]\nto = "../www"\n',
    "feed": '[feed]\nhub = "{hub}"\n',
    "relays": '[relays.main]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\ntimeout = 2\n',
    "sending": "[sending]\npatience = 1\n",
}
ARTICLE = (
    "---\ntitle: {title}\ndate: {date}\nid: urn:{title}\n---\n\nThe ferry sailed at six, and came back.\n"
)
STEPS = ("bounces", "digest", "build", "deploy", "ping", "send")


@dataclass
class Stage:
    """A publication in `root`, and the servers it talks to. `parts` are the tables of its configuration."""

    folder: Path
    script: Script
    hub: Hub
    parts: dict[str, str] = field(default_factory=lambda: dict(PARTS))

    @property
    def root(self) -> Path:
        return self.folder / "news"

    @property
    def www(self) -> Path:
        return self.folder / "www"

    def configure(self, **parts: str) -> None:
        """Other tables in place of the usual ones."""
        text = HEAD + "".join((self.parts | parts).values())
        write(self.root / "publish.toml", text.format(hub=self.hub.address, port=self.script.port))

    def takes(self, *steps: str) -> None:
        """The daily run is these steps alone, which saves time."""
        self.parts["daily"] = f"[daily]\nsteps = {json.dumps(steps)}\n"
        self.configure()

    def article(self, title: str, date: str = "2026-11-20") -> Path:
        path = self.root / "content" / f"{title}.md"
        write(path, ARTICLE.format(title=title, date=date))
        return path

    def daily(self, now: datetime = NOW, *before: str) -> "Told":
        own = [sys.executable, "-m", "publisher", "-C", str(self.root), "daily", "--now", now.isoformat()]
        done = subprocess.run([*before, *own], capture_output=True, text=True, check=False, timeout=120)
        assert done.stdout == ""
        assert "Traceback" not in done.stderr, done.stderr
        runs = read_runs(self.root / ".publish" / "daily.jsonl") if (self.root / ".publish").is_dir() else ()
        codes = {each.step: each.code for each in runs[-1].outcomes} if runs else {}
        return Told(done.returncode, done.stderr, codes)

    def copies(self) -> Counter[str]:
        return Counter(each.recipient for each in self.script.taken)

    def states(self) -> dict[str, int]:
        rows = sql(ledger(self.root), "SELECT state, count(*) FROM deliveries GROUP BY state")
        return {str(state): int(str(count)) for state, count in rows}


@dataclass(frozen=True)
class Told:
    """What a run said, and the exit code of each of its steps (None: left out)."""

    code: int
    said: str
    steps: dict[str, int | None]

    def failed(self) -> dict[str, int | None]:
        return {step: code for step, code in self.steps.items() if code != 0}


def staged(folder: Path, script: Script, hub: Hub) -> Stage:
    """Two articles and a dozen readers; nothing was done yet."""
    stage = Stage(folder, script, hub)
    stage.configure()
    for title in ("ferry", "market"):
        stage.article(title)
    for name in ("cur", "new", "tmp"):
        (folder / "returned" / name).mkdir(parents=True)
    own = [
        "subscribers",
        "add",
        "r1@example.com",
        "--confirmed",
        "--consent",
        "paper",
        "--newsletter",
        "daily",
    ]
    subprocess.run([sys.executable, "-m", "publisher", "-C", str(stage.root), "-q", *own], check=True)
    add_readers(ledger(stage.root), [f"r{n}@example.com" for n in range(2, READERS + 1)])
    return stage


def whole(stage: Stage) -> None:
    """Everybody has it once; where the site was deployed, it is what was built."""
    assert stage.copies() == {f"r{n}@example.com": 1 for n in range(1, READERS + 1)}
    assert stage.states() == {"sent": READERS}
    if (stage.www / "index.html").exists():
        assert (stage.www / "index.html").read_bytes() == (stage.root / "site" / "index.html").read_bytes()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A file system of its own in memory; what is in the folder moves onto it and back."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f"{folder.name}.aside")
    subprocess.run(["cp", "-a", f"{folder}/", aside], check=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip("file systems cannot be mounted here")
    try:
        subprocess.run(["cp", "-a", f"{aside}/.", folder], check=True)
        yield
        subprocess.run(["rm", "-rf", aside], check=True)
        subprocess.run(["cp", "-a", f"{folder}/", aside], check=True)
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        subprocess.run(["cp", "-a", f"{aside}/.", folder], check=False)


def fill(folder: Path, leave: int = 0) -> Path:
    """Writes until nothing but `leave` bytes is left; the file that has to go to mend it."""
    file = folder / "filler"
    number = os.open(file, os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while os.write(number, bytes(4_096)):
            pass
    os.ftruncate(number, max(0, os.lseek(number, 0, os.SEEK_END) - leave))
    os.close(number)
    return file


def cut_off_rsync(stack: ExitStack, www: Path, after: int) -> tuple[int, Event]:
    """A daemon of rsync behind a port that ends connections after so many bytes, until the event is set."""
    www.mkdir()
    own, healed = _free_port(), Event()
    settings = www.with_name("rsyncd.conf")
    user = f"uid = {os.getuid()}\ngid = {os.getgid()}"
    settings.write_text(f"use chroot = no\n[www]\npath = {www}\nread only = no\n{user}\n")
    command = ["rsync", "--daemon", "--no-detach", f"--config={settings}", "--address=127.0.0.1"]
    daemon = stack.enter_context(subprocess.Popen([*command, f"--port={own}"]))
    stack.callback(daemon.terminate)
    door = stack.enter_context(_Door(("127.0.0.1", 0), _Caller))
    door.to, door.after, door.healed = own, after, healed
    Thread(target=door.serve_forever, kwargs={"poll_interval": 0.01}).start()
    stack.callback(door.shutdown)
    return int(door.server_address[1]), healed


class _Door(socketserver.ThreadingTCPServer):
    to = 0
    after = 0
    healed: Event


class _Caller(socketserver.BaseRequestHandler):
    """One connection, passed on to the daemon and back."""

    server: _Door

    def handle(self) -> None:
        left = 10**9 if self.server.healed.is_set() else self.server.after
        with _reached(self.server.to) as other:
            back = Thread(target=_pass_on, args=(other, self.request, 10**9))
            back.start()
            _pass_on(self.request, other, left)
            back.join()


def _reached(port: int) -> socket.socket:
    for _ in range(100):
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", port), 5)
        time.sleep(0.05)
    raise OSError("the daemon does not answer")


def _pass_on(source: socket.socket, target: socket.socket, left: int) -> None:
    with suppress(OSError):
        while left > 0 and (piece := source.recv(min(left, 4_096))):
            target.sendall(piece)
            left -= len(piece)
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR if left <= 0 else socket.SHUT_WR)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
