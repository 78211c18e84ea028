"""What was found out about addresses of the web, and when: `.publish/links.json` in and out.

It may be deleted at any time; a damaged one is begun anew.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from publisher.store.atomic import replace

_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Known:
    """A verdict with the moment it was made. `status` 0: no answer, `problem` says why."""

    asked: datetime
    status: int
    problem: str
    moved: str


def read_verdicts(file: Path) -> dict[str, Known]:
    """By address; empty where there is nothing that can be read."""
    found: dict[str, Known] = {}
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        record = json.loads(file.read_bytes())
        if record["schema"] == _SCHEMA:
            for url, (asked, status, problem, moved) in record["links"].items():
                moment = datetime.fromisoformat(asked)
                if moment.tzinfo:
                    found[str(url)] = Known(moment, int(status), str(problem), str(moved))
    return found


def write_verdicts(file: Path, known: Mapping[str, Known]) -> None:
    """Replaces the file; a disk that does not want it costs a slower check, nothing else."""
    rows = {
        url: [each.asked.isoformat(), each.status, each.problem, each.moved]
        for url, each in sorted(known.items())
    }
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps({"schema": _SCHEMA, "links": rows}, indent=0, ensure_ascii=False)
        replace(file, f"{content}\n".encode())
