"""An article and the lines the rules took in -> its lines that are not blank, each with its look."""

from publisher.clean.scorer.forms import protected
from publisher.clean.scorer.looks import Look, blind_look, look
from publisher.clean.scorer.row import Row
from publisher.clean.structure import PROTECTED, Kind, kinds
from publisher.model import Article

PARAGRAPH = 80  # words; no rule of likelihood takes a longer line that ends as a sentence does


def rows(article: Article, removed: frozenset[int], unknown: frozenset[int] = frozenset()) -> list[Row]:
    """The lines that are not blank. Of those in `unknown` the phrase lists tell nothing."""
    found = unprotected(article, removed, unknown)
    for at in protected(article, found):
        found[at] = found[at]._replace(held=True)
    return found


def unprotected(
    article: Article, removed: frozenset[int], unknown: frozenset[int] = frozenset()
) -> list[Row]:
    """The same, without asking whether a form protects a line, for which all has to be told of each."""
    return [
        _row(line.number, blind_look(line.text) if line.number in unknown else look(line.text), kind, removed)
        for line, kind in zip(article.lines, kinds(article.lines), strict=True)
        if kind != "blank"
    ]


def _row(number: int, seen: Look, kind: Kind, removed: frozenset[int]) -> Row:
    gone = number in removed
    paragraph = seen.size >= PARAGRAPH and seen.ended
    held = kind in PROTECTED or paragraph
    story = not gone and (held or seen.size >= 30 or (seen.size >= 12 and seen.ended))
    return Row(number, seen, kind, gone, held, story)
