"""Any text in -> one line of plain text; a title in -> one that no reader can take for HTML.

RSS does not say whether a title is text or HTML, so readers guess. What reads like a tag or an entity in a
scraped title is what is left of its page, and is undone; what else looks like one gets a space after its
bracket, by which it is text to everybody.
"""

import re
from html import unescape

from publisher.feeds.plain import fit, plain

_LONGEST = 150  # characters; MSN takes no more
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});", re.IGNORECASE)
_PAIR = re.compile(r"<([A-Za-z]\w*)(?:\s[^<>]*)?>([^<>]*)</\1\s*>")
_TAG = re.compile(r"<(?=\w+[^>]*>|/\w+>)")
_DEPTH = 4  # entities of entities, tags within tags


def plain_line(text: str) -> str:
    """The same on one line, which nobody takes for HTML."""
    return plain(" ".join(fit(text).split()))


def plain_title(text: str) -> str:
    """Without entities, tags and line ends; at most 150 characters, cut at a word; may be empty."""
    for _ in range(_DEPTH):
        text = _ENTITY.sub(lambda found: unescape(found[0].lower()), text)
        text = _PAIR.sub(r"\2", text)
    line = plain_line(_TAG.sub("< ", _ENTITY.sub("", text)))
    if len(line) <= _LONGEST:
        return line
    cut = line[: _LONGEST - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > _LONGEST // 2 else cut) + "…"
