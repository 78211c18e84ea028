"""An empty folder -> a publication; a title -> a new article. Nothing is overwritten."""

import json
import shutil
import uuid
from datetime import datetime
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from publisher.content.fields import clean_text
from publisher.content.slugs import slugify
from publisher.errors import PublishError
from publisher.store.atomic import replace as put
from publisher.work.place import Place

_CONFIGURATION = """\
# What this publication is. Every key has a default; docs/configuration.md describes them all.
title = {title}
description = "News from around here."
base_url = "http://localhost:8000"
language = "en"
time_zone = "UTC"
"""

_IGNORED = "/.publish/\n/site/\n"

_WELCOME = """\
---
title: Hello, world
date: 2026-01-01
section: News
tags: [welcome]
summary: The first article of this publication.
id: {id}
---

This is `content/hello-world.md`. Change it, add others beside it, and run `publish build` again.

What you scrape or paste may be dirty: `publish check` shows what is wrong with it, and the build
strips the sure part by itself.
"""


def start(folder: Path, demo: bool) -> tuple[str, ...]:
    """Make a publication in `folder`; with `demo` one with articles to look at. The paths that were made.

    Raises PublishError where a publication is there already.
    """
    for name in ("publish.toml", "content"):
        if (folder / name).exists():
            raise PublishError(
                str(folder / name), "there is a publication here already", "choose another folder"
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "templates").mkdir(exist_ok=True)
        title = "The Harbour Ledger" if demo else (folder.resolve().name.replace("-", " ").title() or "News")
        configuration = _CONFIGURATION.format(title=json.dumps(title, ensure_ascii=False))
        (folder / "publish.toml").write_text(configuration, "utf-8")
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text(_IGNORED, "utf-8")
        if demo:
            with as_file(_demo()) as articles:
                shutil.copytree(articles, folder / "content")
        else:
            (folder / "content").mkdir()
            (folder / "content" / "hello-world.md").write_text(_WELCOME.format(id=uuid.uuid4().urn), "utf-8")
    except OSError as error:
        raise PublishError(str(error.filename or folder), f"cannot be written: {error.strerror}") from error
    return ("publish.toml", "content/", "templates/")


def new_article(place: Place, title: str, section: str, now: datetime) -> Path:
    """A file with front matter, a permanent id and today's date. Raises PublishError where it exists."""
    title, section = clean_text(title), clean_text(section)
    slug = slugify(title)
    if not slug:
        raise PublishError(repr(title), "the title has neither letters nor digits")
    day = now.astimezone(place.publication.zone)
    folder = place.content / slugify(section) if section else place.content
    file = folder / f"{day.date().isoformat()}-{slug}.md"
    lines = [f"title: {json.dumps(title, ensure_ascii=False)}", f"date: {day.isoformat(timespec='seconds')}"]
    if section:
        lines.append(f"section: {json.dumps(section, ensure_ascii=False)}")
    text = "\n".join(["---", *lines, "tags: []", "draft: true", f"id: {uuid.uuid4().urn}", "---", "", ""])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists():
            raise PublishError(str(file), "this article exists already", "choose another title")
        put(file, text.encode())
    except OSError as error:
        raise PublishError(str(file), f"cannot be written: {error.strerror}") from error
    return file


def _demo() -> Traversable:
    """The demo's articles: in the wheel beside the code, in the repository beside the package."""
    package = files("publisher")
    packed = package / "demo" / "content"
    return packed if packed.is_dir() else package / ".." / "content"
