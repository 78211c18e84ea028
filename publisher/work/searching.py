"""Arranged entries -> the files of the search index, remembered segment by segment.

`.publish/search.sqlite` holds the files of each segment as they were last made; it may be deleted.
"""

from hashlib import blake2b

import msgspec

from publisher.model import Entry, Output
from publisher.search.documents import documents
from publisher.search.index import Indexed, index, postponed, table
from publisher.search.segments import Segment, segments
from publisher.store.memo import Memo
from publisher.store.stamp import fingerprint, stamp
from publisher.work.place import Place

_packed = msgspec.msgpack.Decoder(tuple[bytes, Indexed])


def search_index(place: Place, entries: tuple[Entry, ...], preview: bool = False) -> tuple[Output, ...]:
    """The index of the articles that may be found; nothing where search is switched off.

    In a preview each file is made when it is asked for, and nothing is remembered.
    """
    if not place.publication.search.enabled:
        return ()
    held = segments(documents(entries, place.publication))
    made = tuple(map(postponed, held)) if preview else _remembered(place, held)
    return (*(output for each in made for output in each.outputs), table(made))


def _remembered(place: Place, held: tuple[Segment, ...]) -> tuple[Indexed, ...]:
    """A segment is indexed again only when one of its documents, or our code, has changed."""
    with Memo(place.state / "search.sqlite") as memo:
        stored = memo.get_many(each.name.encode() for each in held)
        made, new = [], {}
        for segment in held:
            name, wanted = segment.name.encode(), _digest(segment)
            before = _unpack(stored.get(name, b""))
            if before and before[0] == wanted:
                made.append(before[1])
                continue
            made.append(index(segment))
            new[name] = msgspec.msgpack.encode((wanted, made[-1]))
        memo.put_many(new)
        memo.prune({each.name.encode() for each in held})
    return tuple(made)


def _digest(segment: Segment) -> bytes:
    return blake2b(stamp() + fingerprint(segment), digest_size=32).digest()


def _unpack(row: bytes) -> tuple[bytes, Indexed] | None:
    try:
        return _packed.decode(row)
    except (msgspec.DecodeError, ValueError):
        return None
