"""A number -> that many invented articles as a newsroom's archive has them, and their publication."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

_NEWEST = datetime(2026, 11, 20, 18, tzinfo=UTC)
_SECTIONS = ("Harbour", "Town", "Culture & Food", "Sport", "Wissenschaft")
_AUTHORS = ("Ana Lund", "Bo Ek", "Émile Ôr", "ליאת ים")
_TAGS = ("Ferry", "Winter", "Sea level", "C++", "Größe", "مدّ", "Rowing", "50 %", "Night market")
_LANGUAGES = ("en", "en", "en", "de", "ar", "fr")
CONFIGURATION = """\
title = "The Long Ledger"
base_url = "https://ledger.example.org/news"
time_zone = "Europe/Berlin"
page_size = 20
[images]
widths = [320]
cards = false
[newsletter]
signup = "https://letters.example.org/subscribe"
"""
_TEXT = """\
---
title: {title}
date: {date}
section: {section}
tags: [{tags}]
authors: [{author}]
language: {language}
id: urn:long:{number}
slug: {slug}
{more}---

{opening} It follows what [we wrote before]({earlier}#what-it-costs), and the note below.[^1]

{heading}

## What it costs

The {number} crowns a year that the council pays, of which {tag} takes the larger part.

![The quay]({picture})

## What comes next

A [look at the whole]({later}) and at [its own beginning](#what-it-costs) is promised for year {number}.

[^1]: Numbered {number}, and found in no other place.
"""


def articles(count: int) -> Mapping[str, str]:
    """Content by its path, in sections and years; linked to one another, some moved, a third syndicated."""
    about = f"---\ntitle: About\nnav: 1\n---\n\nWho we are, and [a story](../{_path(0, count)}).\n"
    return {_path(number, count): _article(number, count) for number in range(count)} | {
        "pages/about.md": about
    }


def _path(number: int, count: int) -> str:
    day = _NEWEST - timedelta(days=4 * (number % count))
    return f"{day:%Y}/{number % count:03}.md"


def _article(number: int, count: int) -> str:
    day = _NEWEST - timedelta(days=4 * number)
    tags = [_TAGS[(number * step) % len(_TAGS)] for step in (1, 2, 4)]
    moved = f"aliases: [/old/{number}/, /alt-{number}.html]\n" if number % 7 == 0 else ""
    source = "source: {name: Estuary Quarterly, url: 'https://example.com/eels'}\n" if number % 3 == 0 else ""
    return _TEXT.format(
        title=f"'Story {number}: {tags[0]} & the “long” view'",
        date=f"{day:%Y-%m-%dT%H:%M}",
        section=_SECTIONS[number % len(_SECTIONS)],
        tags=", ".join(f"'{tag}'" for tag in dict.fromkeys(tags)),
        author=_AUTHORS[number % len(_AUTHORS)],
        language=_LANGUAGES[number % len(_LANGUAGES)],
        number=number,
        slug=f"größe-{number}" if number % 5 == 0 else f"story-{number}",
        more=moved + source,
        opening=f"Story number {number} is about {tags[0]} and {tags[1]}, seen from the quay. " * 3,
        earlier="../" + _path(number + 1, count),
        later="../" + _path(number + 17, count),
        heading="## Eine Überschrift *mit* Größe",
        tag=tags[-1],
        picture="../images/quay.png",
    )
