"""A place and its articles -> what is drawn for them, once: previews of links to them, icons."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from publisher.errors import PublishError
from publisher.lazily import lazily
from publisher.model import Entry, Image, Output
from publisher.pictures.gallery import CARD
from publisher.site.webmanifest import webmanifest
from publisher.store.failures import naming
from publisher.store.pictures import recipes
from publisher.store.pictures.copies import Copy
from publisher.store.pictures.recipes import Face
from publisher.store.pictures.sealed import filled
from publisher.store.pictures.shelf import Shelf, digest, key
from publisher.store.reading import read_within
from publisher.work.crew import Crew
from publisher.work.place import Place

if TYPE_CHECKING:
    from publisher.store.pictures import card, icons
else:
    card = lazily("publisher.store.pictures.card")
    icons = lazily("publisher.store.pictures.icons")

_HOME = "card.png"
_LARGEST_LOGO = 5_000_000  # bytes
_CHUNK = 32  # cards of some milliseconds each


@dataclass(frozen=True, slots=True)
class Drawing:
    """A card to draw: `path` in the site, `name` on the shelf."""

    path: str
    name: str
    face: Face
    shelf: Shelf

    @property
    def file(self) -> Path:
        return self.shelf.root / self.name


def with_preview(place: Place, entry: Entry) -> Entry:
    """An article without a picture gets one for links to it, if cards are wanted."""
    return _with_preview(place, entry) if place.publication.images.cards and _bare(entry) else entry


def drawings(place: Place, entries: Iterable[Entry]) -> tuple[Drawing, ...]:
    """The cards of these articles, and that of the publication."""
    publication = place.publication
    if not publication.images.cards:
        return ()
    home = Face(publication.title, "", publication.description, publication.accent)
    return (_drawing(place, _HOME, home), *(_card(place, entry) for entry in entries if _bare(entry)))


def draw(waiting: Sequence[Drawing], crew: Crew) -> None:
    """Draws what is not on the shelf. Raises PublishError for what the system refuses."""
    new = {each.name: each for each in waiting if not filled(each.file)}
    for problem in crew.run("previews", _drawn, tuple(new.values()), _CHUNK):
        if problem:
            raise problem


def cards(drawings: Iterable[Drawing]) -> tuple[Copy, ...]:
    """The files of the site; what is not drawn yet is drawn when asked for."""
    return tuple(Copy(each.path, each.file, partial(_draw_late, each)) for each in drawings)


def emblems(place: Place) -> tuple[Output, ...]:
    """Icons for tabs, home screens and apps, and the manifest that names them.

    Raises PublishError for a logo that is not there or cannot be used.
    """
    publication, shelf = place.publication, Shelf(place.state / "images")
    letter = next((char for char in publication.title if char.isalnum()), "").upper()
    logo = _logo(place) if publication.logo else b""
    sign = recipes.Sign(letter, publication.accent, logo)
    made_by = key(digest(logo), f"icons {recipes.ICONS} {recipes.DRAWN}", (letter, publication.accent))
    names = {name: f"icon-{made_by}-{name}" for name in recipes.NAMES}
    if not all(filled(shelf.root / name) for name in names.values()):
        _draw_icons(place, sign, names, shelf)
    again = partial(_draw_icons, place, sign, names, shelf)
    files = (Copy(name, shelf.root / stored, again) for name, stored in names.items())
    return (*files, webmanifest(publication))


def _bare(entry: Entry) -> bool:
    return entry.card.kind == "article" and entry.card.image is None


def _with_preview(place: Place, entry: Entry) -> Entry:
    path = _card(place, entry).path
    src = place.publication.absolute(quote(f"/{path}"))
    preview = Image(src, entry.card.title, "", *CARD, type="image/png")
    return replace(entry, card=replace(entry.card, preview=preview))


def _card(place: Place, entry: Entry) -> Drawing:
    publication = place.publication
    face = Face(entry.card.title, entry.card.section, publication.title, publication.accent)
    return _drawing(place, entry.card.url.lstrip("/") + _HOME, face)


def _drawing(place: Place, path: str, face: Face) -> Drawing:
    """The card of an article has a name of its own content; that of the publication keeps its address."""
    made_by = key(digest(), f"card {recipes.DRAWN}", (face.title, face.section, face.brand, face.accent))
    path = path if path == _HOME else path.replace(_HOME, f"card.{made_by[:10]}.png")
    return Drawing(path, f"card-{made_by}.png", face, Shelf(place.state / "images"))


def _drawn(drawing: Drawing) -> PublishError | None:
    try:
        _draw_late(drawing)
    except PublishError as problem:
        return problem
    return None


def _draw_late(drawing: Drawing) -> None:
    drawing.shelf.put(drawing.name, card.draw(drawing.face))


def _draw_icons(place: Place, sign: recipes.Sign, names: dict[str, str], shelf: Shelf) -> None:
    try:
        made = icons.icons(sign)
    except ValueError as error:
        raise PublishError(place.publication.logo, f"the logo: {error}", "save it anew as PNG") from error
    for name, stored in names.items():
        shelf.put(stored, made[name])


def _logo(place: Place) -> bytes:
    name = place.publication.logo
    if not (place.root / name).is_file():
        raise PublishError(name, "the logo is not there", "put a PNG file there, or take `logo` out")
    with naming(name, "read the logo"):
        root = place.root.resolve()
        return read_within(root, root / name, name, _LARGEST_LOGO)
