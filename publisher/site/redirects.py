"""Entries in -> a page at each of their former addresses that leads to the present one, and `_redirects`.

`_redirects` is the list that several hosts read (one `FROM TO 301` a line); the pages work everywhere.
"""

from collections.abc import Iterable

from publisher.model import Card, Entry, Output
from publisher.site.frame import Frame, Page, path_of
from publisher.site.links import address, href


def redirects(shared: Frame, entries: Iterable[Entry]) -> tuple[Output, ...]:
    """Nothing where no entry has an alias."""
    moved = sorted(
        ((alias, entry.card) for entry in entries for alias in entry.card.aliases),
        key=lambda pair: (pair[0], pair[1].path),
    )
    if not moved:
        return ()
    leads = (
        f"{href(alias, shared.publication)} {href(card.url, shared.publication)} 301\n"
        for alias, card in moved
    )
    return (
        *(_page(shared, alias, card) for alias, card in moved),
        Output("_redirects", "".join(leads).encode()),
    )


def alias_paths(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The path of the page at each alias, and whose it is."""
    return {path_of(alias): entry for entry in entries for alias in entry.card.aliases}


def _page(shared: Frame, alias: str, card: Card) -> Output:
    goal = address(card.url, shared.publication)
    page = Page("moved", card.title, alias, goal, goal, "", shared.policy(), noindex=True)
    return shared.write("redirect.html", page, {"goal": href(card.url, shared.publication)})
