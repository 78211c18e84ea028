"""A note on the author behind the story.

Why: it presents somebody of the source's newsroom among its buttons.

Fix: it is dropped where it stands after the last paragraph beside page furniture and names somebody whom
the story does not. An obituary's or a portrait's last sentence stays.

Example: "Ada Example is a freelance writer based in Eastmere." above "More from Ada Example"
"""

import re
from collections.abc import Iterator

from publisher.clean.chrome import furniture
from publisher.clean.names import person
from publisher.clean.phrases import says
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.clean.text import plain, size
from publisher.model import Article, Finding

CODE = "CL015"
LONGEST = 60  # words
_NAMED = re.compile(
    r"^(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}?) "
    r"(?P<rest>(?:is|covers|writes|ist|arbeitet|schreibt|est)\b.*)$"
)


def check(article: Article) -> Iterator[Finding]:
    verdicts = furniture(article.lines, bool(article.front.title))
    lines = [line for line, kind in zip(article.lines, kinds(article.lines), strict=True) if kind != "blank"]
    last = max((at for at, line in enumerate(lines) if line.number not in verdicts), default=0)
    line = lines[last] if lines else None
    beside = {at.number for at in (*lines[max(0, last - 1) : last], *lines[last + 1 : last + 2])}
    if line is None or last < 2 or beside.isdisjoint(verdicts) or size(line.text) > LONGEST:
        return
    found = _NAMED.match(plain(line.text))
    if found is None or not person(found["name"]) or not _presents(found["rest"]):
        return
    known = found["name"].casefold()
    if not any(known in other.text.casefold() for other in lines[1:last] if size(other.text) > 8):
        yield drop(CODE, line, f"note on the author: {quote(line.text)}", 0.92)


def _presents(rest: str) -> bool:
    first = re.split(r"(?<=[^\W\d_]{3})[.!]\s", rest)[0].rstrip(".")
    return says("bylines", "notes", first)


RULE = define(CODE, "author-note", __doc__, check)
