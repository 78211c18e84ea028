"""A link inside a line that leads nowhere for our readers: empty, to share the page, or to read on.

Why: it is a button of the source's page that was set as a link.

Fix: the link is taken out, with its label, if that is a button and nothing else: "Share" that opens a
network, "Read more" behind the last full stop. Links with words of the story stay.

Example: "… the mayor said. [Read more](https://example.org/bridge)"
"""

import re
from collections.abc import Iterator

from publisher.clean.glue import button, sentence_before
from publisher.clean.phrases import grade
from publisher.clean.report import change, quote
from publisher.clean.rule import define
from publisher.clean.structure import kinds, whole
from publisher.clean.text import size, words
from publisher.model import Article, Finding

CODE = "LK005"
SHORTEST = 3  # words that are left; a line that is nothing else is judged with its neighbours

_LINK = re.compile(r"(?<!!)\[([^\[\]]{0,60})\]\(([^()\s]*)(?:\s+\"[^\"]*\")?\)")
_TOUCHES = re.compile(r"[\w\])\[(]")
_SHARES = re.compile(
    r"facebook\.com/(?:sharer|share\.php|dialog/share)|(?:twitter|x)\.com/(?:intent|share)|linkedin\.com/(?:shareArticle|sharing)"
    r"|api\.whatsapp\.com/send|wa\.me/\?|whatsapp://send|t\.me/share|reddit\.com/submit|pinterest\.\w+/pin/create"
    r"|tumblr\.com/(?:share|widgets/share)|bsky\.app/intent|^mailto:\?|getpocket\.com/save|flipboard\.com/bookmarklet",
    re.IGNORECASE,
)


def check(article: Article) -> Iterator[Finding]:
    if "](" not in whole(article.lines):
        return
    kind = kinds(article.lines)
    for at, line in enumerate(article.lines):
        if "](" not in line.text or kind[at] not in {"prose", "item"}:
            continue
        text = _alive(line.text)
        if text != line.text and size(text) >= SHORTEST:
            yield change(CODE, line, text, f"dead link: {quote(line.text)}", 0.95)


def _alive(text: str) -> str:
    """The line without its dead links, and without the space before one."""
    parts, end = [], 0
    tail = len(text.rstrip(" .»›>→"))
    for link in _LINK.finditer(text):
        if _dead(link, text, link.end() >= tail):
            parts.append(text[end : link.start()].rstrip())
            end = link.end()
    return "".join((*parts, text[end:])).strip() if end else text


def _dead(link: re.Match[str], line: str, last: bool) -> bool:
    """Whether the link is a button. One that touches a word or another link is part of something longer."""
    label, target = link.group(1), link.group(2)
    before, behind = line[max(0, link.start() - 1) : link.start()], line[link.end() : link.end() + 1]
    if _TOUCHES.match(before) or _TOUCHES.match(behind):
        return False
    if _SHARES.search(target):
        found = grade(label) if words(label) else None
        return not words(label) or (found is not None and found.family == "share")
    if not label.strip():
        return True
    return last and button(label) and sentence_before(line[: link.start()])


RULE = define(CODE, "dead-link", __doc__, check)
