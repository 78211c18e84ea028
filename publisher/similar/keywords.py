"""The title and text of an article in -> the words that may tell what it is about, most telling first.

Which of them are rare in the publication is for `related` to say; here one article is known.
"""

import re
from collections import Counter

MOST = 64
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
# Four letters at least: what is shorter is grammar in nearly all languages that part words by spaces.
_WORD = re.compile(rf"[{_CJK}]+|[^\W\d_{_CJK}][^\W_{_CJK}]{{3,}}")
_UNPARTED = re.compile(f"[{_CJK}]")
_PARTED = re.compile(r"[^\W\d_][^\W_]{3,}")
_TITLE = 4  # a word of the title counts as often as one that the text has four times


def keywords(title: str, text: str) -> tuple[str, ...]:
    """At most MOST words, case folded. Scripts without spaces between words give pairs of characters."""
    counts: Counter[str] = Counter()
    counts.update(_words(text))
    for word in set(_words(title)):
        counts[word] += _TITLE
    ranked = sorted(counts)
    ranked.sort(key=len, reverse=True)
    ranked.sort(key=counts.__getitem__, reverse=True)
    return tuple(ranked[:MOST])


def _words(text: str) -> list[str]:
    folded = text.casefold()
    if not _UNPARTED.search(folded):
        return _PARTED.findall(folded)
    found: list[str] = []
    for run in _WORD.findall(folded):
        found += [run[at : at + 2] for at in range(len(run) - 1)] if run[0] >= "\u3040" else [run]
    return found
