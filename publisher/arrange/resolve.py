"""Entries in line, and the files that exist -> entries whose links and pictures are absolute and checked."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

from publisher.arrange.links import SiteLink
from publisher.keying import digest
from publisher.model import Entry, Finding, Image, Reference
from publisher.pictures.gallery import Gallery
from publisher.prose import Distant, Prose
from publisher.settings import Publication

_MARK = re.compile(r'\s(href|src|poster)="@@ref:(\d+)@@"')
_IMAGE = re.compile(r'<img\b(?=[^<>]*\ssrc="@@ref:(\d+)@@")(?:\s+[a-z-]+="[^"]*")*\s*/?>')
_ALT = re.compile(r'\salt="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_TEXTS = (".md", ".markdown", ".txt")
_PATH = "/:@!$&'()*+,;=~"  # what a path may hold as it is (RFC 3986, section 3.3)


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where things are: addresses of published articles, withheld ones, files that exist, anchors of pages.

    `pages` and `withheld` are keyed by path below `content/`, `anchors` by address. `barred` files are
    there, but of a kind that is not published.
    """

    pages: Mapping[str, str]
    withheld: frozenset[str]
    files: frozenset[str]
    anchors: Mapping[str, frozenset[str]]
    barred: frozenset[str] = frozenset()
    gallery: Gallery = field(default_factory=Gallery)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entry in its final form, the files it shows, and the links that are still to be checked."""

    entry: Entry
    files: tuple[str, ...]
    links: tuple[SiteLink, ...]


def wanted_files(entries: Iterable[Entry]) -> frozenset[str]:
    """Paths below `content/` that some link or picture may mean."""
    return frozenset(
        candidate
        for entry in entries
        for target in (*(r.target for r in entry.references), _own(entry.card.image))
        for candidate in _candidates(entry.card.path, target)
        if not candidate.endswith(_TEXTS)
    )


def anchors_of(entry: Entry) -> frozenset[str]:
    """The places of its page that a link may name."""
    return frozenset(map(unescape, _ID.findall(entry.html)))


class _Anchors(dict[str, frozenset[str]]):
    """The anchors of each page by its address, looked for when a link first names one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        super().__init__()
        self._entries = {entry.card.url: entry for entry in entries}

    def __missing__(self, url: str) -> frozenset[str]:
        found = self[url] = anchors_of(self._entries[url])
        return found


def atlas(
    entries: Iterable[Entry],
    withheld: Iterable[Entry],
    files: frozenset[str],
    look: Callable[[Entry], frozenset[str]] | None = None,
) -> Atlas:
    """The map that links are looked up in. `look` finds the anchors of all entries now, to compare maps."""
    shown = tuple(entries)
    pages = {entry.card.path: entry.card.url for entry in shown}
    anchors = {entry.card.url: look(entry) for entry in shown} if look else _Anchors(shown)
    return Atlas(pages, frozenset(entry.card.path for entry in withheld), files, anchors)


