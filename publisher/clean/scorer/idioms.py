"""The tokens of a line in -> how often it speaks as pages do: in calls, notes and hints of their own.

The idioms are data, a file for each language (`idioms/LANG.toml`), by families; all are looked up together.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from publisher.clean.notation import first_words, wordings
from publisher.clean.tables import lists
from publisher.clean.text import raw_label, words

GROUPS = {
    "idiom_call": ("newsletter", "subscribe", "support", "social", "comments", "contact"),
    "idiom_note": ("origin", "author", "rights", "disclosure"),
    "idiom_page": ("consent", "tools", "related"),
}
NAMES = (*GROUPS, "idiom_share")
WIDE = "\u2fff"  # characters beyond are words by themselves
MOST = 3  # of a group that count
_Rests = dict[str, list[tuple[tuple[str, ...], int]]]


def idioms(tokens: Sequence[str]) -> tuple[float, ...]:
    """How many idioms of each group the line has, and the share of its tokens in them (NAMES)."""
    counts, covered, end, known = [0] * len(GROUPS), 0, 0, _phrases()
    for at, token in enumerate(tokens):
        if token not in known:
            continue
        rests, second = _following(token), tokens[at + 1] if at + 1 < len(tokens) else ""
        length, found = (1, rests[""][-1][1]) if "" in rests else (0, -1)
        for rest, group in rests.get(second, ()) if second else ():
            if len(rest) >= length and tuple(tokens[at + 1 : at + 1 + len(rest)]) == rest:
                length, found = 1 + len(rest), group
        if at + length > max(at, end):
            counts[found] += 1
            covered += at + length - max(at, end)
            end = at + length
    return (*(float(min(MOST, count)) for count in counts), covered / max(1, len(tokens)))


@cache
def _following(first: str) -> _Rests:
    """What may follow a first word, by the second word ("" if nothing does), and the group.

    Choices multiply, so they are written out only for the words that a text has.
    """
    found: _Rests = defaultdict(list)
    for phrase, group in _phrases().get(first, ()):
        for text in wordings(phrase, str):
            said = words(text)
            if said[:1] == (first,):
                found["".join(said[1:2])].append((said[1:], group))
    return dict(found)


@cache
def _phrases() -> dict[str, list[tuple[str, int]]]:
    """Every idiom as it is written and its group, by each of its first words."""
    numbers = {family: at for at, families in enumerate(GROUPS.values()) for family in families}
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    folder = files("publisher.clean.scorer") / "idioms"
    for source in sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=str):
        for family, phrases in lists(source.read_text(encoding="utf-8")).items():
            for phrase in phrases:
                for first in {_begins(text) for text in first_words(phrase, str)}:
                    found[first].append((phrase, numbers[family]))
    return dict(found)


def _begins(text: str) -> str:
    """The first token of a word; `words` would remember each of them."""
    return raw_label(text) if text.isalpha() and max(text) < WIDE else words(text)[0]
