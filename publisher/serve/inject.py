"""A page of the site -> the same page for a preview: it reloads itself, and says that it is a draft.

Only responses are changed, never files. The page's content security policy (CSP Level 3) is widened by
a nonce for our script and style sheet and by the address of the events, and by nothing else: what the
real site's policy blocks, the preview blocks as well.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

SCRIPT = "/_publish/reload.js"
STYLE = "/_publish/preview.css"
EVENTS = "/_publish/events"

_POLICY = re.compile(rb'(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)(")', re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY = re.compile(rb"<body(?:\s[^<>]*)?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page is told: the build it is of, the nonce of this process, `origin` (`http://host:port`)."""

    version: int
    nonce: str
    origin: str


def inject(page: bytes, preview: Preview, mark: str = "") -> bytes:
    """The page with script, style sheet and, if it is withheld by a build, a note on top that says so."""
    page = _POLICY.sub(lambda found: found[1] + _widened(found[2], preview) + found[3], page, count=1)
    links = (
        f'<link rel="stylesheet" href="{STYLE}?{preview.version}" nonce="{preview.nonce}">'
        f'<script src="{SCRIPT}" data-version="{preview.version}" nonce="{preview.nonce}" defer></script>'
    ).encode()
    end = _HEAD_END.search(page) or _BODY.search(page)
    at = end.start() if end else len(page)
    page = page[:at] + links + page[at:]
    return _marked(page, mark) if mark else page


def _marked(page: bytes, mark: str) -> bytes:
    note = f'<p class="_publish-mark" role="note">{escape(mark)}</p>'.encode()
    body = _BODY.search(page)
    return page[: body.end()] + note + page[body.end() :] if body else note + page


def _widened(policy: bytes, preview: Preview) -> bytes:
    """A directive that is missing falls back on `default-src`, so it is begun with what that allows."""
    given = (words for part in unescape(policy.decode()).split(";") if (words := part.split()))
    parts: dict[str, list[str]] = {}
    for name, *sources in given:
        parts.setdefault(name.lower(), sources)
    nonce = f"'nonce-{preview.nonce}'"
    added = {"script-src": nonce, "style-src": nonce, "connect-src": preview.origin + EVENTS}
    for name, source in added.items():
        held = parts.get(name, parts.get("default-src"))
        if held is not None:
            parts[name] = [*(word for word in held if word != "'none'"), source]
    return escape("; ".join(" ".join((name, *words)) for name, words in parts.items())).encode()
