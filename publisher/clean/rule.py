"""A rule module in -> one `Rule`: what it is called, why it exists, what it does, and its check.

A rule module's docstring is its manual page; the first line names what the rule finds, then three
paragraphs begin with `Why:`, `Fix:` and `Example:`. `publish explain` prints them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.model import Article, Finding

Check = Callable[[Article], Iterator[Finding]]
Survey = Callable[[Article, frozenset[int]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for, in sentences for a journalist. `code` is family (two letters) and number."""

    code: str
    name: str
    summary: str
    why: str
    fix: str
    example: str

    @property
    def family(self) -> str:
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Rule(Meaning):
    """One rule. `check` says what it would change, and why.

    None of its findings is surer than `surest`: where more is asked for, it only reports. A rule with a
    `survey` is asked by that instead: it is shown the lines that went in this round as well, with their
    numbers, and decides itself what is sure enough (an edit) and what is not (none).
    """

    check: Check
    surest: float = 1.0
    survey: Survey | None = None


def define(code: str, name: str, manual: str | None, check: Check, surest: float = 1.0) -> Rule:
    """Build a rule from its module's docstring. A manual without one of its parts is a ValueError."""
    summary, *paragraphs = re.split(r"\n\s*\n", (manual or "").strip())
    parts = dict(_part(paragraph) for paragraph in paragraphs)
    if not summary or parts.keys() != {"why", "fix", "example"}:
        raise ValueError(f"{code}: the docstring needs a first line, Why:, Fix: and Example:")
    return Rule(
        code, name, " ".join(summary.split()), parts["why"], parts["fix"], parts["example"], check, surest
    )


def _part(paragraph: str) -> tuple[str, str]:
    head, _, text = paragraph.partition(":")
    return head.strip().lower(), text.strip()
