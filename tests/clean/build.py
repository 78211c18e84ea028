"""Test material: an article from text, what cleaning prints of it, and cases written in Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.clean.engine import clean
from publisher.model import Article, CleanArticle, FrontMatter, Image, Line
from publisher.settings import CleanSettings

CASES = Path(__file__).parent / "cases"
_BLOCK = re.compile(r"^(`{3,})(before|after)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a fixture file; without an `after` block the text must stay as it is."""

    file: str
    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def article(text: str, front: FrontMatter | None = None) -> Article:
    lines = tuple(Line(number, line) for number, line in enumerate(text.split("\n"), 1))
    return Article("harbour.md", front or FrontMatter(), lines)


def cleaned(
    text: str, front: FrontMatter | None = None, settings: CleanSettings | None = None
) -> CleanArticle:
    return clean(article(text, front), settings or CleanSettings())


def written(result: CleanArticle) -> str:
    """The text as a filter prints it: the title, if it was moved, then the body."""
    title = result.article.front.title
    body = "\n".join(line.text for line in result.article.lines)
    return f"{title}\n\n{body}" if title else body


def cases(file: Path) -> Iterator[Case]:
    for section in re.split(
        r"^# (?=(?:fires|holds|keeps|takes):)", file.read_text(encoding="utf-8"), flags=re.MULTILINE
    )[1:]:
        name = section.partition("\n")[0]
        blocks = {kind: text.removesuffix("\n") for _, kind, text in _BLOCK.findall(section)}
        yield Case(file.stem, name, blocks["before"], blocks.get("after", blocks["before"]))


def illustrated() -> FrontMatter:
    return FrontMatter(image=Image("bridge.jpg", "The bridge at dusk"))
