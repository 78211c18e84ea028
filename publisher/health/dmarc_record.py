"""DMARC records of a domain and those above it -> the policy that holds for it, and whose domain it is.

By RFC 9989, which took the place of RFC 7489: the organisational domain is found by walking up the tree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from publisher.health.answers import Answer, Ask

_MOST_LABELS = 8  # RFC 9989, 4.10: of longer names those between the whole and seven labels are left out


@dataclass(frozen=True, slots=True)
class Policy:
    """The record at `_dmarc.<at>`; tags in small letters, their values as written."""

    at: str
    tags: Mapping[str, str]

    def tag(self, name: str, usual: str = "") -> str:
        return self.tags.get(name, usual).lower()


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk up from `domain` found, nearest first; names with several records, and those unanswered."""

    domain: str
    policies: tuple[Policy, ...]
    several: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def organisation(self) -> str:
        """The organisational domain (4.10.2); the domain itself where there is no record."""
        for policy in self.policies:
            if policy.tag("psd") == "n":
                return policy.at
            if policy.tag("psd") == "y" and policy.at != self.domain:
                below = len(policy.at.split(".")) + 1
                return ".".join(self.domain.split(".")[-below:])
        return self.policies[-1].at if self.policies else self.domain

    @property
    def policy(self) -> Policy | None:
        """The record that holds (4.10.1): its own, the organisational domain's, or that of a suffix."""
        wanted = (self.domain, self.organisation)
        at = {policy.at: policy for policy in self.policies}
        suffixes = (each for each in self.policies if each.tag("psd") == "y")
        return at.get(wanted[0]) or at.get(wanted[1]) or next(suffixes, None)


def walk(domain: str, ask: Ask) -> Walked:
    """Asks for the records of `domain` and of all above it."""
    policies, several, unanswered = [], [], []
    for name in _names(domain):
        answer: Answer = ask(f"_dmarc.{name}", "TXT")
        found = [tags for tags in map(read_dmarc, answer.values) if tags]
        if answer.trouble:
            unanswered.append(name)
        elif len(found) > 1:
            several.append(name)  # none of them counts (4.10, as RFC 7489, 6.6.3)
        elif found:
            policies.append(Policy(name, found[0]))
    return Walked(domain, tuple(policies), tuple(several), tuple(unanswered))


def read_dmarc(text: str) -> Mapping[str, str]:
    """The tags; empty for a text that is no DMARC record: `v=DMARC1` has to come first."""
    if not re.match(r"v\s*=\s*DMARC1\s*(;|$)", text):
        return {}
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, equals, value in pairs if equals}


def _names(domain: str) -> list[str]:
    labels = domain.split(".")
    first = [domain]
    rest = labels[-(_MOST_LABELS - 1) :] if len(labels) > _MOST_LABELS else labels[1:]
    return first + [".".join(rest[at:]) for at in range(len(rest))]
