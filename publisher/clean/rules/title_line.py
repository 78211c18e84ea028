"""The title as the first line of the text.

Why: the page shows the title already; in the body it would stand twice.

Fix: with no title in front matter the line moves there: a first heading, a headline-like first line, or a
line below the trail of links ("Home", "Sport") that the page says again. The name of the site behind a bar
goes if a line below says the title without it.

Example: "Harbour bridge reopens" above the first paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from publisher.clean.dates import clock_line, stamps
from publisher.clean.marks import button, marks_of
from publisher.clean.names import byline, credit
from publisher.clean.report import change, move
from publisher.clean.rule import define
from publisher.clean.rules.headline_below import labelled
from publisher.clean.rules.mojibake import mended
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import ends_sentence, plain, size, truncated, words
from publisher.clean.titles import readings
from publisher.model import Article, Finding, Line

CODE = "PR001"
_LINKED = re.compile(r"\s*(?:[-*+•·●▪■◦‣]|\d{1,2}[.)]|\[[^\[\]]*\]\(\S+\)$)")
LONGEST = 30  # words in a headline
HEAD = 12  # lines among which the title comes again when a page repeats it
TRAIL, CRUMB = 6, 3  # lines of a trail above the title ("Home", "Sport"), and words in one of them

FORMS = frozenset({"heading", "prose", "item", "ordered"})
MANY = 4  # times that a page says its title below the head
PARAGRAPH = 20  # words in what is no verse
ANYHOW = 6  # words by which a headline is known in whatever order they stand


def check(article: Article) -> Iterator[Finding]:
    if article.front.title:
        return
    kind = kinds(article.lines)
    head = list(islice((index for index, name in enumerate(kind) if name != "blank"), HEAD + 1))
    if not head:
        return
    below = _trail(article.lines, head)
    head = head[below:]
    first = article.lines[head[0]]
    title = _bare(plain(first.text).rstrip("# ").strip(), [article.lines[index].text for index in head[1:]])
    if kind[head[0]] not in FORMS or _something_else(Line(first.number, title)) or labelled(article.lines):
        return
    if kind[head[0]] in {"item", "ordered"}:
        sure = 0.95 if _framed(article.lines, head) or _unlisted(article.lines, head, kind) else 0.0
    elif kind[head[0]] == "heading":
        sure = 0.98
    else:
        known = below or _repeated(article.lines, head) or _headline(article.lines, head)
        sure = 0.95 if known else 0.0
    if sure and mended(title) != title:  # a mark within a word hid what is broken; it is seen to first
        yield change(CODE, first, title, "marks within a word of the title", sure)
    elif sure:
        yield move(CODE, [first], ("title", title), sure)


def _bare(title: str, others: Sequence[str]) -> str:
    """The title without the name of the site behind it, if a line of the head says it so."""
    short, _, name = title.rpartition(" | ")
    known = bool(name) and words(short) in readings(title)
    return short.strip() if known and any(words(short) == words(text) for text in others) else title


def _something_else(line: Line) -> bool:
    """Whether the line, without its heading mark, is empty, a button, a stamp, a byline or a credit."""
    text = line.text
    moment = stamps(text) or (clock_line(text) and any(char.isdigit() for char in text))
    stated = moment or byline(text) or credit(text)
    return not words(text) or button(marks_of((line,))[0]) or bool(stated)


def _trail(lines: Sequence[Line], head: Sequence[int]) -> int:
    """How many lines of a trail of links ("Home", "Sport") stand above a first heading, or above a headline

    that comes twice.
    """
    texts = [lines[index].text for index in head]
    if not _LINKED.match(texts[0]):
        return 0  # a title that was moved before is never written like that
    for count, text in enumerate(texts[: TRAIL + 1]):
        if count and text.startswith("# "):
            return count
        if count and size(text) > CRUMB and not plain(text).endswith((".", "。")):
            return count if any(_same(text, other) for other in texts[count + 1 : count + 4]) else 0
        if size(text) > CRUMB:
            return 0
    return 0


def _same(one: str, other: str) -> bool:
    """Whether two headlines are of the same words, long ones in any order."""
    first, second = words(one), words(other)
    return first == second or (len(first) >= ANYHOW and sorted(first) == sorted(second))


def _repeated(lines: Sequence[Line], head: Sequence[int]) -> bool:
    """Whether the first line comes again at the head, whole or with the name of the site."""
    text = lines[head[0]].text
    if truncated(text) or len(words(text)) > LONGEST:
        return False
    if _framed(lines, head):
        return True
    again = any(not readings(text).isdisjoint(readings(lines[index].text)) for index in head[1:])
    return again and len(words(text)) >= 3 and not plain(text).endswith((".", "。"))


def _framed(lines: Sequence[Line], head: Sequence[int]) -> bool:
    """Whether the page repeats the first line below a description, or twice in a row, and a story follows.

    A refrain that comes again further down is no title.
    """
    if len(head) < 6 or size(lines[head[0]].text) < 2:
        return False
    title, between, *again = (lines[index].text for index in head[:4])
    known = words(title)
    if words(again[0]) != known or (size(between) < 8 and words(again[1]) != known):
        return False
    if not any(size(line.text) >= PARAGRAPH for line in lines[head[2] + 1 :]):
        return False
    more = sum(words(line.text) == known for line in lines[head[5] :])
    return more <= (0 if plain(title).endswith((".", "。")) else MANY)


def _unlisted(lines: Sequence[Line], head: Sequence[int], kind: Sequence[str]) -> bool:
    """Whether a list's line comes again right below it outside of the list: the trail's end."""
    here = words(lines[head[0]].text)
    return len(here) > CRUMB and any(
        kind[index] in {"prose", "heading"} and words(lines[index].text) == here for index in head[1:4]
    )


def _headline(lines: tuple[Line, ...], head: Sequence[int]) -> bool:
    text = lines[head[0]].text
    if not 1 <= size(text) <= LONGEST or truncated(text) or len(head) < 2:
        return False
    if ends_sentence(text) and plain(text)[-1:] not in "?!\"'”’»“":
        return False
    # a verse or an ingredient is no title: the line has to stand apart or lead to a longer one
    apart = lines[head[0] + 1].blank if head[0] + 1 < len(lines) else False
    longer = max(size(lines[index].text) for index in head[1:3]) > max(12, size(text))
    return longer or (apart and not stanza(lines, head[0]))


RULE = define(CODE, "title-line", __doc__, check)
