"""A plan and a target -> the target as the plan wants it; a run that is killed is completed by the next.

Before a file goes out, the target's record says that it may be there in any state; after each batch it
says which files are whole. So what was sent is never sent again, and what was begun is never forgotten.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from publisher.deploy.plan import RECORD, Local, Plan, batches, write_record

Progress = Callable[[str, int, int], None]


class Target(Protocol):
    """Where a site goes. Each method raises PublishError; paths are relative, with forward slashes."""

    def read(self, path: str) -> bytes | None:
        """The content of one small file; None where there is none."""
        ...

    def put(self, files: Sequence[Local]) -> None:
        """Sends these files of the built site; each is replaced whole."""
        ...

    def write(self, path: str, content: bytes) -> None:
        """One file with this content."""
        ...

    def delete(self, paths: Sequence[str]) -> None:
        """Removes these files; those that are gone already are fine."""
        ...


def ship(plan: Plan, target: Target, progress: Progress) -> None:
    """Sends, then deletes; the record comes last. Raises PublishError; the next run goes on from there."""
    if plan.idle:
        return
    held = {**plan.before, **{each.path: "" for each in plan.send}}
    target.write(RECORD, write_record(held))
    done = 0
    for batch in batches(plan):
        target.put(batch)
        held |= {each.path: each.digest for each in batch}
        target.write(RECORD, write_record(held))
        done += len(batch)
        progress("files", done, len(plan.send))
    if plan.delete:
        target.delete(plan.delete)
        target.write(RECORD, write_record({p: d for p, d in held.items() if p not in set(plan.delete)}))
