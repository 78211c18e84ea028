"""What an editor has written for one issue (`content/newsletter/DATE.md`), as values for composing it."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from publisher.content.spelling import nearest
from publisher.errors import PublishError
from publisher.model import Card, Image
from publisher.newsletter_settings import Order

# HTML elements without content, which MJML wants closed.
_VOID = re.compile(r"<(br|col|hr|img|wbr)((?: [^<>]*)?)>")


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Who pays for an issue, between the lead and the other stories. `label` says that it is paid for.

    `url` is https; `image` has an absolute address. An empty label: the language's own word.
    """

    text: str
    url: str
    label: str = ""
    image: Image | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor has written for one issue; what is empty is as the newsletter does it by itself.

    `html` is the intro, sanitised, absolute and well-formed as XML, `text` the same in plain text.
    `lead` is an article's path below `content/`, or beside the note, or its id. `lines` tells where each
    key stands in the file `path`.
    """

    path: str = ""
    subject: str = ""
    preheader: str = ""
    lead: str = ""
    order: Order = ""
    first: tuple[str, ...] = ()
    sponsor: Sponsor | None = None
    html: str = ""
    text: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def leading(self, cards: Iterable[Card]) -> Card | None:
        """The article that is to lead, if the note names one. Raises PublishError if it is not there."""
        if not self.lead:
            return None
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), self.lead))
        known = {name: card for card in cards for name in (card.path, card.id, card.url)}
        for name in (self.lead.removeprefix("content/"), self.lead, beside):
            if name in known:
                return known[name]
        hint = nearest(self.lead, list(known)) or "it is an article's path or id"
        where = f"{self.path}:{self.lines.get('lead', 1)}"
        raise PublishError(where, f"lead: this issue holds no article {self.lead!r}", hint)


NOTHING = Note()
