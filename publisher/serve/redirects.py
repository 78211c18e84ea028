"""The text of a `_redirects` file -> where an address leads: the format that static hosts share."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_STATUSES = frozenset({200, 301, 302, 303, 307, 308, 404, 410})


@dataclass(frozen=True, slots=True)
class Redirect:
    """`source` may end in `/*`; what that stands for takes the place of `:splat` in `target`.

    `forced`: also where there is a file.
    """

    source: str
    target: str
    status: int = 301
    forced: bool = False

    def leads(self, path: str) -> str | None:
        """Where `path` leads by this rule; None if it is not about it."""
        if self.source.endswith("/*"):
            stem = self.source[:-1]
            return self.target.replace(":splat", path.removeprefix(stem)) if path.startswith(stem) else None
        return self.target if path.rstrip("/") == self.source.rstrip("/") else None


def read_redirects(text: str) -> tuple[Redirect, ...]:
    """`/old /new 301` on each line; `#` begins a remark. Lines that say nothing are passed over."""
    return tuple(_rules(text))


def find_redirect(rules: tuple[Redirect, ...], path: str) -> tuple[int, str] | None:
    """The status and the target of the first rule for `path`."""
    for rule in rules:
        if (target := rule.leads(path)) is not None:
            return rule.status, target
    return None


def _rules(text: str) -> Iterator[Redirect]:
    for line in text.splitlines():
        words = line.partition("#")[0].split() if line.lstrip().startswith("#") else line.split()
        if len(words) < 2 or not words[0].startswith("/"):
            continue
        code = words[2].rstrip("!") if len(words) > 2 else "301"
        if code.isdigit() and int(code) in _STATUSES:
            yield Redirect(unquote(words[0]), words[1], int(code), words[-1].endswith("!"))
