"""The title and text of an article in -> the words that may tell what it is about, most telling first.

Which of them are rare in the publication is for `related` to say; here one article is known.
"""

import re
from collections import Counter

MOST = 64
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]+|[^\W\d_{_CJK}][^\W_{_CJK}]*")
_SHORT = 4  # letters: what is shorter is grammar in nearly all languages that part words by spaces
_TITLE = 4  # a word of the title counts as often as one that the text has four times


def keywords(title: str, text: str) -> tuple[str, ...]:
    """At most MOST words, case folded. Scripts without spaces between words give pairs of characters."""
    counts: Counter[str] = Counter()
    counts.update(_words(text))
    for word in set(_words(title)):
        counts[word] += _TITLE
    ranked = sorted(counts, key=lambda word: (-counts[word], -len(word), word))
    return tuple(ranked[:MOST])


def _words(text: str) -> list[str]:
    found: list[str] = []
    for run in _WORD.findall(text.casefold()):
        if run[0] >= "\u3040":
            found += (run[at : at + 2] for at in range(len(run) - 1))
        elif len(run) >= _SHORT:
            found.append(run)
    return found
