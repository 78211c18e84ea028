"""Made pictures by key in `.publish/images/`: records of what was seen, files, and what stands for them.

It may be deleted at any time; each file is sealed, and one that is damaged counts as missing. Names are
made from the picture's bytes, the settings and the versions, so that nothing in it can be out of date.
"""

import hashlib
import importlib.metadata
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from publisher.pictures.plan import Fault, Sheet, Variant
from publisher.store.atomic import replace
from publisher.store.failures import naming
from publisher.store.pictures.sealed import opened, sealed

_SPARE = 64_000_000  # bytes of what the last build did not use that may stay


class Record(msgspec.Struct, frozen=True):
    """What `examine` said of a picture, one of the two; bytes of the file that is shown, once it is made."""

    sheet: Sheet | None = None
    fault: Fault | None = None
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of made pictures."""

    root: Path

    def record(self, key: str) -> Record:
        """What was seen of the picture with this key; an empty one if nobody has looked yet."""
        try:
            return msgspec.json.decode(opened(self.root / f"{key}.json") or b"", type=Record)
        except msgspec.MsgspecError:
            return Record()

    def note(self, key: str, seen: Sheet | Fault, shown: int = 0) -> None:
        """Raises PublishError for what the system refuses."""
        record = Record(sheet=seen, shown=shown) if isinstance(seen, Sheet) else Record(fault=seen)
        self.put(f"{key}.json", msgspec.json.encode(record))

    def shown(self, key: str, sheet: Sheet, variant: Variant) -> int:
        """Bytes of the file of a picture that is shown; 0 where it is not made yet.

        Of a picture whose record was lost: a damaged file goes, so that it is made again.
        """
        if known := self.record(key).shown:
            return known
        file = self.file(key, variant)
        if content := opened(file):
            self.note(key, sheet, len(content))
        else:
            file.unlink(missing_ok=True)
        return len(content or b"")

    def file(self, key: str, variant: Variant) -> Path:
        """Where a variant lies, or will."""
        return self.root / f"{key}-{variant.width}.{variant.kind}"

    def put(self, name: str, content: bytes) -> None:
        """A file by its name, whole or not at all. Raises PublishError for what the system refuses."""
        with naming(f".publish/images/{name}", "write it"):
            self.root.mkdir(parents=True, exist_ok=True)
            replace(self.root / name, sealed(name, content))

    def prune(self, used: Collection[str]) -> None:
        """Removes the oldest of what was not used, if that is more than what was (and 64 MB)."""
        if not self.root.is_dir():
            return
        with suppress(OSError):  # it is a cache: whatever cannot be removed stays
            files = [(file.stat(), file) for file in self.root.iterdir() if file.name != INDEX]
            room = max(_SPARE, sum(stat.st_size for stat, file in files if file.name in used))
            for stat, file in sorted(files, key=lambda each: -each[0].st_mtime_ns):
                if file.name not in used:
                    room -= stat.st_size
                    if room < 0:
                        file.unlink(missing_ok=True)


INDEX = "index.json"


def digest(*parts: bytes) -> str:
    """32 hexadecimal digits. Each part goes with its length, so that nothing moves from one to the next."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "little"))
        made.update(part)
    return made.hexdigest()


def key(content: str, recipe: str, settings: object) -> str:
    """The key of what is made from something with the digest `content`."""
    return digest(content.encode(), f"{recipe} {_pillow()}".encode(), msgspec.json.encode(settings))


@cache
def _pillow() -> str:
    """Its wheels hold the encoders, too."""
    return importlib.metadata.version("pillow")
