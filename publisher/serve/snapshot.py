"""A built site in memory -> what the server answers from: each file with its digest and its time.

Nothing is ever looked up on disk by an address, so no address can leave the site.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from urllib.parse import quote, urlsplit

from publisher.arrange.order import line_up
from publisher.model import Card, Output
from publisher.serve.redirects import Redirect, read_redirects
from publisher.settings import Publication
from publisher.work.site import Choice, Site


class File:
    """One file of the site. Its content may be made when it is first asked for; that may raise."""

    def __init__(self, output: Output, clock: Callable[[], datetime], before: "File | None" = None) -> None:
        self._output = output
        self._clock = clock
        self._digest = b""
        self._modified: datetime | None = None
        # Only one that knows its time tells anything; keeping the others would chain all builds there were.
        self._before: File | None = before if before is None or before._modified else before._before

    @property
    def path(self) -> str:
        return self._output.path

    @property
    def content(self) -> bytes:
        return self._output.content

    def digest(self) -> bytes:
        """16 bytes that tell this content from any other."""
        if not self._digest:
            self._digest = hashlib.blake2b(self.content, digest_size=16).digest()
        return self._digest

    def modified(self) -> datetime:
        """When this content was first seen, in UTC, to the second."""
        if self._modified is None:
            old = self._before
            same = old is not None and old.digest() == self.digest()
            self._modified = old.modified() if old and same else self._clock().replace(microsecond=0)
            self._before = None
        return self._modified


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One built site. `files` by path; `marks`: what is withheld by a build, by the path of its page.

    `base` is the path of the public address, without a slash at the end.
    """

    files: Mapping[str, File]
    redirects: tuple[Redirect, ...]
    marks: Mapping[str, str]
    base: str

    @property
    def forced(self) -> tuple[Redirect, ...]:
        """The rules that hold also where there is a file."""
        return tuple(rule for rule in self.redirects if rule.forced)

    def style(self) -> str:
        """The rules that mark links to what a build withholds."""
        rules = [
            f'a[href="{_css(self.base + quote(address_of(path)))}"]::after{{content:"{_css(_short(mark))}"}}'
            for path, mark in self.marks.items()
        ]
        return "\n".join(rules)


def take(
    site: Site,
    publication: Publication,
    choice: Choice,
    clock: Callable[[], datetime],
    before: Snapshot | None = None,
) -> Snapshot:
    """The snapshot of a site; times go on from the one `before`."""
    old = before.files if before else {}
    files = {output.path: File(output, clock, old.get(output.path)) for output in site.outputs}
    redirects = files.get("_redirects")
    text = redirects.content.decode("utf-8", "replace") if redirects else ""
    lineup = line_up((*site.entries, *site.pages), choice.now)
    marks = {
        f"{entry.card.url.lstrip('/')}index.html": _mark(entry.card, reason, publication)
        for entry, reason in lineup.withheld
    }
    base = urlsplit(publication.base_url).path.rstrip("/")
    return Snapshot(files, read_redirects(text), marks, base)


def address_of(path: str) -> str:
    """`a/index.html` -> `/a/`."""
    return f"/{path.removesuffix('index.html')}" if path.endswith("index.html") else f"/{path}"


def _mark(card: Card, reason: str, publication: Publication) -> str:
    if reason == "draft":
        return "Draft: a build leaves this out."
    moment = card.date.astimezone(publication.zone)
    return f"Future: a build leaves this out until {moment:%Y-%m-%d %H:%M}."


def _short(mark: str) -> str:
    return mark.partition(":")[0].lower()


def _css(text: str) -> str:
    return escape(text, quote=False).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "")
