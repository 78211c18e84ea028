"""Commands in, one JSON object a line; builds of the program on `PYTHONPATH` out, what came of each a line.

`python -m tests.laws.worker` stays, so that a step costs a build and no start; its end is that of its input.
"""

import json
import sys
import time
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from publisher.cli.main import main as publish
from publisher.errors import PublishError
from publisher.serve.workshop import Wanted, Workshop
from publisher.store.circumstances import circumstances
from publisher.store.unchanged import nothing_new
from publisher.work.again import keep
from publisher.work.building import Built, build
from publisher.work.place import open_place
from publisher.work.site import Choice

Answer = dict[str, Any]
_TICK = 20_000_000  # nanoseconds


def main() -> None:
    shops: dict[Path, Shop] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        root, now = Path(asked["root"]), datetime.fromisoformat(asked["now"])
        try:
            if asked["do"] == "build":
                answer = _build(root, now, asked["glance"], asked["jobs"])
            elif asked["do"] == "look":
                build(open_place(root, None, {}), Choice(now, drafts=True, future=True), 1)
                answer = {}
            elif asked["do"] == "digest":
                answer = {"code": publish(["-C", str(root), "-q", "digest", "--now", asked["now"]])}
            else:
                answer = shops.setdefault(root, Shop(root)).preview(now)
        except PublishError as error:
            answer = {"error": str(error)}
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


def _build(root: Path, now: datetime, glance: bool, jobs: int) -> Answer:
    """As `publish build` does it: a glance first, if one is wanted, and then the whole."""
    if glance and nothing_new(str(root), circumstances(), now.timestamp()) is not None:
        return {"glance": True, "wrote": 0}
    place = open_place(root, None, {})
    done = build(place, Choice(now), jobs)
    if glance:
        keep(place, done.proof, "built")
    written = done.written
    return {"wrote": len(written.new) + len(written.changed) + len(written.removed), "found": _found(done)}


def _found(done: Built) -> str:
    """A digest of what the build says of each article besides its bytes: findings, what is withheld."""
    site = done.site
    told = [(each.card, each.findings, each.lines) for each in site.every]
    rest = [(entry.card.path, reason) for entry, reason in site.withheld], site.issues, site.remarks
    return blake2b(repr((told, rest)).encode(), digest_size=16).hexdigest()


class Shop:
    """`publish serve`, which keeps what it made from preview to preview."""

    def __init__(self, root: Path) -> None:
        self._root, self._now, self._seen = root, datetime(2026, 1, 1, tzinfo=UTC), 0
        self._shop = Workshop(Wanted(root, None, {}, drafts=False, future=False), lambda: self._now)

    def preview(self, now: datetime) -> Answer:
        """A digest of each file that is shown; what was written since the last is named, as it is there."""
        self._now, since, self._seen = now, self._seen, time.time_ns()
        files = [file for file in (self._root / "content").rglob("*") if file.is_file()]
        state = self._shop.build(
            [file.resolve() for file in files if file.stat().st_ctime_ns >= since - _TICK]
        )
        if state.problems:
            return {"error": "\n".join(map(str, state.problems))}
        shown = state.snapshot.files if state.snapshot else {}
        return {"files": {path: digest(file.content) for path, file in shown.items()}}


def digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


if __name__ == "__main__":
    main()
