"""Any text in -> the same as every reader and the W3C feed validator take it.

XML and HTML allow some characters that no text means: what is left of another encoding (U+0080 to U+009F),
noncharacters, and the sign for a lost character. The validator warns of them (BadCharacters), and of plain
text that looks like HTML (ContainsHTML).
"""

import re
from html.entities import name2codepoint

from publisher.render.characters import beyond, percent_encode, strip_illegal

# Noncharacters: Unicode, section 23.7; those of plane 0 that XML forbids are gone already.
_PLANES = "".join(f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(1, 17))
_UNFIT = re.compile(f"[\x7f-\x84\x86-\x9f\ufdd0-\ufdef{_PLANES}]")
# What makes a closer look worth while; most texts have none of it, nor of the bytes by which it begins.
_USUAL = bytes({*range(256)} - {*range(0x20), 0x7F, 0xC2, 0xED, 0xEF, *range(0xF0, 0xF5)} | {9, 10, 13})
_SUSPECT = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff{_PLANES}]"
)
_LOST = {0x85: " ", 0xFFFD: "?"}
_LIKE_HTML = re.compile(r"<(?=/\w+>)|&(?=#?(\w+))")
_BDO = re.compile(r"(</?)bdo(?=[ >])")
_BRACKETS = str.maketrans({"[": "%5B", "]": "%5D"})
_HOST = re.compile(r"[a-z]+://(?:\[[0-9a-fA-F:.]+\][^/?#]*)?")


def fit(text: str) -> str:
    """Without characters that no text means; a lost one is `?`."""
    if not beyond(text, _USUAL) or not _SUSPECT.search(text):
        return text
    return _UNFIT.sub("", strip_illegal(text)).translate(_LOST)


def body(html: str) -> str:
    """Sanitised HTML as feeds carry it; the one element that the validator does not know becomes another."""
    legal = fit(html)
    return _BDO.sub(r"\1span", legal) if "<bdo" in legal else legal


def plain(text: str) -> str:
    """Text that nobody takes for HTML: what looks like a closing tag or an entity gets a space."""
    return _LIKE_HTML.sub(_parted, text) if "&" in text or "</" in text else text


def uri(address: str) -> str:
    """Percent-encoded; brackets, too, which may stand in a host alone (RFC 3986, section 3.2.2)."""
    encoded = percent_encode(fit(address))
    host = _HOST.match(encoded)
    end = host.end() if host else 0
    return encoded[:end] + encoded[end:].translate(_BRACKETS)


def _parted(found: re.Match[str]) -> str:
    name = found[1]
    entity = name is None or name in name2codepoint or name == "apos" or not name.isalpha()
    return f"{found[0]} " if entity else found[0]
