"""A body that is indented as a whole.

Why: Markdown takes lines indented by four spaces for program code, so the story would be set as code.

Fix: the common indentation is taken off. Real code, lists and their continuation keep theirs.

Example: seven paragraphs, each four spaces from the margin.
"""

import re
from collections.abc import Iterator, Sequence

from publisher.clean.rule import define
from publisher.clean.structure import Kind, kinds, looks_like_code
from publisher.clean.text import ends_sentence, size
from publisher.model import Article, Edit, Finding, Line

CODE = "TX004"
WIDTH = 4  # columns from which Markdown sees code
_BLANKS = frozenset(" \t\u00a0\u3000")
_MARGIN = re.compile(r"^[ \t\u00a0\u3000]*")


def check(article: Article) -> Iterator[Finding]:
    if not any(line.text[:1] in _BLANKS for line in article.lines):
        return
    kind = kinds(article.lines)
    open_lines = [line for at, line in enumerate(article.lines) if kind[at] not in {"blank", "fence"}]
    deep = [line for line in open_lines if _margin(line) >= WIDTH]
    shallow = _shallow(article.lines, kind)
    if not deep and _whole(shallow, open_lines):
        deep = shallow
    if _whole(deep, open_lines):
        width = min(map(_margin, deep))
        lines = [line for line in open_lines if _margin(line) > 0]
    else:
        width = 1 << 20
        lines = [line for at, line in enumerate(article.lines) if kind[at] == "code" and _paragraph(line)]
    texts = tuple(_outdented(line.text, width) for line in lines)
    if lines:
        yield Finding(
            CODE, tuple(line.number for line in lines), f"{len(lines)} indented lines", 0.97, Edit(texts)
        )


def _whole(deep: Sequence[Line], every: Sequence[Line]) -> bool:
    """Whether most lines of the text are indented, and are text."""
    if 2 * len(deep) <= len(every):
        return False
    return 3 * sum(looks_like_code(line.text) for line in deep) <= len(deep) and any(map(_paragraph, deep))


def _shallow(lines: Sequence[Line], kind: Sequence[Kind]) -> list[Line]:
    """The lines two or three columns from the margin, if none of them goes on with a list."""
    found = [at for at, name in enumerate(kind) if name not in {"blank", "fence"} and _margin(lines[at]) >= 2]
    lists = any(kind[at] != "prose" or (at and kind[at - 1] in {"item", "ordered"}) for at in found)
    return [] if lists else [lines[at] for at in found]


def _margin(line: Line) -> int:
    if line.text[:1] not in _BLANKS:
        return 0
    match = _MARGIN.match(line.text)
    return len(match.group().expandtabs(WIDTH)) if match else 0


def _paragraph(line: Line) -> bool:
    return size(line.text) >= 12 and ends_sentence(line.text) and not looks_like_code(line.text)


def _outdented(text: str, width: int) -> str:
    """Take up to `width` columns off the left margin."""
    text = text.expandtabs(WIDTH) if text.startswith("\t") else text
    match = _MARGIN.match(text)
    return text[min(width, match.end() if match else 0) :]


RULE = define(CODE, "indented-body", __doc__, check)
