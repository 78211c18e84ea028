"""What an editor has written for one issue (`content/newsletter/DATE.md`), as values for composing it."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from publisher.content.spelling import nearest
from publisher.errors import Problems, PublishError
from publisher.lazily import lazily
from publisher.model import Card, Entry, Image
from publisher.newsletter.text import bare
from publisher.render.text import to_text
from publisher.settings import Order

if TYPE_CHECKING:
    from publisher.content import notes as files
else:
    files = lazily("publisher.content.notes")

# HTML elements without content, which MJML wants closed.
_ORDERS: Mapping[str, Order] = {"": "", "section": "section", "newest": "newest", "oldest": "oldest"}
_FATAL = ("LK001", "LK002", "LK003", "IM001", "IM004", "IM005", "HT002")
_LINK = re.compile(r'<a\b[^<>]* href="([^"#][^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
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

    @property
    def common(self) -> bool:
        """Whether it is for all newsletters of its day."""
        return self.path.count("/") == 1

    def leading(self, cards: Iterable[Card]) -> Card | None:
        """The article that is to lead, if the note names one. Raises PublishError if it is not there."""
        if not self.lead:
            return None
        known = {name: card for card in cards for name in (card.path, card.id, card.url)}
        if found := next((known[name] for name in self._names if name in known), None):
            return found
        hint = nearest(self.lead, list(known)) or "it is an article's path or id"
        where = f"{self.path}:{self.lines.get('lead', 1)}"
        raise PublishError(where, f"lead: this issue holds no article {self.lead!r}", hint)

    def fitting(self, cards: Iterable[Card]) -> "Note":
        """For a preview, whose articles may be others: without a lead that is not among them."""
        known = {name for card in cards for name in (card.path, card.id, card.url)}
        return self if known.intersection(self._names) else replace(self, lead="")

    @property
    def _names(self) -> tuple[str, ...]:
        """The lead as an id or address, and as a path from the top and from the note."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), self.lead))
        return self.lead.removeprefix("content/"), self.lead, beside


NOTHING = Note()


def read(entry: Entry) -> Note:
    """The note that an entry is, once its links and pictures are absolute.

    Raises Problems with what is wrong in its text: links and pictures that lead nowhere.
    """
    wrong = [f for f in entry.findings if f.code in _FATAL]
    if wrong:
        raise Problems(
            PublishError(f"{entry.card.path}:{f.lines[0] if f.lines else 1}", f"{f.code} {f.message}")
            for f in wrong
        )
    said = {key: str(value) for key, value in entry.extra.items() if isinstance(value, str)}
    sponsor, first, order = entry.extra["sponsor"], entry.extra["first"], said["order"]
    assert isinstance(sponsor, dict)  # noqa: S101 - as entry.py made it
    assert isinstance(first, list)  # noqa: S101 - as entry.py made it
    return Note(
        path=entry.card.path,
        subject=said["subject"],
        preheader=said["preheader"],
        lead=said["lead"],
        order=_ORDERS[order],
        first=tuple(map(str, first)),
        sponsor=Sponsor(sponsor["text"], sponsor["url"], sponsor["label"], entry.card.image)
        if sponsor
        else None,
        html=_VOID.sub(r"<\1\2 />", bare(entry.html)).strip(),
        text=bare(to_text(_LINK.sub(_with_address, entry.html))).strip(),
        lines=entry.lines,
    )


def _with_address(link: re.Match[str]) -> str:
    """Plain text has no links: their addresses stand behind their words."""
    address, words = link.groups()
    return words if address in {words, f"mailto:{words}"} else f"{words} ({address})"


def note_for(notes: Iterable[Entry], edition: str, day: date) -> Note:
    """What was written for this newsletter's issue of the day, else for all newsletters of the day."""
    of_day = {
        newsletter: each
        for each in notes
        for newsletter, then in [files.note_place(each.card.path)]
        if then == day
    }
    found = of_day.get(edition) or of_day.get("")
    return read(found) if found else NOTHING


def demand_newsletters(notes: Iterable[Entry], names: Sequence[str]) -> None:
    """Raises Problems for files of newsletters that do not exist, and two files for one issue."""
    problems: list[PublishError] = []
    seen: dict[tuple[str, date], str] = {}
    for each in notes:
        place = files.note_place(each.card.path)
        newsletter = place[0]
        if newsletter and newsletter not in names:
            hint = nearest(newsletter, list(names)) or f"there is {', '.join(names)}"
            problems.append(PublishError(each.card.path, f"there is no newsletter {newsletter!r}", hint))
        if place in seen:
            message = f"{seen[place]} is for the same issue"
            problems.append(PublishError(each.card.path, message, "keep one of the two"))
        seen[place] = each.card.path
    if problems:
        raise Problems(problems)
