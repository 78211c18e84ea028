"""An article before and after cleaning in -> what became of each of its lines."""

from dataclasses import dataclass
from typing import Literal

from publisher.clean.edits import replacements
from publisher.model import Article, CleanArticle


@dataclass(frozen=True, slots=True)
class Fate:
    """One line's fate. `codes` are the rules that acted on it, in order.

    `text` is what it became (`changed`), the value that moved (`moved`, to `field`), else the line.
    """

    number: int
    kind: Literal["kept", "changed", "removed", "moved"]
    before: str
    text: str
    codes: tuple[str, ...] = ()
    field: str = ""

    def __str__(self) -> str:
        by = " and ".join(self.codes)
        match self.kind:
            case "changed":
                return f"changed by {by} to {self.text!r}"
            case "removed":
                return f"removed by {by}"
            case "moved":
                return f"moved to {self.field} by {by}"
            case _:
                return "kept"


def fates(article: Article, cleaned: CleanArticle) -> tuple[Fate, ...]:
    """The fate of each line of `article` that is not blank, in its order."""
    left = {line.number: line.text for line in reversed(cleaned.article.lines)}
    changed: dict[int, list[str]] = {}
    gone: dict[int, Fate] = {}
    for finding in cleaned.findings:
        if not finding.applied or finding.edit is None:
            continue
        for number, texts in replacements(finding).items():
            if texts:
                changed.setdefault(number, []).append(finding.code)
            elif moves := finding.edit.fields:
                field, value = (" and ".join(each) for each in zip(*moves, strict=True))
                gone[number] = Fate(number, "moved", "", value, (finding.code,), field)
            else:
                gone[number] = Fate(number, "removed", "", "", (finding.code,))
    return tuple(
        _fate(
            line.number, line.text, left.get(line.number), gone.get(line.number), changed.get(line.number, [])
        )
        for line in article.lines
        if not line.blank
    )


def _fate(number: int, before: str, now: str | None, gone: Fate | None, changed: list[str]) -> Fate:
    if gone is not None:
        codes = (*changed, *gone.codes)
        return Fate(number, gone.kind, before, gone.text or before, codes, gone.field)
    if changed:
        return Fate(number, "changed", before, now or "", tuple(changed))
    return Fate(number, "kept", before, before)
