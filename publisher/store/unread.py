"""The files of articles -> their sources, without reading those that an earlier build has read as they are.

`.publish/texts` holds the stamp of each file and a digest of its text. A stamp has the time of change, which
no program can set; a file that was written to just before it was looked at is read again the next time.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from pathlib import Path

import msgspec

from publisher.errors import PublishError
from publisher.model import Dated, Source
from publisher.store.contents import Found, read
from publisher.store.sealed import seal, unseal

_NAME = "texts"
# A write in the same tick of the kernel's clock as the look at a file could leave its stamp as it was.
_TICK = 100_000_000  # nanoseconds
_Rows = dict[str, tuple[tuple[int, int, int, int], bytes]]
_rows = msgspec.msgpack.Decoder(_Rows)


class Unread(Source):
    """A source whose text is read when it is asked for; `digest` is that of the text.

    Raises PublishError then, if the file has been changed since it was looked at.
    """

    __slots__ = ("_read", "digest")
    digest: bytes
    _read: Callable[[], Source]

    def __init__(
        self, path: str, digest: bytes, read: Callable[[], Source], fallback: Dated | None = None
    ) -> None:
        named = (("path", path), ("digest", digest), ("_read", read), ("fallback", fallback))
        for name, value in named:
            object.__setattr__(self, name, value)  # Source is frozen

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Another process reads it by itself."""
        return Unread, (self.path, self.digest, self._read, self.fallback)

    @property
    def text(self) -> str:
        text = self._read().text
        if _digest(text) != self.digest:
            raise PublishError(self.path, "it was changed while this ran", "run the command again")
        return text


def dated(source: Source, fallback: Dated) -> Source:
    """The same source with a date."""
    if isinstance(source, Unread):
        return Unread(source.path, source.digest, source._read, fallback)
    return replace(source, fallback=fallback)


def whole(source: Source) -> Source:
    """The same source, read. Raises PublishError."""
    return Source(source.path, source.text, source.fallback) if isinstance(source, Unread) else source


def digest_of(source: Source) -> bytes:
    """Of the text; 32 bytes."""
    return source.digest if isinstance(source, Unread) else _digest(source.text)


class Texts:
    """What earlier builds know of texts. `moment`: nanoseconds since 1970, before the files are looked at."""

    def __init__(self, state: Path, moment: int) -> None:
        self._state, self._moment = state, moment
        self._before, self._after = _load(state), _Rows()

    def gather(self, root: Path, found: tuple[Found, ...], limit: int) -> Iterator[Source | PublishError]:
        """Each source, or why it cannot be read, when it is asked for."""
        root = root.resolve()
        for each in found:
            try:
                source = self._source(root, each, limit)
            except PublishError as problem:
                yield problem
                continue
            if max(each.modified_ns, each.changed_ns) < self._moment - _TICK:
                self._after[each.name] = each.stamp, digest_of(source)
            yield source

    def save(self) -> None:
        """Keeps what was gathered."""
        if self._after != self._before:
            seal(self._state / _NAME, msgspec.msgpack.encode(self._after))

    def _source(self, root: Path, each: Found, limit: int) -> Source:
        row = self._before.get(each.name)
        if row and row[0] == each.stamp and each.size <= limit:
            return Unread(each.path, row[1], partial(read, root, each, limit))
        return read(root, each, limit)


def _load(state: Path) -> _Rows:
    try:
        return _rows.decode(unseal(state / _NAME) or b"\x80")
    except (msgspec.MsgspecError, ValueError):
        return {}


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=32).digest()
