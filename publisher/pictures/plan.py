"""What a picture is -> which files are made of it, how large and under which names.

Sources: HTML, sections 4.8.1 (`picture`), 4.8.4 (images, `srcset`); WebP for readers without AVIF, the
picture's own format (or the nearest that every mail program and crawler knows) for all others.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from publisher.settings import ImageSettings

Kind = Literal["jpeg", "png", "gif", "webp", "avif"]
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
_ENDINGS: dict[Kind, str] = {"jpeg": "jpg", "png": "png", "gif": "gif", "webp": "webp", "avif": "avif"}
_SHOWN = 1280  # pixels; enough for a column on a dense screen, a mail, and what networks ask of a preview
_SMALL = 240  # pixels; a thumbnail of the digest on a dense screen
_NEAR = 0.9  # a width that is nearly the largest one is not worth a file


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was seen of a picture: pixels as a reader sees them (turned), its format by its bytes.

    `flat`: few colours, as of a drawing. `moving`: more than one frame.
    """

    width: int
    height: int
    kind: Kind
    alpha: bool = False
    flat: bool = False
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a picture is not published: the code of the finding (IM004, IM005) and its message."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One file: `path` below the site, its pixels, its format."""

    path: str
    width: int
    height: int
    kind: Kind

    @property
    def type(self) -> str:
        """The media type (RFC 6838)."""
        return f"image/{self.kind}"


@dataclass(frozen=True, slots=True)
class Picture:
    """All files of a picture: best format first, the one for everybody last, each from small to large.

    `shown` stands where there is only one address: in `src`, feeds, mails, previews. A picture that is
    passed as it is has no other.
    """

    shown: Variant
    variants: tuple[Variant, ...] = ()

    @property
    def largest(self) -> Variant:
        """What a link to the picture leads to."""
        return self.variants[-1] if self.variants else self.shown

    @property
    def small(self) -> Variant:
        """The least that is sharp as a thumbnail, in the format for everybody."""
        enough = [each for each in self.variants if each.kind == self.shown.kind and each.width >= _SMALL]
        return min(enough, key=lambda each: each.width, default=self.shown)

    @property
    def formats(self) -> tuple[tuple[Variant, ...], ...]:
        """The variants, format by format."""
        return tuple(tuple(each) for _, each in groupby(self.variants, lambda variant: variant.kind))


def plan(path: str, key: str, sheet: Sheet, settings: ImageSettings) -> Picture:
    """The files of the picture at `path` (below `content/`).

    `key` (hexadecimal) stands for its bytes and for how they are encoded: a name never changes its content.
    """
    if sheet.moving:
        return Picture(Variant(path, sheet.width, sheet.height, sheet.kind))
    stem = path.rpartition(".")[0]
    variants = tuple(
        Variant(f"{stem}-{width}.{key[:10]}.{_ENDINGS[kind]}", width, height, kind)
        for kind in kinds(sheet, settings)
        for width, height in sizes(sheet, settings.widths)
    )
    last = [variant for variant in variants if variant.kind == variants[-1].kind]
    shown = max((v for v in last if v.width <= _SHOWN), key=lambda v: v.width, default=last[0])
    return Picture(shown, variants)


def sizes(sheet: Sheet, widths: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Widths and heights from small to large, none above the picture's own, none nearly twice."""
    largest = min(sheet.width, max(widths))
    wanted = (*sorted({width for width in widths if width < largest * _NEAR}), largest)
    return tuple((width, max(1, round(sheet.height * width / sheet.width))) for width in wanted)


def kinds(sheet: Sheet, settings: ImageSettings) -> tuple[Kind, ...]:
    """The formats to make, best first. For drawings AVIF is no gain: WebP keeps them without loss."""
    last = fallback(sheet)
    wanted: tuple[Kind, ...] = ("webp",) if sheet.flat else ("avif", "webp")
    return (*(kind for kind in wanted if kind in settings.formats and kind != last), last)


def fallback(sheet: Sheet) -> Kind:
    """The format for everybody: the picture's own, unless mail programs and crawlers do not know it."""
    if sheet.kind in ("jpeg", "png"):
        return sheet.kind
    if sheet.kind == "gif":
        return "png"
    return "webp" if sheet.alpha else "jpeg"
