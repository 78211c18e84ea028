"""A line in -> the people it names, if it is a byline or a photo credit and nothing else."""

import re
from functools import cache, lru_cache

from publisher.clean.tables import vocabulary
from publisher.clean.text import CACHE, plain, raw_label, size

_PARTICLE_LIST = """
von van de der den di da del della du la le los das dos do al el bin ibn y ter ten zu zur vom af av o mac st
"""
_PARTICLES = frozenset(_PARTICLE_LIST.split())
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|och|og|en|i|ve|и|with|mit|avec)\s+|\s*[,&;]\s*|\s+/\s+", re.IGNORECASE
)
_REST = re.compile(r"\s+[|•·–—-]\s+|\s*\|\s*|\s*\(")
_NAME_WORD = re.compile(r"^[^\W\d_][\w'’.\-]*$")
_PICTURED = (  # agencies for pictures, as they are written
    r"(?:Getty Images|AP|AFP|dpa|EPA|PA|APA|ANSA|EFE|Reuters|REUTERS|Shutterstock|iStock|Imago|IMAGO"
    r"|imago(?: images)?|Anadolu|Alamy|picture alliance)"
)
_AGENCY = re.compile(
    rf"(?:©\s?)?(?:[^\W\d][^/|:]{{2,60}}?\s?/\s?{_PICTURED}(?:\s?/\s?[^\W\d_]{{3,20}})?"
    rf"|{_PICTURED}(?:\s?/\s?{_PICTURED})?\s?[/|]\s?(?P<who>[^\W\d][^/|:]{{2,60}}?))\W{{0,2}}"
)
_HAN = "一-鿿々ぁ-んァ-ヶー"
_EASTERN = re.compile(
    rf"(?:(?:本报|本報|取材・)?(?:记者|記者|作者|文|撰文|文字|采写|執筆|取材)\s?[：:／/・\s]\s?(?P<a>[{_HAN}]{{2,5}})"
    rf"|(?P<b>[가-힣]{{2,4}}|[{_HAN}]{{2,5}})\s?(?:기자|특파원|선임기자|記者|记者)(?:\s+\S+@\S+)?)$"
)
_CREDIT = re.compile(
    r"^\(?([^:()]{2,24}?)\s*(?::|\bby\b|\bvon\b|\bpar\b|\bpor\b)\s*(.{2,90}?)\)?$", re.IGNORECASE
)


@lru_cache(CACHE)
def byline(text: str) -> tuple[str, ...]:
    """The authors of "By A and B", "Written by Staff", "Von A", "Par A"; () for any other line."""
    line = plain(text).strip("–—-• ").rstrip(":")
    if not line.isascii() and (eastern := _EASTERN.match(line)):
        return (eastern["a"] or eastern["b"],)
    if not 1 < size(text) <= 16 or line.endswith(("!", "?", "…")) or len(line) > 140:
        return ()
    head = _opening(line)
    if not head:
        return ()
    body = _REST.split(line[len(head) :].lstrip(" :\u00a0"), maxsplit=1)[0].strip()
    return _people(body)


@lru_cache(CACHE)
def person(text: str) -> str:
    """The name a line consists of ("Ada van Beispiel"), or ""; a place may look the same."""
    line = plain(text).strip("–—-• ,|")
    parts = line.split()
    proper = 2 <= len(parts) <= 4 and parts[-1][0].isupper() and not line.isupper()
    return line if proper and _named(parts) and not _role(line) and not _staff(line) else ""


@lru_cache(CACHE)
def desk(text: str) -> str:
    """The desk a line consists of ("Staff Report", "La rédaction"), or ""."""
    line = plain(text).strip("–—-• ,|")
    return line if _staff(line) else ""


@lru_cache(CACHE)
def opens_byline(text: str) -> bool:
    """Whether a line is only the beginning of a byline ("By", "Von", "Autor:")."""
    return raw_label(plain(text)) in _vocabulary("by")


@lru_cache(CACHE)
def credit(text: str) -> str:
    """Whose picture it is, by a line such as "Photo: A. Person / Agency", "A. Person/AP"; or ""."""
    line = plain(text)
    if ("/" in line or "|" in line) and size(text) <= 8 and (found := _AGENCY.fullmatch(line.strip("()"))):
        return line.strip("()© ") if found["who"] is None or person(found["who"]) else ""
    match = _CREDIT.match(line) if ":" in line or _ascribes(line.lower()) else None
    if match is None or size(text) > 12 or raw_label(match.group(1)) not in _vocabulary("photo"):
        return ""
    return match.group(2).strip()


def _ascribes(line: str) -> bool:
    """Whether one of the words is in the line that stand before a name in a credit."""
    return "by" in line or "von" in line or "par" in line or "por" in line


@cache
def _vocabulary(key: str) -> frozenset[str]:
    return frozenset(vocabulary("bylines", key))


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    """The beginnings of bylines by their first letter, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(_vocabulary("by"), key=len, reverse=True):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def _opening(line: str) -> str:
    folded = line.casefold()
    for phrase in _openings().get(folded[:1], ()):
        if folded.startswith(phrase) and folded[len(phrase) : len(phrase) + 1] in {" ", ":", "\u00a0"}:
            return line[: len(phrase)]
    return ""


def _people(body: str) -> tuple[str, ...]:
    parts = [part.strip() for part in _AND.split(body) if part.strip()]
    people = [part for part in parts if _name(part) and not (_role(part) and part != parts[0])]
    if people and "," in body and len(parts) > 1 and len(parts[-1].split()) == 1 and not _staff(parts[-1]):
        place = parts.pop()  # "By A and B, Zurich": where they wrote
        people = [part for part in people if part != place]
    known = [part for part in parts if part not in people and _role(part)]
    return tuple(people) if len(people) + len(known) == len(parts) else ()


def _name(part: str) -> bool:
    words = part.split()
    if _staff(part):
        return True
    if not 2 <= len(words) <= 5:
        return len(words) == 1 and len(part) > 2 and part.isupper() and part.isalpha()
    return _named(words) and not _role(part)


def _named(words: list[str]) -> bool:
    """Whether words are written as a person's name is: capitals, but for particles within."""
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    capitals = words[-1] in proper and all(word[0].isupper() for word in proper)
    return capitals and all(map(_NAME_WORD.match, words))


def _staff(part: str) -> bool:
    return raw_label(part) in _vocabulary("staff")


def _role(part: str) -> bool:
    key = raw_label(part)
    if _role_words().isdisjoint(key.split()):
        return False
    begins, ends = _roles()
    return f"{key} ".startswith(begins) or f" {key}".endswith(ends)


@cache
def _roles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles as a line begins with them, and as it ends."""
    return tuple(f"{role} " for role in _vocabulary("roles")), tuple(
        f" {role}" for role in _vocabulary("roles")
    )


@cache
def _role_words() -> frozenset[str]:
    return frozenset(word for role in _vocabulary("roles") for word in role.split())
