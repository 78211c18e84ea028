"""A place with a built site -> its hubs told of the feeds that changed since they were told last."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher import __version__
from publisher.errors import PublishError, Unavailable
from publisher.feeds.announced import announced
from publisher.fetch.ask import Asking
from publisher.fetch.hub import Manner, Told, tell
from publisher.store.failures import naming
from publisher.store.lock import hold
from publisher.store.manifest import finished_manifest
from publisher.store.pings import Pings, read_pings, write_pings
from publisher.work.compiling import Progress
from publisher.work.place import Place

_ENDINGS = (".xml", ".atom", ".json")


@dataclass(frozen=True, slots=True)
class Ping:
    """A feed (`topic`, its public address) that a hub is to be told of; `digest` is that of its bytes."""

    hub: str
    topic: str
    digest: str


@dataclass(frozen=True, slots=True)
class Pinged:
    """What hubs took, what they refuse, what is left for the next run (with why); how many did not change."""

    taken: tuple[Ping, ...]
    refused: tuple[tuple[Ping, str], ...]
    left: tuple[tuple[Ping, str], ...]
    unchanged: int


def due(place: Place, everything: bool) -> tuple[tuple[Ping, ...], int]:
    """The feeds to tell of, and how many hubs know already.

    Raises PublishError where nothing is built or no feed names a hub, Locked while a build is under way.
    """
    every = _feeds(place)
    known = {} if everything else read_pings(place.state / "pings.json")
    wanted = tuple(ping for ping in every if known.get((ping.hub, ping.topic)) != ping.digest)
    return wanted, len(every) - len(wanted)


def ping(place: Place, everything: bool, progress: Progress, manner: Manner | None = None) -> Pinged:
    """Tells the hubs; one that is down is asked no further. Raises as `due`, Locked beside another run."""
    with hold(place.state / "ping.lock"):
        wanted, unchanged = due(place, everything)
        run = _Run(place.state / "pings.json", wanted)
        for number, each in enumerate(wanted, 1):
            run.tell(each, manner or Manner(Asking(_agent(place), private=True)))
            progress("feeds", number, len(wanted))
        return Pinged(tuple(run.taken), tuple(run.refused), tuple(run.left), unchanged)


def refuse_pings(done: Pinged) -> None:
    """Raises Unavailable (75) where feeds are left for later, PublishError where a hub refuses some."""
    if done.left:
        first, why = done.left[0]
        hint = f"{_feeds_counted(done.left)} left; the same command tells the rest"
        raise Unavailable(first.hub, f"the hub cannot be told: {why}", hint)
    if done.refused:
        first, why = done.refused[0]
        hint = f"{_feeds_counted(done.refused)} refused, first {first.topic}; check feed.hub and base_url"
        raise PublishError(first.hub, f"the hub refuses: {why}", hint)


class _Run:
    """One run. Its records never claim more than what hubs have answered, whenever it ends."""

    def __init__(self, file: Path, wanted: tuple[Ping, ...]) -> None:
        self.file = file
        self.taken: list[Ping] = []
        self.refused: list[tuple[Ping, str]] = []
        self.left: list[tuple[Ping, str]] = []
        self.down: dict[str, str] = {}
        doubtful = {(each.hub, each.topic) for each in wanted}
        self.known: Pings = {k: v for k, v in read_pings(self.file).items() if k not in doubtful}
        if wanted:
            write_pings(self.file, self.known)

    def tell(self, each: Ping, manner: Manner) -> None:
        """Asks the hub, unless it is known to be down, and keeps what it answers."""
        why = self.down.get(each.hub, "")
        told = Told("later", why) if why else tell(each.hub, each.topic, manner)
        if told.fate == "taken":
            self.taken.append(each)
            self.known[each.hub, each.topic] = each.digest
            write_pings(self.file, self.known)
        elif told.fate == "refused":
            self.refused.append((each, told.why))
        else:
            self.down[each.hub] = told.why
            self.left.append((each, told.why))


def _feeds(place: Place) -> tuple[Ping, ...]:
    """Every feed of the built site with each of its hubs, the publication's own first."""
    with hold(place.state / "lock"):
        found = _found(place)
    if not found:
        hint = '[feed] hub = "https://…", then publish build and deploy'
        raise PublishError(place.source or "publish.toml", "no feed of the site names a hub", hint)
    return found


def _found(place: Place) -> tuple[Ping, ...]:
    manifest = finished_manifest(place.output, place.publication.output)
    found: dict[tuple[str, str], Ping] = {}
    for path in sorted(manifest.files, key=lambda path: (path.count("/"), path)):
        if path.endswith(_ENDINGS):
            for each in _pings(place, path):
                found[each.hub, each.topic] = each
    return tuple(found.values())


def _pings(place: Place, path: str) -> tuple[Ping, ...]:
    with naming(f"{place.publication.output}/{path}", "read it"):
        content = (place.output / path).read_bytes()
    feed = announced(path, content)
    digest = hashlib.sha256(content).hexdigest()
    return tuple(Ping(hub, feed.topic, digest) for hub in feed.hubs) if feed else ()


def _feeds_counted(pings: tuple[tuple[Ping, str], ...]) -> str:
    return "one feed is" if len(pings) == 1 else f"{len(pings)} feeds are"


def _agent(place: Place) -> str:
    return f"publish/{__version__} (+{place.publication.absolute('')})"


def by_hub(pings: tuple[Ping, ...]) -> Mapping[str, int]:
    """How many feeds each hub is to be told of, in the order of the hubs."""
    counts: dict[str, int] = {}
    for each in pings:
        counts[each.hub] = counts.get(each.hub, 0) + 1
    return counts
