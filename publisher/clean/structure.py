"""Lines in -> what each is in Markdown (prose, fence, table, ...), so that rules spare what has a form."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from publisher.clean.memory import remembered
from publisher.clean.text import CACHE, NO_DATE, TARGET, ends_sentence, size
from publisher.model import Line

Kind = Literal[
    "blank", "prose", "heading", "fence", "code", "table", "quote", "ordered", "item", "html", "note"
]
PROTECTED: frozenset[Kind] = frozenset({"fence", "code", "table", "quote", "ordered", "html", "note"})
CLOSED: frozenset[Kind] = PROTECTED | {"blank"}

_CONTINUED = frozenset(
    {"html", "quote", "table"}
)  # what the next line may go on with, whatever it begins with
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(?!.*`{3})")
_HEADING = re.compile(r"^ {0,3}#{1,6}(\s|$)")
_ORDERED = re.compile(rf"^\s*{NO_DATE}\d{{1,4}}[.)]\s+\S")
_LINKED = re.compile(rf"^\s*(?:\d{{1,4}}[.)]\s+)?\[[^\[\]]*\]{TARGET}\s*$")
_ITEM = re.compile(r"^\s*[-*+•·●▪■◦‣]\s+\S")
# "<The Palace: A Tale>" is no tag
_HTML = re.compile(
    r"^ {0,3}</?(?:[a-z][a-z0-9-]*(?:\s|/?>|$)|[A-Za-z][\w-]*(?:\s*/?>|\s[^<>]*=|\s*$))|^ {0,3}<!--"
)
# what holds no text: the line below it is one of its own
_VOID = re.compile(r"\s*(?:<(?:img|br|hr|input|source|embed|wbr)\b[^<>]*>\s*)+", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"^ {0,3}<(p|h[1-6])(?:\s[^<>]*)?>"
    r"(?:(?!</?(?:p|div|h[1-6]|table|pre|script|style|form|ul|ol)\b).)*</\1>\s*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^ {0,3}\[[^\]]+\]:\s")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$")
_INDENT = re.compile(r"^(?: {4}|\t| {1,3}\t)")
_CODE_MARKS = "{};=<>|\\$("
_CODE_OPENS = re.compile(r"\s*(?:def|class|import|from|for|if|return|sudo|pip|git|npm)\b")
_CODE_SIGN = re.compile(rf"[{{}};=<>|\\$]|\w\(|^{_CODE_OPENS.pattern}|->")


@remembered
def kinds(lines: tuple[Line, ...]) -> tuple[Kind, ...]:
    """The kind of each line, in order. A fence that is never closed runs to the end.

    Entries of a numbered list that has nothing but links (a breadcrumb, headlines) are items like others:
    of such lists the number says nothing.
    """
    texts = [line.text for line in lines]
    out: list[Kind] = []
    fence = ""
    for index, text in enumerate(texts):
        if not text and not fence:
            out.append("blank")
        elif not fence and text[:1].isalpha() and "|" not in text and (not out or out[-1] not in _CONTINUED):
            out.append("prose")
        elif fence:
            out.append("fence")
            fence = "" if _closes(text, fence) else fence
        elif opening := _FENCE.match(text):
            fence = opening.group(1)
            out.append("fence")
        else:
            out.append(_kind(texts, index, out))
    for start, stop in _numbered(out) if "ordered" in out else ():
        entries = [text for text in texts[start:stop] if text.strip()]
        if len(entries) > 1 and all(map(_LINKED.match, entries)):
            out[start:stop] = ["item" if kind == "ordered" else kind for kind in out[start:stop]]
    return tuple(out)


def _numbered(found: Sequence[Kind]) -> Iterator[tuple[int, int]]:
    """(start, stop) of each run of numbered entries, whatever is blank between."""
    start = stop = -1
    for at, kind in enumerate((*found, None)):
        if kind == "ordered":
            start, stop = (at if start < 0 else start), at + 1
        elif kind != "blank" and start >= 0:
            yield start, stop
            start = -1


@remembered
def whole(lines: tuple[Line, ...]) -> str:
    """The lines as one text: what is not in it, no line needs to be asked for."""
    return "\n".join([line.text for line in lines])


def _closes(text: str, fence: str) -> bool:
    mark = text.strip()
    return mark.startswith(fence) and set(mark) == {fence[0]}


def _kind(lines: Sequence[str], index: int, before: Sequence[Kind]) -> Kind:
    text = lines[index]
    last: Kind = before[-1] if before else "blank"
    if not text.strip():
        return "blank"
    if (last == "table" and "|" in text) or (last == "html" and _of_element(text, lines[index - 1])):
        return last
    if _INDENT.match(text) and (indented := _indented(before, last)):
        return indented
    if text.lstrip().startswith(">"):
        return "quote"
    if "|" in text and _table_starts(lines, index):
        return "table"
    return _marked(text) or ("quote" if last == "quote" else "prose")


def _of_element(text: str, above: str) -> bool:
    """Whether a line below HTML is part of it: not text that follows a tag without an end."""
    return "<" in text or not _VOID.fullmatch(above)


def _indented(before: Sequence[Kind], last: Kind) -> Kind | None:
    """Indented lines are code after a blank line, unless they go on with a list or a note."""
    if last != "blank":
        return last if last in {"code", "item", "ordered", "note"} else None
    context: Kind = next((kind for kind in reversed(before[-4:]) if kind != "blank"), "blank")
    return context if context in {"item", "ordered", "note"} else "code"


@lru_cache(CACHE)
def _marked(text: str) -> Kind | None:
    if text.endswith(">") and (whole := _PARAGRAPH.match(text)):
        return "prose" if whole.group(1).lower() == "p" else "heading"
    tests: tuple[tuple[re.Pattern[str], Kind], ...] = (
        (_HEADING, "heading"),
        (_ORDERED, "ordered"),
        (_ITEM, "item"),
        (_HTML, "html"),
        (_NOTE, "note"),
    )
    return next((kind for pattern, kind in tests if pattern.match(text)), None)


def _table_starts(lines: Sequence[str], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else ""
    text = lines[index].strip()
    row = text.startswith("|") and (text.count("|") > 1 or following.lstrip().startswith("|"))
    return bool(_TABLE_RULE.match(following)) or row


def looks_like_code(text: str) -> bool:
    """Signs that an indented line is program text, not a paragraph that was merely indented."""
    signs = len(_CODE_SIGN.findall(text)) if _CODE_OPENS.match(text) or _any_of(_CODE_MARKS, text) else 0
    return signs >= 2 or (signs == 1 and size(text) < 12) or text.rstrip().endswith((";", "{", "}", ":"))


def _any_of(marks: str, text: str) -> bool:
    return any(mark in text for mark in marks)


def stanza(lines: tuple[Line, ...], index: int) -> bool:
    """Whether the line stands in a run of three or more short lines without blank lines between."""
    start = stop = index
    while start and index - start < 2 and _verse(lines[start - 1]):
        start -= 1
    while stop + 1 < len(lines) and stop - index < 2 and _verse(lines[stop + 1]):
        stop += 1
    return stop - start >= 2 and _verse(lines[index])


def _verse(line: Line) -> bool:
    return (
        not line.blank
        and len(line.text) <= 300
        and size(line.text) <= 14
        and not (size(line.text) > 10 and ends_sentence(line.text))
    )
