"""A text in -> the text without the lines that the rules of two large web corpora would drop.

Own small versions, written from the papers: of what they describe only the rules about lines, as rules
that drop whole pages would drop the article with them. Both were made for English.
"""

import re

ENDS = (".", "!", "?", '"', "”", "’", "»")
LEAST_WORDS = 5
POLICIES = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)
SHORT = 10
_COUNTER = re.compile(
    r"\W*[\d.,]+[km]?\s+(likes?|shares?|comments?|views?|followers?|votes?|replies|points?)\W*", re.IGNORECASE
)
_BUTTON = re.compile(
    r"^\W*(sign[ -]?in|sign[ -]?up|log[ -]?in|subscribe|share|follow|register)\b"
    r"|\b(read more|continue reading|learn more|see more)\W*$"
    r"|\b(items in cart|add to cart)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def nothing(text: str) -> str:
    return text


def c4(text: str) -> str:
    """Raffel et al. 2020 (C4), section 2.2: lines of five words or more that end like a sentence.

    Lines that speak of JavaScript or of policies are dropped, too. Blank lines stay.
    """
    return "\n".join(line for line in text.split("\n") if not line.strip() or _is_c4(line.strip()))


def _is_c4(line: str) -> bool:
    lower = line.lower()
    return (
        line.endswith(ENDS)
        and len(line.split()) >= LEAST_WORDS
        and "javascript" not in lower
        and not any(policy in lower for policy in POLICIES)
    )


def refined_web(text: str) -> str:
    """Penedo et al. 2023 (RefinedWeb), appendix G.2, with Rae et al. 2021 (Gopher), appendix A1.1.

    Lines go that are mostly capitals, numbers alone, counters ("3 likes"), a single word, or short and
    like a button; also those of whose words fewer than 80 % have a letter, and lines that came before.
    """
    kept = []
    seen: set[str] = set()
    for line in text.split("\n"):
        bare = line.strip()
        if not bare or (bare not in seen and _is_refined(bare)):
            kept.append(line)
        seen.add(bare)
    return "\n".join(kept)


def _is_refined(line: str) -> bool:
    words = line.split()
    letters = [sign for sign in line if sign.isalpha()]
    lettered = sum(_LETTER.search(word) is not None for word in words)
    return not (
        len(words) == 1
        or 2 * sum(sign.isupper() for sign in letters) > len(letters)
        or lettered < 0.8 * len(words)
        or _COUNTER.fullmatch(line) is not None
        or (len(words) <= SHORT and _BUTTON.search(line) is not None)
    )
