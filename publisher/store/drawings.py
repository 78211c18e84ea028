"""The bytes of an SVG file in -> whether it is only a picture, and runs nothing in a reader's browser.

Source: SVG 2, chapters 14 (linking), 15 (scripting) and 12.4 (`foreignObject`). Opened by its address, an
SVG file is a page of its own with all rights of the site.
"""

import re
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate

_ACTIVE = frozenset(
    {"audio", "embed", "foreignobject", "handler", "iframe", "listener", "object", "script", "video"}
)
_GUISES = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|jpeg|gif|webp|avif)|font/)")
_BLANKS = re.compile(r"[\x00-\x20]")
_XHTML = "http://www.w3.org/1999/xhtml"


class _ActiveError(Exception):
    """There is something in it that runs."""


def harmless(raw: bytes) -> bool:
    """Whether it is XML without scripts, event handlers, foreign elements, entities or style sheets afar.

    Judged by what an XML parser sees, so that neither encodings nor character references hide anything.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _element
    parser.ProcessingInstructionHandler = _instruction
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(raw, True)
    except (ExpatError, _ActiveError, ValueError, LookupError):
        return False
    return True


def _element(name: str, attributes: Mapping[str, str]) -> None:
    space, _, local = name.rpartition(" ")
    if local.casefold() in _ACTIVE or space == _XHTML:
        raise _ActiveError(name)
    for key, value in attributes.items():
        called = key.rpartition(" ")[2].casefold()
        animated = called == "attributename" and value.strip().casefold().startswith(("on", "href", "xlink"))
        if called.startswith("on") or animated or _GUISES.search(_BLANKS.sub("", value).casefold()):
            raise _ActiveError(key)


def _instruction(target: str, _data: str) -> None:
    raise _ActiveError(target)


def _doctype(name: str, _system: str | None, _public: str | None, internal: int) -> None:
    """Old editors write one; with declarations of its own it may hold entities without end."""
    if internal:
        raise _ActiveError(name)
