"""Small publications on disk for tests of the whole: made, built, read back."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from publisher.work.building import Built, build
from publisher.work.place import open_place
from publisher.work.site import Choice

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
CONFIGURATION = """\
title = "The Test Ledger"
base_url = "https://ledger.example.org"
time_zone = "Europe/Berlin"
page_size = 2
"""
ARTICLES: Mapping[str, str] = {
    "harbour/2026-11-18-ferry.md": """\
---
title: The ferry is back
section: Harbour
tags: [ferry, winter]
author: Ana Lund
id: urn:ferry
---

After nine weeks in dry dock the ferry sailed at six this morning with forty-one passengers aboard.

The master said that the [new timetable](../town/2026-11-19-timetable.md) begins on Monday.
""",
    "town/2026-11-19-timetable.md": """\
---
title: A timetable for the winter
section: Town
tags: [winter]
id: urn:timetable
---

The council has published the winter timetable, and it is one page shorter than the last.

![The quay at dawn](../images/quay.png)
""",
    "town/2026-11-20-market.txt": """\
Night market opens for a tenth year

Forty stalls open on the old coal wharf on Friday, two more than last year and all of...

Night market opens for a tenth year
By Bo Ek

    \u2022 Forty stalls open on the old coal wharf on Friday, two more than last year and all of them lit.

    The market began in 2016 with six tables and a generator that failed at nine o'clock.

    Get the Coastwire newsletter delivered to your inbox

    Subscribe
    Advertise with Us
""",
    "town/2026-11-20-draft.md": "---\ntitle: Not yet\ndraft: true\nid: urn:draft\n---\n\nNot ready at all.\n",
    "town/later.md": "---\ntitle: Later\ndate: 2031-01-01\nid: urn:later\n---\n\nFrom the future.\n",
}
# One grey pixel, the smallest PNG that decoders take.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000 3a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082".replace(" ", "")
)


def make(root: Path, articles: Mapping[str, str] = ARTICLES, configuration: str = CONFIGURATION) -> Path:
    """A publication in `root`, with one picture."""
    write(root / "publish.toml", configuration)
    for path, text in articles.items():
        write(root / "content" / path, text)
    picture = root / "content" / "images" / "quay.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(PICTURE)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def built(root: Path, now: datetime = NOW, jobs: int = 1) -> Built:
    return build(open_place(root, None, {}), Choice(now), jobs)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, with its bytes."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def from_scratch(root: Path, empty: Path) -> dict[str, bytes]:
    """The site that the publication's content gives, made anew; its own files stay untouched.

    Of its state only the ledger is known: what was published when is nowhere else.
    """
    for name in ("content", "templates", "publish.toml"):
        if (root / name).exists():
            (empty / name).symlink_to(root / name)
    for file in (root / ".publish").glob("ledger.sqlite*"):
        (empty / ".publish").mkdir(exist_ok=True)
        shutil.copy(file, empty / ".publish")
    built(empty)
    return tree(empty / "site")
