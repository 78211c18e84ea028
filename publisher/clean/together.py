"""The lists `together` of the lexicon in -> what a sentence is for that has words of each of their groups.

Sites say the same thing in ever new sentences, but with the same few words: what is theirs, what it is
about, what the reader is to do. The notation is described at the head of `lexicon/en.toml`.
"""

from dataclasses import dataclass, field
from itertools import chain

from publisher.clean.prepared import prepared
from publisher.clean.tables import tables
from publisher.clean.text import label, raw_label, words

STEM = 4  # letters by which words are looked up
_LAST_SPACED = "\u303f"  # scripts without spaces come after it
_START = "\n"


@dataclass(frozen=True, slots=True)
class Together:
    """Groups of words in one language and family; a sentence must have one of each group."""

    language: str
    family: str
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Every list, and by the beginning of each word of its first group: the word and the list's number."""

    lists: list[Together] = field(default_factory=list)
    begun: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


def family_of(text: str) -> str:
    """What a sentence is for if a list has words of it in each group, whatever their order; else "".

    A sentence that tells what someone says is the story's: "dit" tells so in French, not in Dutch.
    """
    index = together()
    met = index.begun.keys() & {word[:STEM] for word in words(text)}
    if not met:
        return ""
    key = label(text)
    said = f"{_START} {key} "
    candidates = [number for stem in sorted(met) for word, number in index.begun[stem] if word in said]
    for each in (index.lists[number] for number in candidates):
        if all(any(word in said for word in group) for group in each.groups):
            part = {word for bit in chain(*each.groups) for word in bit.split()}
            if _speech(each.language).isdisjoint(set(key.split()[1:]) - part):
                return each.family
    return ""


@prepared
def _speech(language: str) -> frozenset[str]:
    """Words by which a sentence of a language tells what someone or something says."""
    return frozenset(map(raw_label, tables()[language].get("speech", {}).get("verbs", ())))


@prepared
def together() -> Index:
    """The lists of all languages."""
    index = Index()
    for language, table in tables().items():
        for family, entry in table.items():
            for listed in entry.get("together", ()):
                groups = _groups(listed)
                for word in groups[0]:
                    index.begun.setdefault(_stem(word), []).append((word, len(index.lists)))
                index.lists.append(Together(language, family, groups))
    return index


def _groups(listed: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a list, each word as it is searched for: "get" whole, "subscri*" begun, "^get" first.

    Lists in scripts without spaces are searched for within words.
    """
    within = max(listed) > _LAST_SPACED
    return tuple(tuple(_bit(word, within) for word in group.split("|")) for group in listed.split("+"))


def _bit(word: str, within: bool) -> str:
    text = raw_label(word)
    if within:
        return text
    begins = f"{_START} " if word.strip().startswith("^") else " "
    return begins + text + " " * (not word.strip().endswith("*"))


def _stem(bit: str) -> str:
    first = bit.split(maxsplit=1)[0]
    return first[: 1 if first > _LAST_SPACED else STEM]
