"""What hubs were told last: `.publish/pings.json` in and out.

It is replaceable: without it every feed is told once more, one request for each. Therefore it is a file of
its own and no table of the ledger, which is precious and must never be thrown away. A feed is in it only
while its hub is known to have heard of its very bytes: the record goes, durably, before a hub is asked, and
comes back after it has answered, so that a kill between the two leaves a feed to be told again.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from publisher.store.atomic import replace
from publisher.store.failures import naming

Pings = dict[tuple[str, str], str]
_SCHEMA = 1


def read_pings(file: Path) -> Pings:
    """The digest of each feed last told, by hub and topic; empty where nothing can be read."""
    found: Pings = {}
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        record = json.loads(file.read_bytes())
        if record["schema"] == _SCHEMA:
            for hub, topics in record["hubs"].items():
                found.update({(hub, str(topic)): str(digest) for topic, digest in topics.items()})
    return found


def write_pings(file: Path, pings: Mapping[tuple[str, str], str]) -> None:
    """Replaces the file in one step and waits for the disk. Raises PublishError where that cannot be."""
    hubs: dict[str, dict[str, str]] = {}
    for (hub, topic), digest in sorted(pings.items()):
        hubs.setdefault(hub, {})[topic] = digest
    content = json.dumps({"schema": _SCHEMA, "hubs": hubs}, indent=0, ensure_ascii=False)
    with naming(file, "write it"):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, f"{content}\n".encode(), durable=True)
