"""Any text in -> the same text with only the characters that HTML and XML can carry.

Source: XML 1.0 (Fifth Edition) section 2.2, production Char. One character outside it makes a feed
unreadable as a whole, and a lone surrogate cannot be encoded at all.
"""

import re
from urllib.parse import quote

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[\x0b\x0c\x1c-\x1f]")
# In UTF-8, bytes of legal characters alone: ED begins surrogates, EF U+FFFE and U+FFFF, beside much else.
_LEGAL = bytes({*range(256)} - {*range(0x20)} - {0xED, 0xEF} | {9, 10, 13})
_URI = re.compile(r"[\w!#$%&'()*+,/:;=?@\[\]~.-]*", re.ASCII)


def beyond(text: str, usual: bytes) -> bool:
    """Whether `text` holds more, in UTF-8, than these bytes: soon seen, which spares most texts a search."""
    return bool(text.encode("utf-8", "surrogatepass").translate(None, usual))


def strip_illegal(text: str) -> str:
    """Leave out what is no XML character. Vertical tab, form feed and separators become a space."""
    if not beyond(text, _LEGAL) or not _ILLEGAL.search(text):
        return text
    return _ILLEGAL.sub("", _SPACES.sub(" ", text))


def percent_encode(address: str) -> str:
    """An address with letters of any script -> one that is a URI (RFC 3987 section 3.1); `%` stays as it is.

    What is a valid URI comes out unchanged. A host is not turned into Punycode.
    """
    return address if _URI.fullmatch(address) else quote(strip_illegal(address), safe="!#$%&'()*+,/:;=?@[]~")
