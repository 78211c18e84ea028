"""A folder of labelled pages (see its README) -> pages, and which domains share a publisher's templates."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.clean.text import words
from publisher.model import Article, FrontMatter, Line

SHORTEST = 8  # lines of an invented article; the shorter ones show a rule, not a page
_CASE = re.compile(r"^# (?=(?:fires|holds|keeps|takes):)", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,})(before|after)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
MODES = ("container", "markdown", "page")
SCORED = frozenset({"scrapinghub", "fundus"})  # the labels of other sources are weak


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one mode: its text, a label (c b d t e) for each line number, and its description."""

    mode: str
    text: str
    labels: Mapping[int, str]
    about: Mapping[str, Any]

    @property
    def domain(self) -> str:
        return str(self.about["domain"])

    @property
    def scored(self) -> bool:
        return self.about["source"] in SCORED


def read_pages(folder: Path) -> list[Page]:
    """Every page in every mode it is labelled in, in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        for mode in MODES:
            if mode in about["labels"]:
                text = (folder / f"{about['id']}.{mode}.md").read_text(encoding="utf-8")
                numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
                labels = dict(zip(numbers, about["labels"][mode], strict=True))
                found.append(Page(mode, text, labels, about))
    return found


def article(text: str, title: str = "") -> Article:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Article("page.md", FrontMatter(title=title), lines)


def groups(pages: Iterable[Page]) -> dict[str, str]:
    """Domain -> its group. Domains with two long chrome lines in common are one publisher's."""
    where: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    parent: dict[str, str] = {}
    for page in pages:
        parent[page.domain] = page.domain
        for number, line in enumerate(page.text.split("\n"), 1):
            said = words(line)
            if page.labels.get(number) == "b" and len(said) >= 6:
                where[said].add(page.domain)
    shared = Counter(
        (one, other)
        for domains in where.values()
        if len(domains) <= 6
        for one in domains
        for other in domains
        if one < other
    )
    for (one, other), count in sorted(shared.items()):
        if count >= 2:
            parent[_root(parent, other)] = _root(parent, one)
    return {domain: _root(parent, domain) for domain in parent}


def folds(weights: Mapping[str, int], count: int) -> dict[str, int]:
    """Group -> fold, so that the folds are about equally heavy."""
    load = [0] * count
    found = {}
    for group in sorted(weights, key=lambda group: (-weights[group], group)):
        lightest = load.index(min(load))
        found[group] = lightest
        load[lightest] += weights[group]
    return found


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first row is its head."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _root(parent: Mapping[str, str], domain: str) -> str:
    while parent[domain] != domain:
        domain = parent[domain]
    return domain


def read_cases(folder: Path) -> list[Page]:
    """The invented articles of the repository's own cases: what must stay, and what must go, of each kind."""
    found = []
    for file in sorted(folder.rglob("*.md")):
        for section in _CASE.split(file.read_text(encoding="utf-8"))[1:]:
            name = section.partition("\n")[0]
            blocks = {kind: text.removesuffix("\n") for _, kind, text in _BLOCK.findall(section)}
            found.append(
                _case(f"{file.stem} {name}", blocks["before"], blocks.get("after", blocks["before"]))
            )
    return [page for page in found if len(page.labels) >= SHORTEST]


def _case(name: str, before: str, after: str) -> Page:
    """A line that stays (in this order) is the story's, one that goes is not; a changed one is either."""
    left = [line for line in after.split("\n") if line.strip()]
    labels = {}
    for number, line in enumerate(before.split("\n"), 1):
        if line.strip() and line in left:
            left.remove(line)
            labels[number] = "c"
        elif line.strip():
            labels[number] = "e" if any(words(line)[:3] == words(other)[:3] for other in left) else "b"
    about = {"id": name, "domain": name, "source": "cases", "title": "", "gold": after}
    return Page("container", before, labels, about)
