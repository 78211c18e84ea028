"""The title once more in the text.

Why: templates of the source print it above the text, in the share box and in the trail of links.

Fix: a line that says the title, in other case or punctuation or with a typo, is dropped; so is one that
says it behind the trail of links or before the name of the site, and one that was cut. At the head of the
story half of the title is enough. A sentence of the story that says the same stays.

Example: "HARBOUR BRIDGE REOPENS" under the title "Harbour bridge reopens".
"""

from collections.abc import Iterator

from publisher.clean.place import paragraphs
from publisher.clean.report import drop, quote
from publisher.clean.rule import define
from publisher.clean.structure import CLOSED, kinds
from publisher.clean.text import ends_sentence, plain
from publisher.clean.titles import says, title_of
from publisher.model import Article, Finding

CODE = "DU001"


def check(article: Article) -> Iterator[Finding]:
    title = title_of(article.front.title)
    if not title.words:
        return
    story = paragraphs(article.lines)
    head = story[3] if len(story) > 3 else len(article.lines)
    sentence = ends_sentence(article.front.title)
    kind = kinds(article.lines)
    longest = 2 * len(article.front.title) + 60
    found = []
    for index, line in enumerate(article.lines):
        if kind[index] in CLOSED or ("](" not in line.text and len(line.text) > longest):
            continue
        if not sentence and plain(line.text).endswith((".", "。")) and not plain(line.text).endswith(".."):
            continue
        if share := says(title, line.text, near=index < head):
            found.append(drop(CODE, line, f"the title again: {quote(line.text)}", share))
    # a song says its name in every other line, and has no paragraphs
    if len(found) < 2 or story:
        yield from found


RULE = define(CODE, "title-again", __doc__, check)
