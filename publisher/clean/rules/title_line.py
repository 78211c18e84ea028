"""The title as the first line of the text.

Why: the page shows the title already; in the body it would stand twice.

Fix: with no title in front matter the line moves there: a first heading, or a headline-like first line.

Example: "Harbour bridge reopens" above the first paragraph.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from publisher.clean.dates import stamps
from publisher.clean.marks import button, marks_of
from publisher.clean.names import byline, credit
from publisher.clean.report import move
from publisher.clean.rule import define
from publisher.clean.structure import kinds, stanza
from publisher.clean.text import ends_sentence, plain, size, truncated, words
from publisher.model import Article, Finding, Line

CODE = "PR001"
LONGEST = 30  # words in a headline
HEAD = 12  # lines among which the title comes again when a page repeats it


def check(article: Article) -> Iterator[Finding]:
    if article.front.title:
        return
    kind = kinds(article.lines)
    head = list(islice((index for index, name in enumerate(kind) if name != "blank"), HEAD + 1))
    if not head:
        return
    first = article.lines[head[0]]
    heading = kind[head[0]] == "heading"
    if not heading and kind[head[0]] != "prose":
        return
    title = plain(first.text).rstrip("# ").strip()
    if _something_else(Line(first.number, title)):
        return
    if heading or _repeated(article.lines, head) or _headline(article.lines, head):
        yield move(CODE, [first], ("title", title), 0.98 if heading else 0.95)


def _something_else(line: Line) -> bool:
    """Whether the line, without its heading mark, is empty, a button, a stamp, a byline or a credit."""
    text = line.text
    return (
        not words(text) or button(marks_of((line,))[0]) or bool(stamps(text) or byline(text) or credit(text))
    )


def _readings(text: str) -> tuple[tuple[str, ...], ...]:
    """A line's words, and those before the name of the site behind a bar or dash."""
    head, mark, _ = plain(text).rpartition(" | ")
    if not mark:
        head, mark, _ = plain(text).rpartition(" - ")
    return (words(text), words(head)) if mark else (words(text),)


def _repeated(lines: Sequence[Line], head: Sequence[int]) -> bool:
    tokens = words(lines[head[0]].text)
    again = any(tokens in _readings(lines[index].text) for index in head[1:])
    text = lines[head[0]].text
    return again and 3 <= len(tokens) <= LONGEST and not truncated(text) and not plain(text).endswith(".")


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
