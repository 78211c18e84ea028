"""Addresses that were in -> a page at each, and `_redirects`, the list of them that several hosts read.

A former address of an article leads to the present one; that of a withdrawn article says that it is gone.
`_redirects` has a line for each, `FROM TO STATUS`; `410!` is said although there is a page (RFC 9110,
section 15.5.11). The pages work everywhere, if with status 200.
"""

from collections.abc import Iterable, Iterator

from publisher.arrange.order import folded
from publisher.model import Card, Entry, Output
from publisher.site.frame import Frame, Page, path_of
from publisher.site.links import address, href

TABLE = "_redirects"


def redirects(shared: Frame, entries: Iterable[Entry], taken: Iterable[Output]) -> tuple[Output, ...]:
    """Pages for aliases of `entries` and for `beside.gone`, and the table; nothing where there are none.

    No page says that an article is gone where another page or a folder of `taken` stands.
    """
    moved = sorted(
        ((alias, entry.card) for entry in entries for alias in entry.card.aliases),
        key=lambda pair: (pair[0], pair[1].path),
    )
    held = (*(output.path for output in taken), *(path_of(alias) for alias, _ in moved))
    gone = free(shared.beside.gone, held)
    if not moved and not gone:
        return ()
    publication = shared.publication
    lines = [f"{href(alias, publication)} {href(card.url, publication)} 301\n" for alias, card in moved]
    lines += [f"{href(url, publication)} {href(f'/{path_of(url)}', publication)} 410!\n" for url in gone]
    return (
        *(_moved(shared, alias, card) for alias, card in moved),
        *(_gone(shared, url) for url in gone),
        Output(TABLE, "".join(lines).encode()),
    )


def alias_paths(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The path of the page at each alias, and whose it is."""
    return {path_of(alias): entry for entry in entries for alias in entry.card.aliases}


def free(urls: Iterable[str], paths: Iterable[str]) -> tuple[str, ...]:
    """Those of `urls` where none of the files at `paths` stands, nor in the way; sorted."""
    files = {folded(path) for path in paths}
    folders = {folder for path in files for folder in _above(path)}
    return tuple(url for url in sorted(set(urls)) if _is_free(folded(path_of(url)), files, folders))


def _is_free(path: str, files: set[str], folders: set[str]) -> bool:
    return path not in files and path not in folders and files.isdisjoint(_above(path))


def _above(path: str) -> Iterator[str]:
    """The folders that hold a file."""
    while path := path.rpartition("/")[0]:
        yield path


def _moved(shared: Frame, alias: str, card: Card) -> Output:
    goal = address(card.url, shared.publication)
    page = Page("moved", card.title, alias, goal, goal, "", shared.policy(), noindex=True)
    return shared.write("redirect.html", page, {"goal": href(card.url, shared.publication)})


def _gone(shared: Frame, url: str) -> Output:
    """It does not name the article: what was withdrawn may have been wrong from its title on."""
    own = address(url, shared.publication)
    page = Page("gone", shared.words.gone, url, own, own, "", shared.policy(), noindex=True)
    return shared.write("gone.html", page, {})
