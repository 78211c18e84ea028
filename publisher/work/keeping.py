"""A file of the publication and the number of one of its lines -> the file says that the line is kept."""

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path

from publisher.clean.engine import clean
from publisher.content.article import parse
from publisher.content.fields import clean_text
from publisher.content.keep import with_kept
from publisher.errors import PublishError
from publisher.model import Article, CleanArticle, Source
from publisher.store import journal
from publisher.store.decoding import decode
from publisher.store.failures import naming
from publisher.store.lock import hold
from publisher.work.place import Place, with_content


@dataclass(frozen=True, slots=True)
class Keeping:
    """What was done: the file, the line and its text, and the numbers of other lines kept with it.

    Numbers are those before the file was written. Not `written`: nothing would touch the line.
    """

    path: str
    number: int
    text: str
    also: tuple[int, ...]
    written: bool


def keep(place: Place, file: Path, number: int, says: str = "") -> Keeping:
    """Write the text of line `number` into the article's `publish: keep`; the original is journalled first.

    With `says`, it is the line nearest to `number` that begins so: numbers change when front matter grows.
    Raises PublishError for a line that is not there, is blank or belongs to the front matter, and where
    its text cannot be kept by what front matter can say.
    """
    with_content(place)
    path = _below_content(place, file)
    shown = place.shown(path)
    with hold(place.state / "lock"):
        with naming(shown, "read it"):
            raw = (place.root / shown).read_bytes()
        source = Source(path, decode(shown, raw))
        article = parse(source, place.publication)
        number = _number(article, number, says, shown)
        entry = _entry(article, number, shown)
        before = clean(article, place.publication.clean)
        touched = {line for finding in before.findings for line in finding.lines}
        if number not in touched:
            return Keeping(shown, number, entry, (), written=False)
        text = with_kept(shown, _lines_of(raw), entry)
        also = _checked(place, article, Source(path, decode(shown, text.encode())), (number, entry))
        mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
        journal.fix(place.root, shown, raw, mark + text.encode(), f"keep line {number}")
    return Keeping(shown, number, entry, tuple(n for n in also if n in touched), written=True)


def _below_content(place: Place, file: Path) -> str:
    content = place.content.resolve()
    found = next((p.resolve() for p in (place.root / file, file, content / file) if p.is_file()), None)
    if found is None:
        raise PublishError(str(file), "there is no such file")
    if not found.is_relative_to(content):
        raise PublishError(str(file), f"it is not in {place.publication.content}/")
    return found.relative_to(content).as_posix()


def _lines_of(raw: bytes) -> str:
    """The text as it stands, or with `\\n` where a line ends as on no system of today."""
    text = raw.removeprefix(codecs.BOM_UTF8).decode()
    return re.sub(r"\r\n?", "\n", text) if re.search(r"\r(?!\n)", text) else text


def _number(article: Article, number: int, says: str, shown: str) -> int:
    if not (wanted := _folded(says)):
        return number
    alike = [line.number for line in article.lines if _folded(line.text).startswith(wanted)]
    if not alike:
        raise PublishError(f"{shown}:{number}", f"no line begins with {says!r}", "publish trace shows them")
    return min(alike, key=lambda found: abs(found - number))


def _entry(article: Article, number: int, shown: str) -> str:
    """The line as an entry of `keep`: one line, without what front matter cannot hold."""
    line = next((line for line in article.lines if line.number == number), None)
    if line is None:
        last = article.lines[-1].number if article.lines else 0
        what = "is front matter" if 0 < number < last else f"is not there; the last is {last}"
        raise PublishError(f"{shown}:{number}", f"line {number} {what}")
    if not (entry := clean_text(line.text)):
        raise PublishError(f"{shown}:{number}", f"line {number} is blank", "publish trace shows all lines")
    return entry


def _checked(place: Place, before: Article, source: Source, line: tuple[int, str]) -> tuple[int, ...]:
    """The other lines that the new entry keeps. Raises PublishError if it does not keep the one it should.

    A code would keep a whole rule: a line that reads like one cannot be kept by its text.
    """
    number, entry = line
    refusal = PublishError(
        f"{place.shown(source.path)}:{number}",
        "the line's text cannot be kept by front matter",
        "keep a code instead: publish explain",
    )
    try:
        article = parse(source, place.publication)
        cleaned = clean(article, place.publication.clean)
    except PublishError as error:
        raise refusal from error
    shift = article.lines[-1].number - before.lines[-1].number
    same = replace(article.front, keep=before.front.keep, lines=before.front.lines) == before.front
    if not same or {*article.front.keep} != {*before.front.keep, entry}:
        raise refusal
    if number + shift not in _standing(article, cleaned):
        raise refusal
    wanted = _folded(entry)
    return tuple(
        line.number for line in before.lines if line.number != number and wanted in _folded(line.text)
    )


def _standing(article: Article, cleaned: CleanArticle) -> frozenset[int]:
    """The numbers of the lines that read the same before and after."""
    left = {line.number: line.text for line in cleaned.article.lines}
    return frozenset(line.number for line in article.lines if left.get(line.number) == line.text)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.casefold()).strip()
