"""A publication -> what is fine about it, what to look at, what is wrong. Nothing is changed."""

import platform
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distributions, requires
from pathlib import Path

from publisher.health.answers import Ask
from publisher.health.configured import judge_configuration
from publisher.health.folder import (
    State,
    Times,
    judge_clock,
    judge_disk,
    judge_readers,
    judge_state,
    judge_zone,
)
from publisher.health.verdict import Section, Verdict
from publisher.health.versions import judge_versions, plain
from publisher.store.inspection import inspect_disk, inspect_state, newest_file
from publisher.work.knocking import knock
from publisher.work.nameplates import domains, reverse, signatures
from publisher.work.place import Place

Show = Callable[[str, int, int], None]
_STEPS = 4


def examine(
    place: Place, now: datetime, environment: Mapping[str, str], ask: Ask | None, show: Show
) -> tuple[Section, ...]:
    """All sections, in the order in which things depend on each other. `ask` None: nobody else is asked."""
    show("files", 0, _STEPS)
    state = inspect_state(place.state, [place.root / Path(each).expanduser() for each in _secrets(place)])
    sections = [
        Section("configuration", judge_configuration(place.publication, place.source)),
        Section("state", judge_state(state, now)),
        Section("readers", judge_readers(state.ledger)),
        Section("machine", _machine(place, state, now)),
    ]
    show("signing", 1, _STEPS)
    sections.append(Section("signing", tuple(signatures(place, ask))))
    if ask is not None:
        show("relays", 2, _STEPS)
        sections.append(Section("relays", (*knock(place, environment), *reverse(place, ask))))
        show("domains", 3, _STEPS)
        sections.append(Section("domains", tuple(domains(place, ask))))
    return tuple(section for section in sections if section.verdicts)


def _machine(place: Place, state: State, now: datetime) -> tuple[Verdict, ...]:
    publication = place.publication
    return (
        *judge_clock(now, _times(place, state)),
        *judge_zone(publication.time_zone, now.astimezone(publication.zone)),
        *judge_disk(inspect_disk(place.state, place.output)),
        *versions(),
    )


def _times(place: Place, state: State) -> Times:
    written = newest_file((place.state, place.output))
    configuration = (place.root / place.source,) if place.source else ()
    given = newest_file((place.content, *configuration))
    return Times(state.ledger.newest if state.ledger else None, written, given)


def versions() -> tuple[Verdict, ...]:
    """Python, SQLite, and the libraries that the installed package asks for."""
    try:
        needed = tuple(requires("publisher") or ())
    except PackageNotFoundError:
        needed = ()
    there = {plain(each.name): each.version for each in distributions()} if needed else {}
    return judge_versions(platform.python_version(), sqlite3.sqlite_version, needed, there)


def _secrets(place: Place) -> Iterator[str]:
    """The files of keys and passwords that the configuration names."""
    publication = place.publication
    if publication.bounces.secrets:
        yield publication.bounces.secrets
    yield from (each.key for each in publication.dkim if each.key)
    yield from (each.secrets for each in publication.relays if each.secrets)
    yield from (each.secrets for each in publication.deploy if each.secrets)
