"""A path below `content/` -> what it is: an article, a free page (`pages/`), an author (`authors/`), a note.

A note is for one issue of a newsletter (`newsletter/`) and is no page of the site.

Pages and authors are written by hand for this site: nothing is stripped from them but what no text
wants (invisible characters and the like), or an imprint would lose its imprint.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from publisher.content.slugs import slugify
from publisher.errors import PublishError
from publisher.model import FrontMatter, Kind

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)  # what has no date of its own; nothing shows it
_FOLDERS: dict[str, Kind] = {"pages": "page", "authors": "author", "newsletter": "note"}
_EMAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;]+\.[^@\s<>\"(),:;.]+")
_STAY = ("DU", "CL", "PR", "ST")


def kind_of(path: str) -> Kind:
    """By the top folder."""
    top, slash, _ = path.partition("/")
    return _FOLDERS.get(top, "article") if slash else "article"


def as_written(path: str, front: FrontMatter) -> FrontMatter:
    """The head of a page or author: no date needed, its lines kept. Raises PublishError for its own keys.

    A page may have `nav` (a whole number: its place in the navigation), an author `links` (names with
    web addresses) and `email`.
    """
    if "nav" in front.extra and not _is_number(front.extra["nav"]):
        raise _wrong(path, front, "nav", "expected a whole number", "pages stand in its order")
    links = front.extra.get("links")
    if links is not None and not (isinstance(links, dict) and all(map(_is_web, links.values()))):
        raise _wrong(path, front, "links", "expected names with web addresses", "{Mastodon: https://…}")
    email = front.extra.get("email", "")
    if kind_of(path) == "author" and not (isinstance(email, str) and _EMAIL.fullmatch(email or "a@b.c")):
        raise _wrong(
            path, front, "email", "expected an e-mail address", "feeds name it; leave it out to keep it"
        )
    return replace(front, date=front.date or UNDATED, keep=(*front.keep, *_STAY))


def url_of(path: str, slug: str, title: str) -> str:
    """`pages/help/faq.md` -> `/help/faq/`; an author's address comes from the name, as in bylines."""
    if kind_of(path) == "author":
        return f"/author/{slugify(title) or slug}/"
    folders = path.split("/")[1:-1]
    if path.rsplit("/", 1)[-1].partition(".")[0] == "index":
        folders = folders[:-1]
    return "/" + "/".join([*(slugify(each) or "page" for each in folders), slug]) + "/"


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_web(value: object) -> bool:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        return parts is not None and parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _wrong(path: str, front: FrontMatter, key: str, message: str, hint: str) -> PublishError:
    return PublishError(f"{path}:{front.lines.get(key, 1)}", f"{key}: {message}", hint)
