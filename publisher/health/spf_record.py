"""The text of an SPF record -> its terms (RFC 7208, sections 4.5, 4.6 and 12)."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Network, IPv6Network, NetmaskValueError

_TERM = re.compile(r"([+?~-]?)([A-Za-z][A-Za-z0-9]*)(?::(.*?))?((?:/\d{1,3})?(?://\d{1,3})?)")
_NETWORK = re.compile(r"([+?~-]?)(ip[46]):(.+)", re.IGNORECASE)
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)")
_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z0-9-]*[A-Za-z0-9]\.?")
_NEEDS_NAME = frozenset({"include", "exists"})
_MECHANISMS = frozenset({"all", "a", "mx", "ptr"}) | _NEEDS_NAME


@dataclass(frozen=True, slots=True)
class Term:
    """A mechanism. `value` is its domain or network, as written; empty: the domain of the record.

    `lengths` are those of the networks around the addresses of `a` and `mx`, for IPv4 and IPv6.
    """

    qualifier: str
    name: str
    value: str = ""
    lengths: tuple[int, int] = (32, 128)

    @property
    def computed(self) -> bool:
        """Whether the domain depends on the mail (a macro, section 7)."""
        return "%" in self.value


@dataclass(frozen=True, slots=True)
class Spf:
    """The mechanisms in their order, and where `redirect=` leads."""

    terms: tuple[Term, ...]
    redirect: str = ""

    @property
    def all(self) -> str:
        """The qualifier of `all`; '' where there is none."""
        return next((term.qualifier for term in self.terms if term.name == "all"), "")


def spf_texts(values: tuple[str, ...]) -> tuple[str, ...]:
    """Those TXT records that are SPF: `v=spf1` alone or before a space (4.5)."""
    return tuple(text for text in values if re.match(r"v=spf1(?: |$)", text, re.IGNORECASE))


def read_spf(text: str) -> Spf:
    """Raises ValueError for what makes receivers give up on the record (permerror, 4.6)."""
    terms, modifiers = [], dict[str, str]()
    for word in text.split(" ")[1:]:
        if found := _MODIFIER.fullmatch(word):
            name = found[1].lower()
            if name in {"redirect", "exp"} and name in modifiers:
                raise ValueError(f"{name}= stands in it twice")
            modifiers[name] = _named(found[2], word) if name in {"redirect", "exp"} else found[2]
        elif word:
            terms.append(_term(word))
    return Spf(tuple(terms), modifiers.get("redirect", ""))


def _term(word: str) -> Term:
    if found := _NETWORK.fullmatch(word):
        name = found[2].lower()
        try:
            IPv4Network(found[3], strict=False) if name == "ip4" else IPv6Network(found[3], strict=False)
        except (AddressValueError, NetmaskValueError, ValueError) as error:
            raise ValueError(f"{word!r} names no network") from error
        return Term(found[1] or "+", name, found[3])
    found = _TERM.fullmatch(word)
    name = found[2].lower() if found else ""
    if not found or name not in _MECHANISMS:
        raise ValueError(f"{word!r} is no mechanism of SPF")
    value = found[3]
    if name in _NEEDS_NAME or value is not None:
        _named(value or "", word)
    if (name == "all" and value is not None) or (found[4] and name not in {"a", "mx"}):
        raise ValueError(f"{word!r} is no mechanism of SPF")
    return Term(found[1] or "+", name, value or "", _lengths(found[4], word))


def _lengths(text: str, word: str) -> tuple[int, int]:
    """`/24//64` -> (24, 64). Raises ValueError for networks that there are not (5.3)."""
    four, _, six = text.partition("//")
    found = int(four[1:] or 32), int(six or 128)
    if found[0] > 32 or found[1] > 128:
        raise ValueError(f"{word!r} names no network")
    return found


def _named(value: str, word: str) -> str:
    """A domain, or one with macros in it."""
    if not ("%" in value or _HOST.fullmatch(value)):
        raise ValueError(f"{word!r} names no domain")
    return value
