"""A text in -> its shingles, and a sketch of fixed size by which texts that share many of them are found.

MinHash by one permutation (Li, Owen, Zhang: One Permutation Hashing, 2012): each shingle's hash falls
into one of the bins, which keeps the least. An empty bin borrows from the next one that is not, with the
distance mixed in (Shrivastava, Li: Densifying One Permutation Hashing, 2014).
"""

import re
from array import array
from zlib import crc32

SPAN = 4  # words in a shingle: quotes and idioms of three words are shared by strangers
BANDS, ROWS = 42, 3  # texts of which 40 % is the same meet with 94 % probability, of 10 % with 4 %
BINS = BANDS * ROWS
HEAD = 1500  # characters: of a story whose tail was cut off, the head is what both copies have
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_WORD = rf"[{_CJK}]|[^\W_{_CJK}]+"  # compiled when it is needed, which takes long
_LIMIT = 1 << 32
_BORROWED = 0x9E3779B1  # 2**32 / golden ratio, odd: distances 1 to BINS give numbers far apart


def shingles(text: str) -> frozenset[int]:
    """32-bit hashes of every run of SPAN words; case and punctuation do not count. Empty for fewer words."""
    words = re.findall(_WORD, text.casefold())
    runs = zip(*(words[start:] for start in range(SPAN)), strict=False)
    return frozenset(crc32(" ".join(run).encode()) for run in runs)


def signature(found: frozenset[int]) -> bytes:
    """4 * BINS bytes, little-endian 32-bit numbers; b"" for no shingles.

    The share of equal numbers in two signatures estimates the share of shingles that two texts have in
    common (Jaccard), with a standard error of 4.5 points at most.
    """
    if not found:
        return b""
    least = {value % BINS: value // BINS for value in sorted(found, reverse=True)}
    filled = [least.get(number, -1) for number in range(BINS)]
    if len(least) < BINS:
        filled = _densified(filled)
    return b"".join(value.to_bytes(4, "little") for value in filled)


def sketch(text: str) -> bytes:
    """Two signatures in a row, of the whole text and of its head; b"" for a text of fewer than SPAN words."""
    whole = signature(shingles(text))
    return whole + (signature(shingles(text[:HEAD])) or whole)


def alike(one: bytes, other: bytes) -> float:
    """The estimate for two sketches, 0 to 1: of the whole texts or of the heads, whichever is greater."""
    pairs = zip(array("I", one), array("I", other), strict=True)
    equal = [first == second for first, second in pairs]
    return max(sum(equal[:BINS]), sum(equal[BINS:])) / BINS


def _densified(filled: list[int]) -> list[int]:
    distance = 0
    value = -1
    out = list(filled)
    # From the right, and twice round, so that the bins at the end borrow from those at the start.
    for number in range(2 * BINS - 1, -1, -1):
        at = number % BINS
        if filled[at] >= 0:
            value, distance = filled[at], 0
        elif value >= 0:
            distance += 1
            out[at] = (value + distance * _BORROWED) % _LIMIT
    return out
