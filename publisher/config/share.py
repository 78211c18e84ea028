"""A configured way to share -> its name and the address it opens. None of them loads anything or counts.

Sources: the services' own pages on links that open a prepared post ("share intents").
"""

import re

OWN = frozenset({"mail", "link"})  # by e-mail, and the address to copy
SERVICES = {
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "hackernews": ("Hacker News", "https://news.ycombinator.com/submitlink?u={url}&t={title}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "reddit": ("Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
    "telegram": ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "whatsapp": ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    "x": ("X", "https://x.com/intent/post?text={title}&url={url}"),
}
_GIVEN = re.compile(r"(\S.*?)\s+(https://[^\s{}\"<>]+(?:\{(?:title|url)\}[^\s{}\"<>]*)+)")


def service(entry: str) -> tuple[str, str]:
    """`reddit`, or a name and an address with `{url}` (and `{title}`). Raises ValueError for others."""
    if entry in SERVICES:
        return SERVICES[entry]
    found = _GIVEN.fullmatch(entry)
    if not found or "{url}" not in found[2]:
        known = ", ".join(sorted(OWN | SERVICES.keys()))
        raise ValueError(
            f"{entry!r} is none of {known}, nor a name with an https:// address that has {{url}}"
        )
    return found[1], found[2]
