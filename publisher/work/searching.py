"""Arranged entries -> the files of the search index, remembered segment by segment.

`.publish/search.sqlite` holds the files of each segment as they were last made, and the terms of each
document, so that an edit changes a few files of one segment; it may be deleted.
"""

from collections.abc import Iterator
from hashlib import blake2b

import msgspec

from publisher.model import Entry, Output
from publisher.search.documents import Document, documents
from publisher.search.index import Indexed, Ranked, index, postponed, ranked_terms, table
from publisher.search.mend import Change, mend
from publisher.search.segments import Segment, segments
from publisher.store.memo import Memo
from publisher.store.stamp import stamp
from publisher.work.place import Place

_Digests = tuple[bytes, ...]
_packed = msgspec.msgpack.Decoder(tuple[_Digests, Indexed])
_ranked = msgspec.msgpack.Decoder(Ranked)
# Where more documents than these have changed, the segment is indexed anew.
_MOST = 16
_BATCH = 256


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
        terms = _Terms(memo)
        stored = memo.get_many(each.name.encode() for each in held)
        made, new, used = [], {}, set[bytes]()
        for segment in held:
            name, wanted = segment.name.encode(), tuple(map(_digest, segment.documents))
            before = _unpack(stored.get(name, b""))
            used |= {name, *wanted}
            if before and before[0] == wanted:
                made.append(before[1])
                continue
            mended = _mended(terms, segment, wanted, before) if before else None
            made.append(mended or index(segment, terms.of(segment.documents, wanted)))
            new[name] = msgspec.msgpack.encode((wanted, made[-1]))
        memo.put_many(new | terms.new)
        if new:
            memo.prune(used)
    return tuple(made)


class _Terms:
    """The terms of documents by their digests; `new` are those that the memo does not have."""

    def __init__(self, memo: Memo) -> None:
        self.new: dict[bytes, bytes] = {}
        self._memo = memo

    def of(self, held: tuple[Document, ...], digests: _Digests) -> Iterator[Ranked]:
        """In the order of the documents, a few at a time: they take more room than texts."""
        for start in range(0, len(held), _BATCH):
            known = self.known(digests[start : start + _BATCH])
            for document, key in zip(held[start:], digests[start : start + _BATCH], strict=False):
                if key not in known:
                    known[key] = ranked_terms(document)
                    self.new[key] = msgspec.msgpack.encode(known[key])
                yield known[key]
            if len(self.new) > _BATCH:
                self._memo.put_many(self.new)
                self.new.clear()

    def known(self, digests: _Digests) -> dict[bytes, Ranked]:
        """Those that the memo has."""
        found: dict[bytes, Ranked] = {}
        for key, row in self._memo.get_many(digests).items():
            try:
                found[key] = _ranked.decode(row)
            except (msgspec.DecodeError, ValueError):
                continue
        return found


def _mended(
    terms: _Terms, segment: Segment, wanted: _Digests, before: tuple[_Digests, Indexed]
) -> Indexed | None:
    """The index with a few documents changed, or new behind all others; None where that cannot be."""
    old = (*before[0], *(b"" for _ in wanted[len(before[0]) :]))
    if len(old) > len(wanted):
        return None
    places = [at for at, pair in enumerate(zip(old, wanted, strict=True)) if pair[0] != pair[1]]
    if len(places) > _MOST:
        return None
    known: dict[bytes, Ranked] = terms.known(tuple(old[at] for at in places)) | {b"": {}}
    if not all(old[at] in known for at in places):
        return None
    after = terms.of(tuple(segment.documents[at] for at in places), tuple(wanted[at] for at in places))
    changes = [Change(at, known[old[at]], new) for at, new in zip(places, after, strict=True)]
    return mend(before[1], segment, changes)


def _digest(document: Document) -> bytes:
    """Of our code, and of all that a document says. Its text goes by what it was made from, if known."""
    told = (document.href, document.day, document.said, document.title, document.section, document.summary)
    more = (document.language, document.lead, document.text_from or document.text, bool(document.text_from))
    return blake2b(msgspec.json.encode((*told, *more)), digest_size=32, key=stamp()).digest()


def _unpack(row: bytes) -> tuple[_Digests, Indexed] | None:
    try:
        return _packed.decode(row)
    except (msgspec.DecodeError, ValueError):
        return None
