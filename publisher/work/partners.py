"""Arranged articles -> the feeds of `[feeds.NAME]` as files, and findings of what partners would refuse."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from jinja2 import Environment

from publisher.errors import Problems, PublishError
from publisher.feeds.every import made_whole
from publisher.feeds.offer import Offer, offer
from publisher.model import Entry, Finding, Output
from publisher.store.paths import fold
from publisher.templating import produce
from publisher.work.place import Place

Remarks = tuple[Finding, ...]


def offers(place: Place, entries: tuple[Entry, ...]) -> tuple[Offer, ...]:
    """What each partner gets, in the order of the configuration."""
    return tuple(offer(partner, entries, place.publication) for partner in place.publication.feeds)


def partner_feeds(made: Iterable[Offer], templates: Environment) -> Iterator[Output]:
    """The files of all offers."""
    for each in made:
        for planned in made_whole(each.partner.stem[1:], each.channel):
            if planned.path in each.partner.paths:
                yield produce(templates, planned.path, planned.make, planned.key)


def refuse_taken(place: Place, outputs: Iterable[Output]) -> None:
    """Raises Problems where a feed's file is also another's, at its table in the configuration."""
    counts = Counter(fold(output.path) for output in outputs)
    hint = "give the feed another `path`"
    problems = [
        PublishError(f"{place.source}:{each.line or 1}", f"the site has another file {path!r} already", hint)
        for each in place.publication.feeds
        for path in each.paths
        if counts[fold(path)] > 1
    ]
    if problems:
        raise Problems(problems)


def with_refusals(place: Place, entries: tuple[Entry, ...], made: Iterable[Offer]) -> tuple[Entry, ...]:
    """The articles with the findings (FD003, FD004) that are wanted, after their own."""
    found: dict[str, list[Finding]] = {}
    for path, finding in (pair for each in made for pair in each.findings):
        if place.publication.clean.wants(finding.code):
            found.setdefault(path, []).append(finding)
    return tuple(
        replace(entry, findings=(*entry.findings, *found[entry.card.path]))
        if entry.card.path in found
        else entry
        for entry in entries
    )


def remarks(place: Place, made: Iterable[Offer]) -> Remarks:
    """What is to be said of the feeds themselves (FD005); the lines are those of the configuration."""
    wants = place.publication.clean.wants
    return tuple(finding for each in made for finding in each.remarks if wants(finding.code))
