"""A word nobody knows -> the known word it was probably meant to be."""

from collections.abc import Sequence


def misspelt(word: str, known: Sequence[str]) -> str:
    """The known word that `word` is a slip of, or ''.

    A slip is another case or joint (`Canonical-URL`), one for many (`alias`), or one letter wrong,
    missing, added or swapped (two in words of eight letters and more). Short words of two letters are
    never taken for slips.
    """
    bare = _bare(word)
    for candidate in known:
        if _bare(candidate) in {bare, f"{bare}es"} or (
            len(candidate) > 2 and _distance(bare, _bare(candidate)) <= (2 if len(candidate) > 7 else 1)
        ):
            return candidate
    return ""


def nearest(word: str, known: Sequence[str]) -> str:
    """`did you mean 'x'?` for the nearest known word, or '' where none is near."""
    limit = max(1 if len(word) < 4 else 2, len(word) // 3)
    ranked = sorted((_distance(_bare(word), _bare(each)), each) for each in known)
    return f"did you mean {ranked[0][1]!r}?" if ranked and ranked[0][0] <= limit else ""


def _bare(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "")


def _distance(one: str, other: str) -> int:
    """Edits between two words, a swap of neighbours counting as one (optimal string alignment)."""
    if abs(len(one) - len(other)) > 3:
        return 99
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row, last = row, [i], before
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if last and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
