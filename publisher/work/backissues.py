"""The ledger and today's cards -> the newsletters' archives: every issue as it was frozen.

One that has not gone out yet has its page, to which its mails will lead, but stands in no list or feed.

A page of the archive is never made again: its bytes are in the ledger. Only before a newsletter's first
issue, and for issues recorded without their page in former times, pages are rendered.
"""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from jinja2 import Environment

from publisher.image import Image
from publisher.keying import digest
from publisher.model import Card, Entry, Output
from publisher.newsletter.editions import Edition, editions
from publisher.newsletter.issue import Issue, compose
from publisher.newsletter.note import note_for
from publisher.newsletter.render import page, render
from publisher.prose import Prose
from publisher.settings import Publication
from publisher.site.beside import Archive, BackIssue
from publisher.site.frame import path_of
from publisher.store.ledger import Issued, Kept, Ledger, Letter
from publisher.templating import produce, texts
from publisher.work.issues import preview, recorded
from publisher.work.place import Place, naming_files


@dataclass(frozen=True, slots=True)
class Letters:
    """What the site shows of newsletters: their archives, and a page for each issue."""

    archives: tuple[Archive, ...]
    outputs: tuple[Output, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days of all issues, the oldest first."""
        return tuple(sorted(issue.day for archive in self.archives for issue in archive.issues))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What pages of issues are made from."""

    place: Place
    made: Environment
    cards: tuple[Card, ...]
    notes: tuple[Entry, ...]
    ledger: Ledger
    pages: Callable[[], dict[int, str]]

    @property
    def publication(self) -> Publication:
        return self.place.publication

    def kept(self, kept: Kept) -> tuple[BackIssue, Output, Entry | None] | None:
        """An issue, its page, and its item once it went out; None if nothing is left of a former one."""
        row, letter = kept.issued, kept.letter
        if letter is None:
            return self._former(row)
        url = f"/newsletter/{row.newsletter}/{row.day.isoformat()}/"
        output = produce(self.made, path_of(url), partial(self.stored, row.id))
        told = _entry(row, letter, url, self.publication) if row.handed_at else None
        return BackIssue(row.day, url, letter.lead), output, told

    def stored(self, issue: int) -> bytes:
        """The page as it was frozen."""
        return self.pages()[issue].encode()

    def coming(self, edition: Edition) -> tuple[BackIssue, Output] | None:
        """What the first issue would be, as long as there is none."""
        publication = self.publication
        cards = tuple(card for card in self.cards if edition.holds(card, publication.language))
        planned = preview(cards, self.ledger.issues(edition.name), edition, publication.zone)
        if planned is None:
            return None
        with naming_files(self.place):
            note = note_for(self.notes, edition.name, planned.day).fitting(planned.cards)
        issue = compose(planned.cards, planned.day, publication, edition, note)
        return self._rendered(issue) if issue else None

    def _former(self, row: Issued) -> tuple[BackIssue, Output, None] | None:
        """Recorded without its page; it stays where it was."""
        known = {each.name: each for each in editions(self.publication)}
        edition = known.get(row.newsletter, next(iter(known.values())))
        issue = compose(recorded(self.cards, row).cards, row.day, self.publication, edition)
        if issue is None:
            return None
        back, output = self._rendered(issue, f"/newsletter/{row.day.isoformat()}/")
        return back, output, None

    def _rendered(self, issue: Issue, url: str = "") -> tuple[BackIssue, Output]:
        where = url or issue.url
        page, key = (partial(each, issue, self.publication, self.made) for each in (_page, _key))
        output = produce(self.made, path_of(where), page, key)
        return BackIssue(issue.date, where, issue.lead.title), output


def newsletters(
    place: Place, cards: tuple[Card, ...], notes: tuple[Entry, ...], made: Environment
) -> Letters:
    """Archives in the order of the configuration, then those of newsletters that are there no more."""
    ledger = Ledger(place.state / "ledger.sqlite")
    kept: dict[str, list[Kept]] = {}
    for each in ledger.archive():
        kept.setdefault(each.issued.newsletter, []).append(each)
    desk = _Desk(place, made, cards, notes, ledger, cache(ledger.pages))
    known = {each.name: each for each in editions(place.publication)}
    archives: list[Archive] = []
    outputs: list[Output] = []
    for name in (*known, *sorted(kept.keys() - known.keys())):
        found = [back for each in kept.get(name, ()) if (back := desk.kept(each))]
        issues = _listed(kept.get(name, ()), [back for back, _, _ in found])
        outputs += (output for _, output, _ in found)
        if not kept.get(name) and (coming := desk.coming(known[name])):
            issues.append(coming[0])
            outputs.append(coming[1])
        if issues:
            title = known[name].title if name in known else _last_title(kept[name], place.publication)
            entries = tuple(entry for _, _, entry in reversed(found) if entry)
            archives.append(Archive(name, title, tuple(reversed(issues)), entries))
    return Letters(tuple(archives), tuple(outputs))


def _listed(kept: Sequence[Kept], found: Sequence[BackIssue]) -> list[BackIssue]:
    """Those that went out; before the first one did, the one that is about to."""
    out = {each.issued.day for each in kept if each.issued.handed_at}
    return [back for back in found if back.day in out] or list(found)


def _last_title(kept: list[Kept], publication: Publication) -> str:
    """What a newsletter was called that is configured no more."""
    titles = [each.letter.title for each in kept if each.letter]
    return titles[-1] if titles else publication.newsletter.title or publication.title


def _page(issue: Issue, publication: Publication, made: Environment) -> bytes:
    return page(render(issue, publication, made)).content


def _key(issue: Issue, publication: Publication, made: Environment) -> bytes:
    exact = repr([(card.date, card.updated) for card in issue.cards])
    return digest(texts(made), issue, exact, publication)


def _entry(row: Issued, letter: Letter, url: str, publication: Publication) -> Entry:
    """An issue as an item of its newsletter's feed. Its id holds for ever: the ledger's own words make it."""
    seed = f"publisher:issue:{row.newsletter}:{row.day.isoformat()}:{row.frozen_at.isoformat()}"
    card = Card(
        path=f"newsletter/{row.newsletter}/{row.day.isoformat()}",
        id=uuid.uuid5(uuid.NAMESPACE_URL, seed).urn,
        url=url,
        slug=row.day.isoformat(),
        title=letter.subject,
        date=row.frozen_at.astimezone(publication.zone),
        updated=None,
        authors=(publication.author,) if publication.author else (),
        summary=letter.preheader,
        section="",
        tags=(),
        image=Image(**json.loads(letter.image)) if letter.image else None,
        language=letter.language,
        featured=False,
        draft=False,
        canonical_url="",
        source=None,
        words=0,
        minutes=0,
    )
    return Entry(card, Prose(letter.feed, letter.preheader), (), (), ())
