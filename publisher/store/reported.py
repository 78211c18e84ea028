"""Which failures of the daily run its owner was told of by mail: `.publish/reported.json` in and out.

It is replaceable: without it every failure that lasts is told once more.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from publisher.store.atomic import replace
from publisher.store.failures import naming

_SCHEMA = 1


def read_reported(file: Path) -> frozenset[str]:
    """The failures, by names that `publish daily` gives them; none where nothing can be read."""
    with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
        record = json.loads(file.read_bytes())
        if record["schema"] == _SCHEMA:
            return frozenset(map(str, record["failures"]))
    return frozenset()


def write_reported(file: Path, failures: Iterable[str]) -> None:
    """Replaces the file in one step. Raises PublishError where that cannot be."""
    content = json.dumps({"schema": _SCHEMA, "failures": sorted(failures)}, ensure_ascii=False, indent=0)
    with naming(file, "write it"):
        replace(file, f"{content}\n".encode(), durable=True)
