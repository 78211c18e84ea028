"""Sources -> what each compiles to: remembered from build to build, or compiled by one process or several."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from publisher.errors import Problems, PublishError
from publisher.lazily import lazily
from publisher.model import Entry, Source, Undated
from publisher.prose import Prose
from publisher.settings import LinkSettings, NewsletterSettings, Publication
from publisher.store.bodies import put_away
from publisher.store.memo import Memo
from publisher.store.packing import decode, decode_prose, encode, encode_prose
from publisher.store.stamp import fingerprint, key, stamp
from publisher.store.tables import load, save
from publisher.store.unread import Unread, digest_of, whole
from publisher.templating import Keep
from publisher.work.kept import Kept, Made
from publisher.work.place import Place
from publisher.work.pool import pooled

if TYPE_CHECKING:
    from publisher import entry
else:
    entry = lazily("publisher.entry")

Progress = Callable[[str, int, int], None]
# Below this many articles a second process costs more than it saves.
_WORTH_A_POOL = 48
# As many are looked up, kept or sent to a process at once.
_BATCH, _CHUNK = 256, 8


def silent(_what: str, _done: int, _total: int) -> None:
    return None


def _deciding(publication: Publication) -> Publication:
    """The settings without those that no article depends on."""
    return replace(
        publication,
        deploy=(),
        feeds=(),
        links=LinkSettings(),
        newsletter=NewsletterSettings(),
        newsletters=(),
    )


class Runner:
    """Compiles what the memo does not know, in this process or in several."""

    keep: Keep | None = None
    total = 0

    def __init__(self, place: Place, jobs: int, kept: Kept | None) -> None:
        self.kept = kept
        self.publication = place.publication
        self.state = place.state
        self.jobs = jobs
        self.progress: Progress = silent
        self.memo = Memo(place.state / "memo.sqlite")
        self.bodies = Memo(place.state / "bodies.sqlite")
        self.key = partial(key, settings_digest=fingerprint(_deciding(self.publication)), code=stamp())
        self.new: dict[bytes, tuple[bytes, bytes]] = {}
        self.compiled = False
        self.used: set[bytes] = set()

    def run(self, sources: Iterable[Source]) -> dict[str, Made]:
        """One result for each source by its path, in their order."""
        if not self.kept:
            return dict(self._remembered(sources))
        every = tuple(sources)
        made = self.kept.run(every, lambda new: [result for _, result in self._remembered(new)])
        return {source.path: result for source, result in zip(every, made, strict=True)}

    def _remembered(self, sources: Iterable[Source]) -> Iterator[tuple[str, Made]]:
        """The path and the result of each, in order. What is new is given as the memo will give it back."""
        order: deque[tuple[str, bytes, Made | None]] = deque()
        done = 0
        for result in self._compile(self._missing(sources, order)):
            for path, known in self._known(order):
                done += 1
                yield path, known
            path, k, _ = order.popleft()
            done += 1
            self.progress("articles", done, self.total)
            yield path, self._noted(k, result)
        yield from self._known(order)

    def _missing(
        self, sources: Iterable[Source], order: deque[tuple[str, bytes, Made | None]]
    ) -> Iterator[Source]:
        """The sources that the memo does not know; `order` has all, with what it knows."""
        rest = iter(sources)
        while some := tuple(islice(rest, _BATCH)):
            keys = [self.key(source, digest_of(source)) for source in some]
            stored = self.memo.get_many(keys)
            self.used.update(keys)
            for source, k in zip(some, keys, strict=True):
                known = self._remade(source, k, stored[k]) if k in stored else None
                order.append((source.path, k, known))
                if known is None:
                    yield source

    def _remade(self, source: Source, k: bytes, packed: bytes) -> Entry | Undated | None:
        """What the memo knows. The body is looked up when it is asked for, if the source is as light."""
        if self.keep and isinstance(source, Unread):
            return decode(packed, partial(self._body, source, k), k.hex())
        prose = self._remembered_body(k)
        return decode(packed, put_away(prose, self.keep), k.hex()) if prose else None

    def _remembered_body(self, k: bytes) -> Prose | None:
        return decode_prose(self.bodies.get_many((k,)).get(k, b""))

    def _body(self, source: Unread, k: bytes) -> Prose:
        """Compiled again, if the memo has lost it since. Raises PublishError if the file is another."""
        prose = self._remembered_body(k)
        if prose is None:
            made = _compiled(source, self.publication)
            if not isinstance(made, Entry):
                raise PublishError(source.path, "it was changed while this ran", "run the command again")
            prose = made.prose
        return prose

    @staticmethod
    def _known(order: deque[tuple[str, bytes, Made | None]]) -> Iterator[tuple[str, Made]]:
        """What comes before the first that has to be compiled."""
        while order and (known := order[0][2]) is not None:
            yield order.popleft()[0], known

    def remember(self) -> None:
        """Write what is new, forget what has long not been used (unless most was not even asked for)."""
        self._put()
        if not self.kept:
            self.memo.prune(self.used)
            self.bodies.prune(self.used)
        self.memo.close()
        self.bodies.close()
        if self.compiled:
            save(self.state)

    def _put(self) -> None:
        self.bodies.put_many({k: body for k, (_, body) in self.new.items()})
        self.memo.put_many({k: outline for k, (outline, _) in self.new.items()})
        self.new.clear()

    def _noted(self, k: bytes, result: Made) -> Made:
        if isinstance(result, tuple):
            return result
        self.compiled = True
        packed = encode(result)
        prose = result.prose if isinstance(result, Entry) else Prose("", "")
        self.new[k] = packed, encode_prose(prose)
        if len(self.new) >= _BATCH:
            self._put()
        return decode(packed, put_away(prose, self.keep), k.hex()) or result

    def _compile(self, sources: Iterator[Source]) -> Iterator[Made]:
        first = tuple(islice(sources, _WORTH_A_POOL))
        if not first:
            return
        load(self.state)
        one = partial(_compiled, publication=self.publication)
        if self.jobs == 1 or len(first) < _WORTH_A_POOL:
            yield from map(one, chain(first, sources))
            return
        yield one(first[0])  # makes the tables, which the other processes then have from this one
        yield from pooled(one, chain(first[1:], sources), self.jobs, _CHUNK)


def _compiled(source: Source, publication: Publication) -> Made:
    """The entry, or what is wrong with the article: an error must not stop the others."""
    try:
        return entry.compile_source(whole(source), publication)
    except Problems as several:
        return several.problems
    except PublishError as problem:
        return (problem,)
