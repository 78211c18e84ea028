"""An article and findings in -> the article with their edits made. Nothing else changes an article."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from publisher.model import Article, Edit, Finding, FrontMatter, Image, Line, Origin

FIELDS = ("title", "authors", "date", "updated", "source", "license", "summary", "credit")
NAMES = "; "  # between the names of several authors in `Edit.value`


def apply(article: Article, findings: Iterable[Finding]) -> Article:
    """Make every edit of `findings`, whose lines must not overlap.

    Blank lines that a removed line leaves doubled, first or last go with it. A move into a field that
    is not empty, and two edits of one line, are ValueErrors: the rules decide, not this function.
    """
    front, texts = article.front, dict[int, tuple[str, ...]]()
    for finding in findings:
        if finding.edit is None:
            continue
        for field, value in finding.edit.fields:
            front = _filled(front, field, value)
        new = replacements(finding)
        if texts.keys() & new.keys():
            raise ValueError(f"{finding.code}: line already changed: {sorted(texts.keys() & new.keys())}")
        texts |= new
    return Article(article.path, front, _rewritten(article.lines, texts)) if texts else article


def replacements(finding: Finding) -> dict[int, tuple[str, ...]]:
    """What each line of a finding becomes: no text (removed), its new text, or that and blank lines."""
    if finding.edit is None:
        return {}
    if not finding.edit.texts:
        return dict.fromkeys(finding.lines, ())
    if len(finding.edit.texts) == len(finding.lines):
        return {number: (text,) for number, text in zip(finding.lines, finding.edit.texts, strict=True)}
    groups: list[tuple[str, ...]] = []
    for text in finding.edit.texts:
        if text.strip() or not groups:
            groups.append((text,))
        else:
            groups[-1] = (*groups[-1], text)
    return dict(zip(finding.lines, groups, strict=True))


def without(finding: Finding, kept: frozenset[int]) -> Finding | None:
    """The finding without the lines that must stay, or None when nothing else is left of it."""
    if kept.isdisjoint(finding.lines):
        return finding
    lines = tuple(number for number in finding.lines if number not in kept)
    if not lines or finding.edit is None:
        return None
    if finding.edit.fields:
        return replace(finding, lines=lines)
    new = replacements(finding)
    texts = tuple(text for number in lines for text in new[number])
    return replace(finding, lines=lines, edit=Edit(texts))


def empty(front: FrontMatter, field: str) -> bool:
    """Whether a value can move into `field` (one of FIELDS).

    A credit needs a picture without one, a license a source without one.
    """
    if field == "license":
        return front.source is not None and not front.source.license
    if field == "credit":
        return front.image is not None and not front.image.credit
    return not getattr(front, field)


def _filled(front: FrontMatter, field: str, value: str) -> FrontMatter:
    if field not in FIELDS or not empty(front, field):
        raise ValueError(f"cannot move {value!r} to {field!r}")
    match field:
        case "title" | "summary":
            change: dict[str, object] = {field: value}
        case "authors":
            change = {"authors": tuple(value.split(NAMES))}
        case "source":
            change = {"source": Origin(value)}
        case "license":
            change = {"source": replace(front.source or Origin(""), license=value)}
        case "date" | "updated":
            change = {field: datetime.fromisoformat(value)}
        case _:
            change = {"image": replace(front.image or Image(""), credit=value)}
    return replace(front, **change)  # type: ignore[arg-type] # the field's name is only known here


def _rewritten(lines: tuple[Line, ...], texts: dict[int, tuple[str, ...]]) -> tuple[Line, ...]:
    out: list[Line] = []
    gap = False  # a line was removed since the last one that stayed
    number = 0
    for line in lines:
        added = (
            line.number == number
        )  # a blank line put behind a line has its number, but no part in its edits
        number = line.number
        new = None if added else texts.get(number)
        if new is None and not gap:
            out.append(line)
        elif new == ():
            gap = True
        elif line.blank and gap and (not out or out[-1].blank):
            continue
        elif added and texts.get(number) == ():
            out.append(
                Line(out[-1].number, line.text)
            )  # its line is gone: it parts the one before from the next
        else:
            out.extend([line] if new is None else [Line(line.number, text) for text in new])
            gap = gap and line.blank
    while gap and out and out[-1].blank:
        out.pop()
    start = next((at for at, line in enumerate(out) if not line.blank), len(out))
    return tuple(out[start:] if () in texts.values() else out)
