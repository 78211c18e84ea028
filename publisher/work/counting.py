"""A place -> how many lines cleaning took or mended, by source and by family."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.content.origin import source_of
from publisher.model import Entry
from publisher.work.checking import below
from publisher.work.compiling import compile_all
from publisher.work.place import Place, with_content


@dataclass(frozen=True, slots=True)
class Tally:
    """One source: its articles, those that were touched, and lines by code.

    `gone` lines left the text (stripped, or moved to front matter); `mended` ones read differently;
    `reported` are findings that changed nothing.
    """

    source: str
    articles: int
    touched: int
    gone: Mapping[str, int]
    mended: Mapping[str, int]
    reported: Mapping[str, int]

    @property
    def lines(self) -> int:
        return sum(self.gone.values())


def count(place: Place, paths: Iterable[Path] = ()) -> tuple[Tally, ...]:
    """A tally for each source, the one that lost most lines first; of all articles or those below `paths`.

    Free pages and those of authors have no source, and are no articles.
    """
    with_content(place)
    wanted = below(place, tuple(paths))
    groups: dict[str, list[Entry]] = {}
    for entry in compile_all(place).entries:
        card = entry.card
        if card.kind == "article" and wanted(card.path):
            groups.setdefault(source_of(card.source, card.canonical_url, card.path), []).append(entry)
    tallies = (_tally(source, entries) for source, entries in groups.items())
    return tuple(sorted(tallies, key=lambda tally: (-tally.lines, tally.source)))


def _tally(source: str, entries: list[Entry]) -> Tally:
    gone, mended, reported = Counter[str](), Counter[str](), Counter[str]()
    touched = 0
    for entry in entries:
        for finding in entry.findings:
            if not finding.applied:
                reported[finding.code] += 1
            elif finding.edit and finding.edit.texts:
                mended[finding.code] += len(finding.lines)
            else:
                gone[finding.code] += len(finding.lines)
        touched += any(finding.applied for finding in entry.findings)
    return Tally(source, len(entries), touched, dict(gone), dict(mended), dict(reported))


def families(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by code -> counts by family, the largest first."""
    summed = Counter[str]()
    for code, number in counts.items():
        summed[code[:2]] += number
    return dict(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))
