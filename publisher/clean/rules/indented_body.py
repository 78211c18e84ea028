"""A body that is indented as a whole.

Why: Markdown takes lines indented by four spaces for program code, so the story would be set as code.

Fix: the common indentation is taken off. Real code, lists and their continuation keep theirs.

Example: seven paragraphs, each four spaces from the margin.
"""

import re
from collections.abc import Iterator

from publisher.clean.rule import define
from publisher.clean.structure import kinds, looks_like_code
from publisher.clean.text import ends_sentence, size
from publisher.model import Article, Edit, Finding, Line

CODE = "TX004"
WIDTH = 4  # columns from which Markdown sees code
_MARGIN = re.compile(r"^[ \t\u00a0\u3000]*")


def check(article: Article) -> Iterator[Finding]:
    kind = kinds(article.lines)
    open_lines = [line for at, line in enumerate(article.lines) if kind[at] not in {"blank", "fence"}]
    deep = [line for line in open_lines if _margin(line) >= WIDTH]
    code_like = sum(looks_like_code(line.text) for line in deep)
    whole = 2 * len(deep) > len(open_lines) and 3 * code_like <= len(deep) and any(map(_paragraph, deep))
    if whole:
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


def _margin(line: Line) -> int:
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
