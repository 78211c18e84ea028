"""Articles -> findings for the addresses of other sites that lead nowhere; asked for only when wanted."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

from publisher import __version__
from publisher.fetch.ask import Asking
from publisher.fetch.links import Manner, Verdict, check_all
from publisher.model import Entry, Finding, Source
from publisher.store.verdicts import Known, read_verdicts, write_verdicts
from publisher.work.checking import Checked
from publisher.work.compiling import Progress, compile_all
from publisher.work.place import Place

_ADDRESS = re.compile(r'\s(?:href|src)="(https?://[^"]+)"')
_SAVED_EACH = 25  # verdicts
_SOON = timedelta(hours=6)  # a host that was down is asked again before the others


def with_external(
    place: Place,
    checked: tuple[Checked, ...],
    now: datetime,
    progress: Progress,
    manner: Manner | None = None,
) -> tuple[Checked, ...]:
    """The articles with LK006 (no such page), LK007 (no answer) and LK008 (moved for good) added.

    What was asked less than `links.days` ago is not asked again; a broken run goes on where it stopped.
    """
    entries = {entry.card.path: entry for entry in compile_all(place).entries}
    wanted = {each.source.path: _addresses(place, entries[each.source.path]) for each in checked}
    urls = sorted({url for addresses in wanted.values() for url in addresses})
    known = _known(place, urls, now, progress, manner or _manner(place))
    return tuple(
        replace(each, findings=_merged(place, each, wanted[each.source.path], known)) for each in checked
    )


def _addresses(place: Place, entry: Entry) -> tuple[str, ...]:
    """Without what follows `#`: that is never sent."""
    card = entry.card
    named = [card.canonical_url, card.source.url if card.source else "", card.image.src if card.image else ""]
    found = [unescape(url) for url in _ADDRESS.findall(entry.html)] + [url for url in named if url]
    skip = (*place.publication.links.skip, f"{place.publication.absolute('')}/")
    plain = (url.partition("#")[0] for url in found if _is_web(url))
    return tuple(dict.fromkeys(url for url in plain if not url.startswith(skip)))


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _known(
    place: Place, urls: Iterable[str], now: datetime, progress: Progress, manner: Manner
) -> Mapping[str, Known]:
    file = place.state / "links.json"
    known, days = read_verdicts(file), timedelta(days=place.publication.links.days)
    due = [url for url in urls if url not in known or _stale(known[url], now, days)]

    def done(url: str, verdict: Verdict) -> None:
        known[url] = Known(now, verdict.status, verdict.problem, verdict.moved)
        finished.append(url)
        progress("links", len(finished), len(due))
        if len(finished) % _SAVED_EACH == 0:
            write_verdicts(file, known)

    finished: list[str] = []
    try:
        check_all(due, manner, done)
    finally:
        if finished:
            write_verdicts(file, known)
    return known


def _stale(known: Known, now: datetime, days: timedelta) -> bool:
    lasting = 200 <= known.status < 500
    return now - known.asked >= (days if lasting else min(days, _SOON))


def _manner(place: Place) -> Manner:
    base = place.publication.absolute("")
    agent = f"publish/{__version__} (link check; +{base})"
    return Manner(Asking(agent, private=place.publication.links.private))


def _merged(
    place: Place, each: Checked, urls: Iterable[str], known: Mapping[str, Known]
) -> tuple[Finding, ...]:
    kept = set(each.article().front.keep)
    wants = place.publication.clean.wants
    found = [
        Finding(code, _lines(each.source, url), message)
        for url in urls
        if (told := _told(url, known.get(url)))
        for code, message in (told,)
        if wants(code) and not {code, code[:2]} & kept
    ]
    return tuple(sorted((*each.findings, *found), key=lambda finding: (finding.lines, finding.code)))


def _told(url: str, known: Known | None) -> tuple[str, str] | None:
    if known is None:
        return None
    verdict = Verdict(known.status, known.problem, known.moved)
    if not verdict.status:
        return "LK007", f"{url} cannot be reached: {verdict.problem}"
    if not verdict.alive:
        return ("LK006" if verdict.status < 500 else "LK007"), f"{url} answers {verdict.status}"
    return ("LK008", f"{url} has moved for good to {verdict.moved}") if verdict.moved else None


def _lines(source: Source, url: str) -> tuple[int, ...]:
    """Where the address stands in the file, however it is written there; the first line where it is not."""
    bare = url.partition("://")[2].rstrip("/")
    spellings: tuple[Callable[[str], str], ...] = (str, unescape)
    found = (
        number
        for number, line in enumerate(source.text.split("\n"), 1)
        if any(bare in spelt(line) for spelt in spellings)
    )
    return tuple(found)[:1] or (1,)
