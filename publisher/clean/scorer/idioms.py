"""The tokens of a line in -> how often it speaks as pages do: in calls, notes and hints of their own.

The idioms are data, a file for each language (`idioms/LANG.toml`), by families; all are looked up together.
"""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import compress

from publisher.clean.notation import first_words, labelled, wordings
from publisher.clean.prepared import prepared
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
_NONE = (0.0,) * len(NAMES)
Tokens = tuple[str, ...]
Rests = tuple[int, dict[Tokens, int]]  # what may follow the first word in one length -> its group


def idioms(tokens: Tokens) -> tuple[float, ...]:
    """How many idioms of each group the line has, and the share of its tokens in them (NAMES)."""
    known, ends = _phrases(), (*tokens[1:], "")
    counts, covered, end = [0] * len(GROUPS), 0, 0
    for at in compress(range(len(tokens)), map(known.__contains__, tokens)):
        following = _following(tokens[at])
        for length, rests in following.get(ends[at]) or following.get("", ()):
            group = rests.get(tokens[at + 1 : at + 1 + length])
            if group is not None:
                if (stop := at + 1 + length) > end:
                    counts[group] += 1
                    covered += stop - max(at, end)
                    end = stop
                break
    return (*(float(min(MOST, count)) for count in counts), covered / len(tokens)) if covered else _NONE


@cache
def _following(first: str) -> dict[str, tuple[Rests, ...]]:
    """What may follow a first word, by the second word ("" if nothing has to), the longest first."""
    found: defaultdict[str, dict[int, dict[Tokens, int]]] = defaultdict(dict)
    for phrase, group in _phrases().get(first, ()):
        for rest in _worded(phrase).get(first, ()):
            found["".join(rest[:1])].setdefault(len(rest), {}).setdefault(rest, group)
    alone = found.get("", {})
    return {
        second: tuple(sorted({**alone, **rests}.items(), reverse=True)) for second, rests in found.items()
    }


@cache
def _worded(phrase: str) -> dict[str, tuple[Tokens, ...]]:
    """What may follow each of the first words of a phrase. Written out only for the words that a text has."""
    found: defaultdict[str, list[Tokens]] = defaultdict(list)
    plain = labelled(phrase) and max(phrase) < WIDE
    for text in wordings(phrase, str):
        first, *rest = text.split() if plain else words(text)
        found[first].append(tuple(rest))
    return {first: tuple(rests) for first, rests in found.items()}


@prepared
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
