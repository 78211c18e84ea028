"""A built site and what was deployed before -> what to send, in which order, and what to delete."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publisher.errors import PublishError
from publisher.store.outputs import rank
from publisher.store.paths import fault

RECORD = ".publish-deploy.json"
_SCHEMA = 1
_MOST_FILES = 100
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Local:
    """A file of the built site; `digest` is its SHA-256 in hex."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`send` comes in an order in which nothing points at what is not there yet; `delete` is for the end.

    `before` is what the target is known to hold: digests by path, '' for what may be there in any state.
    """

    send: tuple[Local, ...]
    delete: tuple[str, ...]
    unchanged: int
    before: Mapping[str, str]

    @property
    def size(self) -> int:
        """The bytes to send."""
        return sum(local.size for local in self.send)

    @property
    def idle(self) -> bool:
        return not self.send and not self.delete


def make_plan(local: tuple[Local, ...], before: Mapping[str, str], everything: bool = False) -> Plan:
    """`before` as `read_record` gives it. Only what is in it is ever deleted. `everything`: send all."""
    changed = [each for each in local if everything or before.get(each.path) != each.digest]
    changed.sort(key=lambda each: (_rank(each, before), each.path in before, each.path))
    here = {each.path for each in local}
    gone = sorted((path for path in before if path not in here), key=lambda path: (-rank(path), path))
    return Plan(tuple(changed), tuple(gone), len(local) - len(changed), before)


def batches(plan: Plan) -> Iterator[tuple[Local, ...]]:
    """What is sent together: of one rank, at most a hundred files or 20 MB (or one that is larger)."""
    batch: list[Local] = []
    for each in plan.send:
        full = len(batch) == _MOST_FILES or sum(one.size for one in batch) + each.size > _MOST_BYTES
        if batch and (full or _rank(batch[0], plan.before) != _rank(each, plan.before)):
            yield tuple(batch)
            batch = []
        batch.append(each)
    if batch:
        yield tuple(batch)


def _rank(each: Local, before: Mapping[str, str]) -> int:
    return rank(each.path, each.path not in before)


def read_record(where: str, raw: bytes | None) -> dict[str, str]:
    """What was deployed: digests by path; empty where nothing was.

    Raises PublishError for a record that is damaged: without it nobody knows which files may go.
    """
    if raw is None:
        return {}
    try:
        record = json.loads(raw)
        schema, files = record["schema"], record["files"]
        sound = all(isinstance(d, str) and not fault(p) for p, d in files.items())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(where) from error
    if isinstance(schema, int) and schema > _SCHEMA:
        raise PublishError(where, "written by a newer version of publish", "update this one")
    if schema != _SCHEMA or not sound:
        raise _damaged(where)
    return dict(files)


def write_record(files: Mapping[str, str]) -> bytes:
    """The same as a file: sorted, without times."""
    record = {"schema": _SCHEMA, "files": dict(sorted(files.items()))}
    return (json.dumps(record, indent=0, ensure_ascii=False) + "\n").encode()


def _damaged(where: str) -> PublishError:
    hint = f"remove {RECORD} there: all is sent again, and what is not needed any more stays"
    return PublishError(where, "the list of files that were deployed is damaged", hint)
