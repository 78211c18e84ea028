"""An HTML fragment of ours in -> plain text; plain text in -> words and a summary.

Reads only sanitised HTML, in which `<` and `>` stand for tags and nothing else.
"""

import re
from html import unescape

from publisher.render.tags import FLOW

_TAGS = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_NOTE_BACK = re.compile(r'<a [^>]*class="footnote-backref"[^>]*>[^<]*</a>')
# A letter of the scripts that write without spaces counts as a word of its own. Compiled when it is needed.
_WORD = r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’-][^\W_]+)*"
_START = re.compile(r' start="(\d{1,9})"')
_NOTE = re.compile(r"\[\d+\]")
_TAIL = 24  # characters; quotes and brackets that close after a full stop
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*$|[。！？]$|[؟۔।]$")
# Three letters before the full stop: "Dr. Berg", "14. Mai" and "U.S. troops" end no sentence.
_SENTENCE = re.compile(r"(?:(?<=[^\W\d]{3})\.|[!?…؟۔।])[\"”’»)\]]*(?=\s)|[。！？]")


def to_text(html: str) -> str:
    """Plain text: blocks parted by blank lines, list items by line ends, cells by ` | `, links as text."""
    if "<" not in html:
        return " ".join(unescape(html).split())
    writer = _Writer()
    if "footnote-backref" in html:
        html = _NOTE_BACK.sub("", html)
    position = 0
    for match in _TAGS.finditer(html):
        writer.write(html[position : match.start()])
        writer.tag(match[2], bool(match[1]), match[3])
        position = match.end()
    writer.write(html[position:])
    return writer.finish()


def words(text: str) -> int:
    """How many words `text` has; each Chinese character or Japanese syllable is one."""
    return len(re.findall(_WORD, text))


def summarise(text: str, limit: int = 300, least: int = 0) -> str:
    """The first sentences of plain text that fit into `limit` characters, else words and "…".

    Sentences of fewer than `least` characters (0: a third of the limit) are too few. Headings and other
    lines that end without a full stop are left out if there are any that do. Where words are not parted by
    spaces, any character may be the last.
    """
    whole = _opening(text.split("\n\n"), limit)
    if len(whole) <= limit:
        return whole
    ends = [match.end() for match in _SENTENCE.finditer(whole, 0, limit + 1) if match.end() <= limit]
    if ends and ends[-1] >= (least or limit // 3):
        return whole[: ends[-1]]
    cut = whole[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) >= limit // 2 else cut).rstrip(" ,;:–—-") + "…"


def opens(text: str, summary: str) -> bool:
    """Whether a summary is nothing but how the text begins, as `summarise` makes them."""
    return _opening(text.split("\n\n"), len(summary)).startswith(summary.removesuffix("…"))


def _opening(blocks: list[str], limit: int) -> str:
    """Whole sentences, and more than `limit` characters of them if there are as many; else all blocks."""
    sentences: list[str] = []
    size = 0
    for block in blocks:
        plain = " ".join(block.split())
        if _SENTENCE_END.search(plain[-_TAIL:]):
            sentences.append(_NOTE.sub("", plain))
            size += len(sentences[-1])
            if size > limit:
                break
    return " ".join(sentences or [_NOTE.sub("", " ".join(block.split())) for block in blocks]).strip()


def _one_line(text: str) -> str:
    """Each run of white space as one space."""
    words = " ".join(text.split())
    if not words:
        return " " * bool(text)
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"


class _Writer:
    """Collects text; remembers what has to stand between the last piece and the next."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._gap = ""
        self._bullet = ""
        self._lists: list[int | None] = []  # the next number of each open list, None for bullets
        self._verbatim = False

    def write(self, html: str) -> None:
        if not html:
            return
        text = unescape(html)
        if not self._verbatim:
            text = _one_line(text)
            if self._gap or self._bullet or not self._parts or self._parts[-1].endswith((" ", "\n")):
                text = text.lstrip()
        if not text:
            return
        if self._gap and self._parts:
            self._parts[-1] = self._parts[-1].rstrip() + self._gap
        self._parts += [self._bullet, text] if self._bullet else [text]
        self._gap = self._bullet = ""

    def tag(self, name: str, closing: bool, attributes: str) -> None:
        if name == "pre":
            self._verbatim = not closing
        if name in ("ul", "ol"):
            self._list(name, closing, attributes)
        elif name == "li":
            self._widen("\n")
            self._bullet = "" if closing else self._marker()
        elif name in ("br", "tr", "dt", "dd", "col", "caption", "tbody", "thead"):
            self._widen("\n")
        elif name in ("td", "th") and not closing:
            self._gap = self._gap or " | "
        elif name in FLOW and name not in ("td", "th") and not self._bullet:
            self._widen("\n\n")

    def finish(self) -> str:
        return "".join(self._parts).strip()

    def _list(self, name: str, closing: bool, attributes: str) -> None:
        self._widen("\n" if len(self._lists) > closing else "\n\n")
        if closing:
            del self._lists[-1:]
        else:
            start = _START.search(attributes)
            self._lists.append(int(start[1]) if start else 1 if name == "ol" else None)

    def _marker(self) -> str:
        indent, number = "  " * (len(self._lists) - 1), self._lists[-1] if self._lists else None
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

    def _widen(self, gap: str) -> None:
        self._gap = max(self._gap, gap, key=lambda each: (each.count("\n"), len(each)))
