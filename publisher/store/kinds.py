"""A file's name -> its media type, as a well set-up web server would give it."""

# RFC 9239 (JavaScript), W3C "Web App Manifest" section 8, IANA's registry for the rest. Python's own
# table depends on the machine.
_TEXTS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".vtt": "text/vtt",
    ".xml": "application/xml",
    ".xsl": "application/xslt+xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".opml": "text/x-opml",
    ".svg": "image/svg+xml",
}
_OTHERS = {
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".map": "application/json",
    ".wasm": "application/wasm",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
_SQUEEZABLE = frozenset((*_TEXTS, ".json", ".webmanifest", ".map", ".wasm"))
_START = 500  # bytes of a feed that are looked at for its root element


def media_type(path: str, content: bytes = b"") -> str:
    """`feed.xml` -> `application/rss+xml; charset=utf-8`: of XML the root element decides."""
    suffix = _suffix(path)
    if suffix == ".xml":
        return f"{_xml(content[:_START])}; charset=utf-8"
    if suffix == ".json" and b"https://jsonfeed.org/version/" in content[:_START]:
        return "application/feed+json"
    if suffix in _TEXTS:
        return f"{_TEXTS[suffix]}; charset=utf-8"
    return _OTHERS.get(suffix, "application/octet-stream")


def squeezable(path: str) -> bool:
    """Whether gzip makes such a file smaller."""
    return _suffix(path) in _SQUEEZABLE


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2].casefold()}" if "." in name else ""


def _xml(start: bytes) -> str:
    if b"<rss" in start:
        return "application/rss+xml"
    if b"http://www.w3.org/2005/Atom" in start:
        return "application/atom+xml"
    return "application/xml"
