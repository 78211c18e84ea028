"""The title once more in the text.

Why: templates of the source print it above the text, in the share box and in the trail of links.

Fix: a line that says the title, in other case or punctuation or with a typo, is dropped; a sentence of
the story that says the same stays.

Example: "HARBOUR BRIDGE REOPENS" under the title "Harbour bridge reopens".
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from publisher.clean.place import paragraphs
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import PROTECTED, kinds
from publisher.clean.text import ends_sentence, plain, words
from publisher.model import Article, Finding

CODE = "DU001"
ALIKE = 0.9
_SITE = re.compile(r"\s+[|–—-]\s+|\s*\|\s*")


def check(article: Article) -> Iterator[Finding]:
    title = words(article.front.title)
    if not title:
        return
    short = words(_SITE.split(plain(article.front.title))[0])
    story = paragraphs(article.lines)
    head = story[3] if len(story) > 3 else len(article.lines)
    sentence = ends_sentence(article.front.title)
    kind = kinds(article.lines)
    for index, line in enumerate(article.lines):
        if line.blank or kind[index] in PROTECTED or len(line.text) > 2 * len(article.front.title) + 60:
            continue
        if not sentence and plain(line.text).endswith((".", "。")):
            continue
        share = _share(title, line.text, near=index < head)
        if not share and index < head and short != title and len(short) >= 4 and words(line.text) == short:
            share = 0.95  # the title in front matter carries the name of the site
        if share:
            yield drop(CODE, line, f"the title again: {quote(line.text)}", share)


def _share(title: tuple[str, ...], text: str, near: bool) -> float:
    tokens = words(text)
    if tokens == title:
        return 0.98 if near or len(title) >= 4 else 0.0
    if not near or len(title) < 4:
        return 0.0
    parts = [words(part) for part in _SITE.split(plain(text))]
    if len(parts) == 2 and title in parts and len(tokens) <= len(title) + 4:
        return 0.95
    if abs(len(tokens) - len(title)) > 2:
        return 0.0
    matcher = SequenceMatcher(None, " ".join(title), " ".join(tokens), autojunk=False)
    near_enough = matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE
    return 0.93 if near_enough and matcher.ratio() >= ALIKE else 0.0


RULE = define(CODE, "title-again", __doc__, check)