def resolve(entry: Entry, places: Atlas, publication: Publication) -> Resolved:
    """The entry with absolute addresses. What leads nowhere loses its address and is a finding.

    LK001 broken link, LK002 missing anchor, IM001 missing picture, IM002 no alternative text, IM004 broken
    picture, IM005 too large a picture.
    """
    found = [_locate(entry.card.path, reference, places) for reference in entry.references]
    image, lead = _lead(entry, places, publication)
    if not found and not lead:
        return Resolved(entry, (), ())
    told = (finding for place in (*found, *lead) for finding in place.findings)
    noticed = (finding for finding in told if publication.clean.wants(finding.code))
    findings = tuple(sorted((*entry.findings, *noticed), key=lambda finding: (finding.lines, finding.code)))
    card = replace(entry.card, image=image)
    files = tuple(place.file for place in (*found, *lead) if place.file)
    links = tuple(
        SiteLink(entry.card.path, reference.line, place.address)
        for reference, place in zip(entry.references, found, strict=True)
        if place.unchecked
    )
    body, known = _linked_up(entry.prose, found, publication), _made_from(entry, found, findings)
    resolved = replace(entry, card=card, prose=body, references=(), findings=findings, made_from=known)
    return Resolved(resolved, files, links)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reference leads: a site address ('' = nowhere), the file behind it, what is to be said."""

    address: str = ""
    file: str = ""
    unchecked: bool = False
    findings: tuple[Finding, ...] = ()


def _linked_up(prose: Prose, found: Sequence[_Place], publication: Publication) -> Prose:
    """With the addresses, which are set when it is read: it need not be in memory."""
    at = tuple(place.address for place in found)

    def ask() -> Prose:
        body = _IMAGE.sub(lambda m: _shown(m, at[int(m[1])]), prose.html)
        return Prose(_MARK.sub(lambda m: _addressed(m, at[int(m[2])], publication), body), prose.text)

    return Distant(ask, prose.empty) if at else prose


def _made_from(entry: Entry, found: Sequence[_Place], findings: tuple[Finding, ...]) -> str:
    """It is made from where its references lead, too, and from what is said of that."""
    if not entry.made_from or (not found and findings == entry.findings):
        return entry.made_from
    return digest(entry.made_from, [place.address for place in found], findings).hex()


def _locate(path: str, reference: Reference, places: Atlas) -> _Place:
    candidates = _candidates(path, reference.target)
    for candidate in candidates:
        if fault := places.gallery.faults.get(candidate):
            message = f"the picture {reference.target} is left out: {fault.message}"
            return _nowhere(fault.code, reference, message)
        if candidate in places.files:
            image = reference.kind == "image"
            shown = places.gallery.shown(candidate) if image else places.gallery.linked(candidate)
            return _Place(quote(f"/{shown}"), candidate)
    if reference.kind == "image":
        return _nowhere("IM001", reference, _fault(reference, candidates, places))
    return _linked(reference, candidates, places)


def _linked(reference: Reference, candidates: tuple[str, ...], places: Atlas) -> _Place:
    for candidate in candidates:
        for name in (candidate, *(f"{candidate.rstrip('/')}{suffix}" for suffix in _TEXTS)):
            if name in places.pages:
                return _page(reference, places.pages[name], places)
            if name in places.withheld:
                return _nowhere("LK001", reference, f"the link leads to {name}, which is not published")
    if reference.target.startswith("/") and places.barred.isdisjoint(candidates):
        return _Place(_site_address(reference), unchecked=True)
    return _nowhere("LK001", reference, _fault(reference, candidates, places))


def _fault(reference: Reference, candidates: tuple[str, ...], places: Atlas) -> str:
    if not places.barred.isdisjoint(candidates):
        if reference.target.lower().endswith(".svg"):
            return f"{reference.target}: an SVG file is published only if it is sound and nothing in it runs"
        return f"{reference.target}: files of this kind are not published"
    if reference.kind == "image":
        return f"the picture {reference.target} is not there"
    return f"the link leads to {reference.target}, which does not exist"


def _site_address(reference: Reference) -> str:
    query = f"?{reference.query}" if reference.query else ""
    fragment = f"#{reference.fragment}" if reference.fragment else ""
    return quote(reference.target, _PATH) + query + fragment


def _page(reference: Reference, url: str, places: Atlas) -> _Place:
    if not reference.fragment:
        return _Place(url)
    address = f"{url}#{reference.fragment}"
    if unquote(reference.fragment) in places.anchors[url]:
        return _Place(address)
    message = f"the page {reference.target} has no place called #{reference.fragment}"
    return _Place(address, findings=(Finding("LK002", (reference.line,), message),))


def _nowhere(code: str, reference: Reference, message: str) -> _Place:
    return _Place(findings=(Finding(code, (reference.line,), message),))


def _lead(entry: Entry, places: Atlas, publication: Publication) -> tuple[Image | None, tuple[_Place, ...]]:
    """The article's own picture with an absolute address, or None where it does not exist."""
    image, line = entry.card.image, entry.lines.get("image", 1)
    if image is None:
        return None, ()
    silent = (
        () if image.alt else (Finding("IM002", (line,), f"the picture {image.src} has no alternative text"),)
    )
    if urlsplit(image.src).scheme:
        return image, (_Place(findings=silent),)
    place = _locate(entry.card.path, Reference("image", image.src, "", line), places)
    if not place.address:
        return None, (place,)
    shown = places.gallery.told(place.file, image)
    small = publication.absolute(quote(f"/{shown.small}")) if shown.small else ""
    absolute = replace(shown, src=publication.absolute(place.address), small=small)
    return absolute, (replace(place, findings=silent),)


def _own(image: Image | None) -> str:
    return image.src if image and not urlsplit(image.src).scheme else ""


def _candidates(path: str, target: str) -> tuple[str, ...]:
    """The paths below `content/`, in NFC, that `target` may mean: beside the article, or from the top."""
    plain = normalize("NFC", target)
    if not plain.strip("/"):
        return ()
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), plain.lstrip("/")))
    above = posixpath.normpath(plain.lstrip("/"))
    both = (above,) if plain.startswith("/") else (beside, above)
    return tuple(dict.fromkeys(c for c in both if _inside(c)))


def _inside(candidate: str) -> bool:
    hidden = any(part.startswith(".") for part in candidate.split("/"))
    return not hidden and "\\" not in candidate and "\0" not in candidate


def _shown(found: re.Match[str], address: str) -> str:
    """A picture that is not there leaves its alternative text."""
    if address:
        return found[0]
    alt = _ALT.search(found[0])
    return alt[1] if alt else ""


def _addressed(found: re.Match[str], address: str, publication: Publication) -> str:
    return f' {found[1]}="{escape(publication.absolute(address))}"' if address else ""
