"""What an article says of itself -> the source it comes from, under the names by which it may be known."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from publisher.model import Origin


def source_of(origin: Origin | None, canonical_url: str, path: str) -> str:
    """The source's first name: what front matter says, else the canonical link's host, else the top folder.

    "" for an article on the top level that says nothing. `path` is relative to `content/`.
    """
    return next(names(origin, canonical_url, path), "")


def names(origin: Origin | None, canonical_url: str, path: str) -> Iterator[str]:
    """All names of the source, the most telling first."""
    if origin and origin.name:
        yield origin.name
    for address in (canonical_url, origin.url if origin else ""):
        if host := _host(address):
            yield host
    if (folder := PurePosixPath(path).parts[:-1]) and folder[0] != "..":
        yield folder[0]


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
