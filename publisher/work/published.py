"""The ledger's records of published articles -> dates of change, addresses that are gone, new records.

Every command reads them; a build alone writes them, when its outputs are made and about to be written. One
that is killed in between has dated its articles, and the next comes to the same bytes.
"""

from collections.abc import Iterable

from publisher.arrange.order import Lineup
from publisher.arrange.published import History, compare
from publisher.model import Entry
from publisher.site.frame import path_of
from publisher.site.redirects import alias_paths, free
from publisher.store.published import Published
from publisher.work.choice import Choice
from publisher.work.place import Place


def compared(place: Place, lineup: Lineup, choice: Choice) -> tuple[tuple[Entry, ...], History]:
    """The articles in line with their dates of change, and what differs from the ledger."""
    return compare(_ledger(place).records(), lineup, choice.now, place.publication)


def keep(place: Place, history: History, choice: Choice) -> None:
    """Remember what is published."""
    if choice.publishes:
        _ledger(place).keep(history.new)


def gone(history: History, shown: Iterable[Entry]) -> tuple[str, ...]:
    """Addresses of withdrawn articles that nothing else has taken."""
    entries = tuple(shown)
    paths = (*(path_of(entry.card.url) for entry in entries), *alias_paths(entries))
    return free((each.url for each in history.withdrawn), paths)


def _ledger(place: Place) -> Published:
    return Published(place.state / "ledger.sqlite")
