"""Links to addresses of the site -> findings for those that lead to no page, once all pages are known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from publisher.model import Finding


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A link to a page of the site by its address, to be checked when all pages are known."""

    path: str
    line: int
    address: str


def check_links(links: Iterable[SiteLink], exists: Callable[[str], bool]) -> dict[str, tuple[Finding, ...]]:
    """Findings (by article path) for links to addresses of the site where no page is."""
    broken: dict[str, tuple[Finding, ...]] = {}
    for link in links:
        address = unquote(urlsplit(link.address).path)
        if not exists(address):
            message = f"the link leads to {address}, where the site has no page"
            broken[link.path] = (*broken.get(link.path, ()), Finding("LK001", (link.line,), message))
    return broken
