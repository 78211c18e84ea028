"""The publication in -> `site.webmanifest` out (Web Application Manifest, W3C)."""

import json

from publisher.model import Output
from publisher.settings import Publication
from publisher.site.links import href
from publisher.site.words import direction

PATH = "site.webmanifest"
_SHORT = 12  # characters below an icon of a home screen
_PAPER = "#fffdf9"


def webmanifest(publication: Publication) -> Output:
    """What a telephone needs to put the site on its home screen."""
    title = publication.title
    record = {
        "name": title,
        "short_name": title if len(title) <= _SHORT else title.split()[-1][:_SHORT],
        "description": publication.description,
        "lang": publication.language,
        "dir": direction(publication.language),
        "start_url": href("/", publication),
        "scope": href("/", publication),
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": publication.accent,
        "icons": [
            _icon("icon-192.png", 192, "any", publication),
            _icon("icon-512.png", 512, "any", publication),
            _icon("icon-maskable-512.png", 512, "maskable", publication),
        ],
    }
    kept = {name: value for name, value in record.items() if value}
    return Output(PATH, (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode())


def _icon(name: str, size: int, purpose: str, publication: Publication) -> dict[str, str]:
    source = href(f"/{name}", publication)
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
