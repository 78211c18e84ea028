"""Tokens of an article in -> tokens that are safe to render as one page, and what was found in them.

Refuses what is nested too deep, gives links and pictures their source line (`data-line`, read and
removed by `finish`), puts alignment into a class, and contains raw HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from publisher.errors import PublishError
from publisher.model import Line
from publisher.render.contain import MOST_TAGS, Containment
from publisher.render.markdown import Environment, inline_html

# CommonMark has no limit, but beyond any use markdown-it and readers do.
MOST_BLOCKS = 12
_CONTAINERS = ("blockquote", "bullet_list", "ordered_list", "dl", "footnote")
_STEPS = {f"{name}_{end}": step for name in _CONTAINERS for end, step in (("open", 1), ("close", -1))}
_MARKED = {"link_open", "image"}


@dataclass(frozen=True, slots=True)
class Place:
    """Knows the source: its path, and the number of each line of the text that was parsed."""

    path: str
    lines: tuple[Line, ...]

    def number(self, index: int) -> int:
        """The source line of line `index` (from 0) of the text; 0 if the text is empty."""
        return self.lines[min(index, len(self.lines) - 1)].number if self.lines else 0

    def refuse(self, line: int, message: str, hint: str) -> PublishError:
        return PublishError(f"{self.path}:{line}" if line else self.path, message, hint)


def prepare(tokens: Sequence[Token], environment: Environment, place: Place) -> Containment:
    """Change `tokens` in place.

    Raises PublishError for more than 12 blocks or 60 tags within one another.
    """
    contained = Containment(place.number)
    blocks = index = 0
    for token in tokens:
        index = token.map[0] if token.map else index
        blocks += _STEPS.get(token.type, 0)
        if blocks > MOST_BLOCKS:
            message = f"lists or quotes are nested deeper than {MOST_BLOCKS} levels"
            raise place.refuse(place.number(index), message, "use fewer levels")
        if token.type == "inline":
            _inline(token, environment, contained, index)
        elif token.type == "html_block":
            token.content = contained.contain(token.content, index, False)
        elif token.attrs and token.tag in ("td", "th"):
            _align(token)
    deepest, line = contained.deepest
    if deepest > MOST_TAGS:
        raise place.refuse(line, f"HTML is nested deeper than {MOST_TAGS} tags", "is a tag never closed?")
    return contained


def _inline(token: Token, environment: Environment, contained: Containment, index: int) -> None:
    """Mark links and pictures; a paragraph with tags of the author becomes a contained piece."""
    line, depth, tags = index, 0, False
    for child in token.children or ():
        if child.type in _MARKED:
            child.attrSet("data-line", str(contained.line_at(line)))
        elif child.type == "html_inline":
            tags = True
        elif child.type in ("softbreak", "hardbreak"):
            line += 1
        depth += child.nesting
        if depth > contained.deepest[0]:
            contained.deepest = (depth, contained.line_at(line))
    if tags:
        html = contained.contain(inline_html(token, environment), index, True)
        token.children = [Token("html_inline", "", 0, content=html)]


def _align(cell: Token) -> None:
    """`text-align:right` -> class `right`: feed readers and their validators refuse style attributes."""
    side = str(cell.attrs.pop("style", "")).removeprefix("text-align:")
    if side in ("right", "center"):
        cell.attrSet("class", side)
