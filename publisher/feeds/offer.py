"""A partner's feed and all entries -> the items it holds, and findings for those its partner would refuse.

The rules are data: each has a code, the field of front matter it is about, and a function that says what is
wrong. FD003 leaves the item out, FD004 keeps it. Articles are looked at from the newest on, as far as the
feed goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from publisher.feeds.channel import Channel, Item, channel, newest
from publisher.feeds.demands import HEAD, RULES, remarks, weight
from publisher.feeds.titles import plain_line
from publisher.model import Card, Entry, Finding
from publisher.render.characters import percent_encode, strip_illegal
from publisher.render.text import summarise
from publisher.settings import PartnerFeed, Publication
from publisher.site.feeds import Feed
from publisher.site.links import web
from publisher.site.terms import fold

_SUMMARY = 500  # characters


@dataclass(frozen=True, slots=True)
class Offer:
    """What a partner gets. `findings` with the path of the article, `remarks` are about the feed itself."""

    partner: PartnerFeed
    channel: Channel
    findings: tuple[tuple[str, Finding], ...]
    remarks: tuple[Finding, ...]


def offer(partner: PartnerFeed, entries: tuple[Entry, ...], publication: Publication) -> Offer:
    """The newest articles that the feed asks for and its partner takes, as many as fit into its size."""
    language = partner.languages[0] if partner.languages else publication.language
    feed = Feed(publication.title, f"/feeds/{partner.name}/", "/", (), language)
    settings = replace(publication.feed, items=1, content=partner.content)
    taken: list[Item] = []
    findings: list[tuple[str, Finding]] = []
    left = partner.max_bytes - HEAD
    for entry in _wanted(partner, entries, publication):
        item = _item(partner, replace(feed, entries=(entry,)), replace(publication, feed=settings))
        found = tuple(_judged(partner, item, entry))
        findings += ((entry.card.path, each) for each in found)
        if any(each.code == "FD003" for each in found):
            continue
        left -= weight(item)
        if left < 0:
            break
        taken.append(item)
        if len(taken) == partner.items:
            break
    made = _channel(partner, feed, publication, tuple(taken))
    return Offer(partner, made, tuple(findings), tuple(remarks(partner, made)))


def _wanted(partner: PartnerFeed, entries: tuple[Entry, ...], publication: Publication) -> Iterator[Entry]:
    ordered = newest(Feed("", "/", "/", entries))
    languages = partner.languages or ((publication.language,) if partner.one_language else ())
    oldest = ordered[0].card.date - timedelta(days=partner.days) if ordered and partner.days else None
    for entry in ordered:
        if oldest and entry.card.date < oldest:
            return
        if _chosen(partner, entry.card) and _spoken(entry.card.language or publication.language, languages):
            yield entry


def _chosen(partner: PartnerFeed, card: Card) -> bool:
    sections, tags = set(map(fold, partner.sections)), set(map(fold, partner.tags))
    elsewhere = card.source is not None or bool(web(card.canonical_url))
    return (
        (not sections or fold(card.section) in sections)
        and (not tags or not tags.isdisjoint(map(fold, card.tags)))
        and (partner.syndicated or not elsewhere)
        and (partner.noindex or not card.noindex)
    )


def _spoken(language: str, wanted: tuple[str, ...]) -> bool:
    """`en` is what `en-GB` asks for, and the other way round (RFC 4647, section 3.3.1)."""
    mine = f"{language.lower()}-"
    each = [f"{other.lower()}-" for other in wanted]
    return not wanted or any(mine.startswith(other) or other.startswith(mine) for other in each)


def _item(partner: PartnerFeed, feed: Feed, publication: Publication) -> Item:
    """A summary that is too short for the partner goes on with the text."""
    (item,) = channel(feed, publication).items
    if len(item.summary) < partner.summary_advised:
        longer = " ".join(summarise(feed.entries[0].text, _SUMMARY).split())
        return replace(item, summary=max(item.summary, longer, key=len))
    return item


def _judged(partner: PartnerFeed, item: Item, entry: Entry) -> Iterator[Finding]:
    for rule in RULES:
        if why := rule.fault(partner, item, entry):
            does = "leaves it out" if rule.code == "FD003" else "has it all the same"
            line = entry.lines.get(rule.field, 1)
            yield Finding(rule.code, (line,), f"the feed {partner.name!r} {does}: {why}")


def _channel(partner: PartnerFeed, feed: Feed, publication: Publication, items: tuple[Item, ...]) -> Channel:
    made = channel(feed, publication)
    return replace(
        made,
        title=plain_line(partner.title) or made.title,
        description=plain_line(partner.description) or made.description,
        stem=percent_encode(publication.absolute(partner.stem)),
        items=items,
        partner=_written(partner, publication),
    )


def _written(partner: PartnerFeed, publication: Publication) -> PartnerFeed:
    """Logos as absolute addresses (else the publication's icon); nothing that XML cannot carry."""
    dark = publication.absolute(strip_illegal(partner.dark_logo)) if partner.dark_logo else ""
    return replace(
        partner,
        logo=percent_encode(publication.absolute(strip_illegal(partner.logo) or "/icon-512.png")),
        dark_logo=percent_encode(dark),
        analytics=strip_illegal(partner.analytics),
    )
