"""Characters nobody sees: byte order marks, soft hyphens, zero-width spaces and joiners.

Why: they break search, line ends and comparison, and come from the source's typesetting.

Fix: they are taken out, except joiners that a script or an emoji needs.

Example: a soft hyphen within "harbour".
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from publisher.clean.report import change, drop
from publisher.clean.rule import define
from publisher.clean.structure import kinds
from publisher.clean.text import CACHE
from publisher.model import Article, Finding

CODE = "TX001"

_ALWAYS = "\ufeff\u00ad\u200b\u2060\u180e\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufff9-\ufffb"
# joiners matter in Arabic, Indic and other shaped scripts, and between the parts of an emoji
_JOINING = (
    r"\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe"
    r"\ufe0f\u2600-\u27bf\U0001f000-\U0001faff"
)
_INVISIBLE = re.compile(
    rf"[{_ALWAYS}]|(?<![{_JOINING}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINING}\u2640\u2642])"
)
_SIGN = re.compile(rf"[{_ALWAYS}\u200c\u200d]")


def check(article: Article) -> Iterator[Finding]:
    seen = [index for index, line in enumerate(article.lines) if _seen(line.text)]
    kind = kinds(article.lines) if seen else ()
    for index in seen:
        line = article.lines[index]
        if kind[index] == "fence":
            continue
        text = _INVISIBLE.sub("", line.text)
        if not text.strip() and not line.blank:
            yield drop(CODE, line, "nothing but invisible characters", 1.0)
        elif text != line.text:
            yield change(CODE, line, text, f"{len(line.text) - len(text)} invisible characters")


@lru_cache(CACHE)
def _seen(text: str) -> bool:
    """Whether there can be invisible characters in a line."""
    return not text.isprintable() and _SIGN.search(text) is not None


RULE = define(CODE, "invisible-characters", __doc__, check)
