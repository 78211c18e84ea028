"""An article's title and rendered body in -> a digest of what a reader sees of them out.

It tells an edit from everything else: another theme, domain, slug of a linked article, or markup around
the same words, give the same digest.
"""

import hashlib
import re

from publisher.model import Reference
from publisher.render.body import Body

_SEEN = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc=")|(?<=\sposter=")|(?<=\salt="))([^"]*)"')
_MARK = re.compile(r"@@ref:(\d+)@@")


def edition(title: str, body: Body) -> str:
    """32 hexadecimal digits for title, words, and where links and pictures lead, as the author wrote it."""
    led = (_told(value, body.references) for value in _SEEN.findall(body.html))
    parts = (title, " ".join(body.text.split()), *led)
    return digest("\0".join(parts))


def digest(text: str) -> str:
    """32 hexadecimal digits; also for text with lone surrogates."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _told(value: str, references: tuple[Reference, ...]) -> str:
    """Places within the page are named by us, not by the author."""
    if found := _MARK.fullmatch(value):
        reference = references[int(found[1])]
        return f"{reference.target}?{reference.query}#{reference.fragment}"
    return "" if value.startswith("#") else value
