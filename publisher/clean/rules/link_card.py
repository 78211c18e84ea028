"""A link over several lines: the card of another article.

Why: Cards of other articles (picture, headline, a line of text, the whole of it a link) fall apart in
Markdown, where a link ends with its paragraph; what is left is text between brackets that leads nowhere.

Fix: The lines of the card are dropped, if it begins and ends with whole lines, and has a blank line or a
picture in it. A picture that links to its large version stays. A table of which every cell is a link, two at
least, goes too: a bar of the page, or headlines of other articles.

Example: [
### Ferry captain honoured for rescue
](https://example.org/ferry)
"""

import re
from collections.abc import Iterator, Sequence

from publisher.clean.report import quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, whole
from publisher.clean.text import TARGET, plain, size
from publisher.model import Article, Edit, Finding, Line

CODE = "CL016"
LONGEST, LARGEST = 12, 120  # lines of a card that are not blank, and words of all
CONFIDENCE = 0.97
_PICTURE = re.compile(rf"!\[[^\[\]]*\]{TARGET}")
_LINK = re.compile(rf"\[[^\[\]]*\]{TARGET}")
_OPENS = re.compile(r"^\s*(?:(?:[-*+•>]|#{1,6}|\d{1,3}[.)])\s*)*\[[^\[\]]*$")
_CLOSES = re.compile(rf"^[^\[\]]*\](?P<target>{TARGET})\W*$")
_LETTER = re.compile(r"\w")
_LARGE = re.compile(r"^\(\s*<?(?:#|[^\s?#]+\.(?:jpe?g|png|webp|avif|gif|svg)\b)", re.IGNORECASE)


def check(article: Article) -> Iterator[Finding]:
    if "](" not in whole(article.lines):
        return
    for rows in _bars(article.lines):
        numbers = tuple(line.number for line in rows)
        yield Finding(CODE, numbers, f"a table of links: {quote(plain(rows[0].text))}", CONFIDENCE, Edit())
    first = next((line.number for line in article.lines if not line.blank), 0)
    for card in _cards(article.lines):
        if article.front.title or card[0].number != first:
            numbers = tuple(line.number for line in card)
            message = f"a link over {len(card)} lines: {quote(_headline(card))}"
            yield Finding(CODE, numbers, message, CONFIDENCE, Edit())


def _bars(lines: tuple[Line, ...]) -> Iterator[Sequence[Line]]:
    """The rows of each table that has nothing but links (and rules, and pictures)."""
    rows: list[Line] = []
    for line, kind in (*zip(lines, kinds(lines), strict=True), (None, "blank")):
        if line is not None and kind == "table":
            rows.append(line)
        elif rows:
            links = sum(len(_LINK.findall(row.text)) for row in rows)
            if links > 1 and not any(
                _LETTER.search(_LINK.sub("", _PICTURE.sub("", row.text))) for row in rows
            ):
                yield rows
            rows = []


def _cards(lines: tuple[Line, ...]) -> Iterator[Sequence[Line]]:
    """The lines of each card that are not blank."""
    start = -1
    for at, (line, kind) in enumerate(zip(lines, kinds(lines), strict=True)):
        if kind in {"fence", "code"}:
            start = -1
        elif "[" in line.text or "]" in line.text:
            bare = _LINK.sub("", _PICTURE.sub("", line.text))
            closing = _CLOSES.match(bare)
            if closing and start >= 0:
                card = [each for each in lines[start : at + 1] if not each.blank]
                if _whole(card, at - start + 1, closing["target"]):
                    yield card
            if "[" in bare or "]" in bare:
                start = at if _OPENS.match(bare) else -1


def _whole(card: Sequence[Line], height: int, target: str) -> bool:
    """Whether some lines, of which a link is made, are the card of something else."""
    pictured = any("![" in line.text for line in card)
    if pictured and _LARGE.match(target):
        return False
    short = len(card) <= LONGEST and sum(size(line.text) for line in card) <= LARGEST
    return short and (pictured or height > len(card))


def _headline(card: Sequence[Line]) -> str:
    """What a card says, for a message: its longest line."""
    return max((plain(line.text.partition("](")[0]).strip("[ ") for line in card), key=len)


RULE = define(CODE, "link-card", __doc__, check)
