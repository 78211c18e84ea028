"""A file -> the fate of each of its lines, and what was found on them."""

from dataclasses import dataclass
from pathlib import Path

from publisher.clean.engine import clean
from publisher.clean.trace import Fate, fates
from publisher.content.article import parse
from publisher.errors import PublishError
from publisher.model import Finding, Source
from publisher.store.decoding import decode
from publisher.work.place import Place


@dataclass(frozen=True, slots=True)
class Traced:
    """What became of each line that is not blank, and all that was found."""

    fates: tuple[Fate, ...]
    findings: tuple[Finding, ...]

    @property
    def reported(self) -> tuple[Finding, ...]:
        """Findings that changed nothing."""
        return tuple(finding for finding in self.findings if not finding.applied)

    def of(self, number: int) -> tuple[Finding, ...]:
        """What was found on one line."""
        return tuple(finding for finding in self.findings if number in finding.lines)


def trace(place: Place, file: Path) -> Traced:
    """Trace an article of the publication, or any other file. Raises PublishError where it cannot be read."""
    source = _read(place, file)
    article = parse(source, place.publication)
    cleaned = clean(article, place.publication.clean, explained=True)
    return Traced(fates(article, cleaned), cleaned.findings)


def _read(place: Place, file: Path) -> Source:
    found = next((path for path in (place.root / file, file) if path.is_file()), None)
    if found is None:
        raise PublishError(str(file), "there is no such file")
    try:
        raw = found.read_bytes()
    except OSError as error:
        raise PublishError(str(file), f"cannot be read: {error.strerror}") from error
    content = place.content.resolve()
    inside = found.resolve().is_relative_to(content)
    path = found.resolve().relative_to(content).as_posix() if inside else found.name
    return Source(path, decode(str(file), raw))
