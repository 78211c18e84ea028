"""Raw HTML of an author in -> HTML that ends where it stands and holds permitted tags only.

This is not the sanitiser, which works afterwards and trusts nothing. It sees to it that no text is
lost: an unclosed comment, quote or `<script>` would swallow the rest of the article, so what is not
whole is shown as text. It knows the source lines, so it also makes the findings about tags.
Syntax: WHATWG HTML, section 13.2.5 (tokenization).
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from publisher.render.tags import ALLOWED, BLOCKS, KNOWN, OPTIONAL_END, REPLACED, SILENT, VOID

MOST_TAGS = 60  # nh3 becomes slow when thousands of tags are nested

_ATTRIBUTE = (
    r"""[^ \t\n/<>=][^ \t\n/<>=]*+(?:[ \t\n]*+=[ \t\n]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n>]*+))?+"""
)
TAG = rf"<(?P<slash>/?)(?P<name>[a-zA-Z][^ \t\n/>]*+)(?P<rest>(?:[ \t\n/]++|{_ATTRIBUTE})*+)>"
_COMMENT = r"!--(?:>|->|.*?--!?>)|(?!!--|/[a-zA-Z])[!?/][^<>]*+>"
_CONSTRUCT = re.compile(rf"<(?:{_COMMENT})|{TAG}|<(?P<torn>[!?/a-zA-Z])?", re.DOTALL)
_END = {name: re.compile(rf"</{name}[^>]*>", re.IGNORECASE) for name in SILENT}
_FOREIGN = re.compile(
    r"</?[^\s>]*[:-]|.*=", re.DOTALL
)  # <path d="…">, <o:p>, <my-element>: other vocabularies
_HANDLER = re.compile(r"""(?:^|[\s/"'])(on[a-z]+)\s*=""", re.IGNORECASE)


@dataclass(slots=True)
class Containment:
    """Works through an article piece by piece, and remembers the tags that are still open.

    `deepest` is (how many were open at once, source line); `removed` collects (what happened, source
    line), `hidden` the texts that were meant not to show, `torn` (line of the text from 0, the piece's
    first characters) what begins in a block and never ends.
    """

    line_at: Callable[[int], int]
    opened: Counter[str] = field(default_factory=Counter)
    deepest: tuple[int, int] = (0, 0)
    removed: list[tuple[str, int]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    torn: list[tuple[int, str]] = field(default_factory=list)

    def contain(self, html: str, index: int, inline: bool) -> str:
        """One piece that starts at line `index` of the text. Inline, an unpaired tag is taken out as well."""
        before = self.opened.copy() if inline else self.opened
        piece = _Piece(self, html, index, inline)
        piece.scan()
        if inline:
            piece.pair()
            self.opened = before
        return "".join(piece.parts)


@dataclass(slots=True)
class _Piece:
    whole: Containment
    html: str
    index: int
    inline: bool
    parts: list[str] = field(default_factory=list)
    tags: list[tuple[str, bool, int, int]] = field(default_factory=list)  # name, closing, part, line
    endless: set[str] = field(default_factory=set)  # names of which no end tag follows
    counted: int = 0  # line ends are counted up to here, so that a long piece takes linear time

    def scan(self) -> None:
        position = 0
        while match := _CONSTRUCT.search(self.html, position):
            self.parts.append(self.html[position : match.start()])
            position = match.end()
            if match["name"]:
                position = self._tag(match)
            elif match["torn"]:
                self._tear(match)
                self.parts.append(self.html[match.start() :].replace("<", "&lt;"))
                return
            elif match.group() == "<":
                self.parts.append("&lt;")
            else:
                self.whole.hidden.append(match.group())
        self.parts.append(self.html[position:])

    def pair(self) -> None:
        """Take out tags without a partner: they would run on into the paragraphs that follow."""
        if self.whole.deepest[0] > MOST_TAGS:
            return  # the article will be refused; looking for partners would take long
        opened: list[tuple[str, int, int]] = []
        for name, closing, part, line in self.tags:
            if not closing:
                opened.append((name, part, line))
                continue
            at = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == name), None)
            if at is None:
                self.parts[part] = ""
                self.whole.removed.append((f"</{name}> closes nothing; the tag is removed", line))
            else:
                del opened[at]
        for name, part, line in opened:
            self.parts[part] = ""
            self.whole.removed.append((f"<{name}> is never closed; the tag is removed, its text kept", line))

    def _tag(self, match: re.Match[str]) -> int:
        """Add the tag or what stands for it; the position after it (after its text, for a script)."""
        name, line = match["name"].lower(), self._line(match.start())
        if name not in KNOWN and not _FOREIGN.match(match.group()):
            self._note(f"<{name}> is no HTML; it is shown as text", match, line)
            self.parts.append(escape(match.group(), quote=False))
            return match.end()
        self.whole.hidden.append(match.group())
        if name in SILENT:
            return self._silent(name, match, line)
        if name not in ALLOWED:
            self._note(f"<{name}> is not permitted; the tag is removed, its text kept", match, line)
            self.parts.append(f"<{match['slash']}div>" if name in BLOCKS else " " * (name in REPLACED))
            return match.end()
        for handler in _HANDLER.findall(match["rest"]):
            self.whole.removed.append((f"{handler.lower()} of <{name}> is removed: scripts do not run", line))
        marked = f'<{name} data-line="{line}"' if name in ("a", "img") and not match["slash"] else ""
        if name not in VOID and name not in OPTIONAL_END:
            self.tags.append((name, bool(match["slash"]), len(self.parts), line))
            self._sink(name, -1 if match["slash"] else 1, line)
        self.parts.append(f"{marked}{match['rest']}>" if marked else match.group())
        return match.end()

    def _silent(self, name: str, match: re.Match[str], line: int) -> int:
        """A script or style goes with its text, if it ends here; else only the tag goes."""
        end = None if match["slash"] or name in self.endless else _END[name].search(self.html, match.end())
        if end is None and not match["slash"]:
            self.endless.add(name)
            if not self.inline:
                self._tear(match)
                return len(self.html)
        self._note(f"<{name}> is removed", match, line)
        if end is None:
            return match.end()
        self.whole.hidden.append(self.html[match.end() : end.start()])
        return end.end()

    def _tear(self, match: re.Match[str]) -> None:
        self._line(match.start())
        self.whole.torn.append((self.index, self.html[match.start() :].split("\n", 1)[0]))

    def _note(self, message: str, match: re.Match[str], line: int) -> None:
        if not match["slash"]:
            self.whole.removed.append((message, line))

    def _sink(self, name: str, step: int, line: int) -> None:
        opened = self.whole.opened
        opened[name] = max(0, opened[name] + step)
        if step > 0:
            self.whole.deepest = max(self.whole.deepest, (opened.total(), line))

    def _line(self, position: int) -> int:
        """The source line of `position`, which is never before that of the last call."""
        self.index += self.html.count("\n", self.counted, position)
        self.counted = position
        return self.whole.line_at(self.index)
