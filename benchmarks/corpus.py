"""A number -> that many invented news articles as Markdown files, the same ones at every run.

    python -m benchmarks.corpus N FOLDER [--dirt SHARE]

Words are drawn by the frequencies in `vocabulary.txt`; their order means nothing, so this is for measuring
speed, never for tuning the cleaner. Article I depends on (I, N, SHARE) alone.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

SECTIONS = ("business", "culture", "health", "opinion", "politics", "science", "sport", "technology")
TAGS = (
    "agriculture", "ai", "aviation", "banking", "books", "cars", "chips", "climate", "courts", "elections",
    "energy", "film", "fishing", "food", "football", "harbours", "hospitals", "housing", "inflation",
    "labour", "media", "medicine", "music", "olympics", "parks", "privacy", "rail", "regulation", "research",
    "retail", "schools", "security", "space", "startups", "tennis", "theatre", "trade", "transport",
    "vaccines", "weather",
)  # fmt: skip
_FIRST = (
    "Ada",
    "Ben",
    "Carla",
    "Dev",
    "Elena",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Kira",
    "Leo",
    "Mara",
)
_LAST = ("Abbott", "Brandt", "Castillo", "Dimitrov", "Ekström", "Fischer", "Greene", "Hassan", "Ivanova")
_SOURCES = ("Example Wire", "Harbour News", "The Daily Ledger", "North Post", "Civic Desk")
_START, _SPAN = datetime(2022, 1, 1, 6, tzinfo=UTC), timedelta(days=3 * 365)
_CHROME = (
    "Get the Example Wire newsletter delivered to your inbox",
    "Get the free daily newsletter read by decision makers",
    "Subscribe",
    "Advertise with Us",
    "Ready to get started?",
    "Get our media kit",
)
_MARKS = re.compile(r"\*|\[|\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Made:
    """One article: its path below the folder, and its text."""

    path: str
    text: str


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """All words, their summed frequencies, and those that can stand in a title."""
    source = Path(__file__).with_name("vocabulary.txt").read_text("utf-8")
    rows = [line.split("\t") for line in source.splitlines()]
    words = tuple(row[0] for row in rows)
    long = tuple(word for word in words[120:] if len(word) > 3 and word.isalpha())
    return words, tuple(accumulate(int(row[1]) for row in rows)), long


def article(number: int, count: int, dirt: float = 0.0) -> Made:
    """Article `number` of `count`; a share of `dirt` of them is as scrapers leave them."""
    chance = random.Random(f"42:{number}")  # noqa: S311 - to be repeated, not for secrets
    title = _title(chance)
    slug = f"{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}-{number}"
    moment = _START + _SPAN * number / count
    section = chance.choice(SECTIONS)
    blocks = _blocks(chance, slug)
    plain = _MARKS.sub("", blocks[0])
    head = {
        "title": title,
        "date": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "slug": slug,
        "author": _name(chance),
        "section": section,
        "tags": sorted(chance.sample(TAGS, chance.choice((2, 3, 3, 4, 5)))),
        "summary": plain if len(plain) < 200 else plain[:197].rsplit(" ", 1)[0] + "…",
        "source": chance.choice(_SOURCES),
    }
    if chance.random() < dirt:
        blocks = _dirty(title, blocks)
    fields = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    text = "\n".join(["---", *fields, "---", ""]) + "\n" + "\n\n".join(blocks) + "\n"
    return Made(f"{section}/{moment:%Y-%m-%d}-{slug}.md", text)


def write(folder: Path, count: int, dirt: float = 0.0) -> None:
    """All articles below `folder`."""
    for number in range(count):
        made = article(number, count, dirt)
        file = folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made.text, "utf-8")


def _blocks(chance: random.Random, slug: str) -> list[str]:
    """A lead, perhaps a picture, then paragraphs with a heading, a quotation and a list among them."""
    blocks = [_paragraph(chance, 30)]
    if chance.random() < 0.7:
        alt = " ".join(_words(chance, 6))
        blocks.append(f'![{alt}](https://pictures.example.com/{slug}.jpg "Photo: {_name(chance)}")')
    quote = chance.randrange(4, 9) if chance.random() < 0.6 else -1
    items = chance.randrange(5, 11) if chance.random() < 0.5 else -1
    wanted = max(300, min(1200, chance.lognormvariate(6.3, 0.4)))
    while sum(len(block.split()) for block in blocks) < wanted:
        place = len(blocks)
        if place % 5 == 4:
            blocks.append(f"## {_title(chance, 3, 7)}")
        if place == quote:
            blocks.append(f"> {_paragraph(chance, 25)}")
        elif place == items:
            blocks.append("\n".join(f"- {_sentence(chance, size)}" for size in _sizes(chance)))
        else:
            blocks.append(_paragraph(chance, max(10, min(110, int(chance.lognormvariate(3.5, 0.55))))))
    return blocks


def _dirty(title: str, blocks: Sequence[str]) -> list[str]:
    """The title twice around a teaser cut out of the text, a byline, and calls at the end."""
    middle = _MARKS.sub("", blocks[min(3, len(blocks) - 1)])
    return [title, f"{middle[len(middle) // 4 :][:200]}...", title, "Written by Staff", *blocks, *_CHROME]


def _sizes(chance: random.Random) -> Iterator[int]:
    return (chance.randrange(6, 15) for _ in range(chance.randrange(3, 7)))


def _paragraph(chance: random.Random, size: int) -> str:
    said: list[str] = []
    while sum(sentence.count(" ") + 1 for sentence in said) < size:
        said.append(_sentence(chance, max(4, min(45, int(chance.lognormvariate(2.85, 0.5))))))
    return " ".join(said)


def _sentence(chance: random.Random, size: int) -> str:
    """One with a link, a stress or a quotation now and then."""
    words, luck = _words(chance, size), chance.random()
    if size > 12:
        words[size // 2] += ","
    place = chance.randrange(1, size - 3) if size > 6 else 0
    if place and luck < 0.13:
        words[place] = f"**{words[place]}**" if luck < 0.07 else f"*{words[place]}*"
    elif place and luck < 0.21:
        words[place] = f"[{words[place]}](https://www.example.com/{chance.randrange(10**6)})"
    elif place and luck < 0.25:
        words[0], words[-1] = f"“{words[0].capitalize()}", f"{words[-1]},” said {_name(chance)}"
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def _title(chance: random.Random, least: int = 6, below: int = 12) -> str:
    return " ".join(
        word.capitalize() for word in chance.choices(_vocabulary()[2], k=chance.randrange(least, below))
    )


def _words(chance: random.Random, size: int) -> list[str]:
    words, sums, _ = _vocabulary()
    return chance.choices(words, cum_weights=sums, k=size)


def _name(chance: random.Random) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dirt", type=float, default=0.0)
    options = parser.parse_args(arguments)
    write(options.folder, options.count, options.dirt)
    return 0


if __name__ == "__main__":
    sys.exit(main())
