"""A text in another language than front matter says.

Why: hyphenation, search, screen readers and the language of the feed follow front matter.

Fix: none; write the right `language:` into the front matter, or take the text out if it is the wrong one.

Example: `language: de` above an English text.
"""

from collections.abc import Iterator

from publisher.clean.language import spoken
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.model import Article, Finding

CODE = "FM007"


def check(article: Article) -> Iterator[Finding]:
    given = article.front.language.partition("-")[0].lower()
    if not given:
        return
    kind = kinds(article.lines)
    text = [line.text for at, line in enumerate(article.lines) if kind[at] in {"prose", "item", "heading"}]
    found = spoken(text, given)
    if found:
        first = next(line.number for line in article.lines if not line.blank)
        yield Finding(CODE, (first,), f"the text is in {found!r}, front matter says {given!r}", 0.95)


RULE = define(CODE, "other-language", __doc__, check, surest=0.0)
