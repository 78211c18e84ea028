"""A finished page and the pictures of the site in -> the page with its `<img>` in all sizes and formats out.

A template, or an article, writes a plain `<img src alt>`, with `sizes` if it knows how wide it will be.
Sources: HTML, sections 4.8.1 to 4.8.4; `fetchpriority` of section 2.5.9.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape, unescape
from itertools import pairwise
from urllib.parse import quote

from publisher.keying import attempt, digest
from publisher.model import Output
from publisher.pictures.plan import Picture, Variant
from publisher.settings import Publication
from publisher.site.links import within
from publisher.templating import Keep, Later

# What the column of an article measures; templates that know better say so themselves.
_COLUMN = "(min-width: 44rem) 42rem, 100vw"
_IMAGE = re.compile(r'<img((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
Attributes = dict[str, str]


def known(pictures: Iterable[Picture], publication: Publication) -> Mapping[str, Picture]:
    """The pictures by what a page has in `src`."""
    return {_address(each.shown, publication): each for each in pictures}


def pictured(output: Output, known: Mapping[str, Picture], publication: Publication) -> bytes:
    """The content of a page; pictures of ours have all their sources."""
    text = output.content.decode()
    spots = [spot for spot in _IMAGE.finditer(text) if _source(spot) in known]
    if not spots:
        return output.content
    parts, end = [], 0
    for place, spot in enumerate(spots):
        picture = known[_source(spot)]
        parts += [text[end : spot.start()], _markup(_attributes(spot), picture, place == 0, publication)]
        end = spot.end()
    return "".join((*parts, text[end:])).encode()


class Pictured(Later):
    """The page `plain` with its pictures, made when it is asked for.

    It looks up the address of each picture that stands in it; so its key is that of the plain page and of
    what is known of these.
    """

    __slots__ = ("_known", "_looked_up", "_plain")
    _known: Mapping[str, Picture]
    _plain: Output
    _looked_up: tuple[str, ...] | None

    def __init__(self, plain: Output, known: Mapping[str, Picture], publication: Publication) -> None:
        super().__init__(plain.path, partial(pictured, plain, known, publication))
        for name, value in (("_known", known), ("_plain", plain), ("_looked_up", None)):
            object.__setattr__(self, name, value)  # Output is frozen

    @property
    def looked_up(self) -> tuple[str, ...]:
        if self._looked_up is not None:
            return self._looked_up
        return tuple(dict.fromkeys(map(_source, _IMAGE.finditer(self._plain.content.decode()))))

    def put_away(self, keep: Keep) -> None:
        super().put_away(keep)
        object.__setattr__(self, "_looked_up", self.looked_up)
        if isinstance(self._plain, Later):
            self._plain.put_away(lambda _: lambda: b"")  # nobody asks for it any more

    def key(self, looked_up: tuple[str, ...]) -> bytes:
        own = self._plain.key(()) if isinstance(self._plain, Later) else b""
        return attempt(partial(digest, own, [self._known.get(each) for each in looked_up])) if own else b""


def _markup(attributes: Attributes, picture: Picture, first: bool, publication: Publication) -> str:
    """`<picture>` with a source for each better format; what is passed as it is stays an `<img>`."""
    sizes = attributes.pop("sizes", "") or _COLUMN
    attributes = _measured(_loading(attributes, first), picture.shown)
    *better, last = picture.formats or ((),)
    if last:
        attributes |= {"srcset": _srcset(last, publication), "sizes": sizes}
    sources = "".join(
        _open("source", {"type": each[0].type, "srcset": _srcset(each, publication), "sizes": sizes})
        for each in better
    )
    image = _open("img", attributes)
    return f"<picture>{sources}{image}</picture>" if sources else image


def _loading(attributes: Attributes, first: bool) -> Attributes:
    """The first picture of a page at once, the others when they come near."""
    if first or "fetchpriority" in attributes:
        kept = {key: value for key, value in attributes.items() if key != "loading"}
        return {"fetchpriority": "high", **kept, "decoding": "async"}
    return {"loading": "lazy", "decoding": "async", **attributes}


def _measured(attributes: Attributes, shown: Variant) -> Attributes:
    """With width and height, so that nothing moves when it comes; one that is given decides the other."""
    width, height = attributes.get("width", ""), attributes.get("height", "")
    if width.isdigit() and not height:
        return attributes | {"height": str(max(1, round(int(width) * shown.height / shown.width)))}
    if height.isdigit() and not width:
        return attributes | {"width": str(max(1, round(int(height) * shown.width / shown.height)))}
    return (
        attributes
        if width and height
        else attributes
        | {
            "width": str(shown.width),
            "height": str(shown.height),
        }
    )


def _srcset(variants: tuple[Variant, ...], publication: Publication) -> str:
    assert all(small.width < large.width for small, large in pairwise(variants))  # noqa: S101 - by `plan`
    return ", ".join(f"{_address(each, publication)} {each.width}w" for each in variants)


def _address(variant: Variant, publication: Publication) -> str:
    """From the root of the host; commas would end a candidate of `srcset`."""
    return within(publication.absolute(quote(f"/{variant.path}")), publication).replace(",", "%2C")


def _source(spot: re.Match[str]) -> str:
    return _attributes(spot).get("src", "").replace(",", "%2C")


def _attributes(spot: re.Match[str]) -> Attributes:
    return {key: unescape(value) for key, value in _ATTRIBUTE.findall(spot[1])}


def _open(name: str, attributes: Attributes) -> str:
    return f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"
