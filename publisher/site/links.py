"""Addresses within the site and out of it -> what may stand in an `href`."""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlsplit

from publisher.settings import Publication

# Everything that means something in an address, and `%`, so that quoting twice changes nothing (RFC 3986).
_RESERVED = "/:?#[]@!$&'()*+,;=%~"
_QUOTED = re.compile(r"[\w./:?#\[\]@!$&'()*+,;=%~-]*", re.ASCII)
_TAG = re.compile(r"<[^<>]*>")  # of sanitised HTML: no bracket stands in an attribute as it is
_COMMONS = re.compile(r"(?:creative commons|cc)[ -]*(by(?:-nc)?(?:-(?:sa|nd))?)[ -]*(\d\.\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads: `href` for pages, `address` for machines. `count`: the articles there."""

    name: str
    href: str
    address: str = ""
    count: int = 0


def href(url: str, publication: Publication) -> str:
    """`/tag/x/` -> what a page links to: from the root of the host, so that a preview works anywhere.

    An address that is absolute already stays as it is.
    """
    if "://" in url:
        return _quoted(url)
    return _quoted(urlsplit(publication.base_url).path.rstrip("/") + url)


def within(text: str, publication: Publication) -> str:
    """An own public address, or HTML with such in its links, from the root of the host (as `href`).

    Entry.html and pictures come with public addresses, as feeds and mails need them. What readers see,
    text and titles, stays as it is.
    """
    base = publication.absolute("")
    path = urlsplit(base).path
    if text.startswith(f"{base}/"):
        return path + text.removeprefix(base)
    if f'="{escape(base)}/' not in text:
        return text
    own = re.compile(rf'(?<=\s)(href|src|poster)="{re.escape(escape(base))}/')
    return _TAG.sub(lambda tag: own.sub(lambda found: f'{found[1]}="{path}/', tag[0]), text)


def address(url: str, publication: Publication) -> str:
    """`/tag/x/` -> the public address, percent-encoded."""
    return _quoted(publication.absolute(url))


def _quoted(url: str) -> str:
    """Most addresses need no quoting, which is quickly seen."""
    return url if _QUOTED.fullmatch(url) else quote(url, _RESERVED)


def origin(url: str) -> str:
    """Scheme, host and port of a web address, as a content security policy names them; '' for nothing."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def web(url: str) -> str:
    """The address when it is of the web (http, https), else nothing: front matter may hold `javascript:`."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return ""
    return _quoted(url) if scheme in {"http", "https"} else ""


def license_address(name: str) -> str:
    """Where a license stands: the address itself, or that of a Creative Commons license (`CC BY-SA 4.0`)."""
    if found := _COMMONS.fullmatch(name.strip()):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return web(name)
