"""A rule module in -> one `Rule`: what it is called, why it exists, what it does, and its check.

A rule module's docstring is its manual page; the first line names what the rule finds, then three
paragraphs begin with `Why:`, `Fix:` and `Example:`. `publish explain` prints them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.model import Article, Finding

Check = Callable[[Article], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `code` is family (two letters) and number; `check` says what it would change, and why.

    None of its findings is surer than `surest`: where more is asked for, it only reports.
    """

    code: str
    name: str
    summary: str
    why: str
    fix: str
    example: str
    check: Check
    surest: float = 1.0

    @property
    def family(self) -> str:
        return self.code[:2]


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
