"""A line known for this source.

Why: What stands in many articles of one source, in the same words, belongs to its pages and not to the
stories. `publish learn` counts such lines; sources/NAME.toml lists them, and may be edited.

Fix: The line is dropped if the list is sure enough of it; one that the list says to keep stays whatever
other rules say. In lists, tables, quotes and code nothing is touched, and never the title.

Example: "The Example Courier is free to read because of you"
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import itemgetter

from publisher.clean.report import drop, quote
from publisher.clean.rule import Rule, define
from publisher.clean.structure import PROTECTED, kinds
from publisher.clean.text import label
from publisher.content.origin import names
from publisher.content.slugs import slugify
from publisher.model import Article, Finding, Line
from publisher.settings import KnownSource

CODE = "CL021"
Block = tuple[frozenset[str], float]


def known_of(article: Article, sources: tuple[KnownSource, ...]) -> tuple[KnownSource, ...]:
    """What is known of the article's source, under any of its names, as its author wrote it."""
    if not sources:
        return ()
    front = article.front
    own = {slugify(name) for name in names(front.source, front.canonical_url, article.path)}
    return tuple(source for source in sources if not own.isdisjoint(source.names))


def strict(sources: tuple[KnownSource, ...], otherwise: bool) -> bool:
    """Whether an article of these sources is cleaned strictly; where they disagree it is not."""
    told = [source.strict for source in sources if source.strict is not None]
    return all(told) if told else otherwise


def kept(article: Article, sources: tuple[KnownSource, ...]) -> frozenset[int]:
    """The numbers of the lines that a list says to keep."""
    labels = {line.label for source in sources for line in source.lines if line.keep}
    return frozenset(line.number for line in article.lines if labels and label(line.text) in labels)


def knowing(sources: tuple[KnownSource, ...]) -> Rule:
    """The rule for an article of these sources."""
    lines: dict[str, float] = {}
    for line in (line for source in sources for line in source.lines if not line.keep):
        lines[line.label] = max(line.confidence, lines.get(line.label, 0.0))
    blocks = tuple(
        (frozenset(block.labels), block.confidence) for source in sources for block in source.blocks
    )
    return replace(RULE, check=partial(_check, lines, blocks))


def _check(lines: Mapping[str, float], blocks: tuple[Block, ...], article: Article) -> Iterator[Finding]:
    title = label(article.front.title)
    free = [
        (line, label(line.text))
        for line, kind in zip(article.lines, kinds(article.lines), strict=True)
        if kind != "blank" and (kind not in PROTECTED or kind == "html")
    ]
    in_blocks = _in_blocks(free, blocks)
    for line, named in free:
        confidence = max(lines.get(named, 0.0), in_blocks.get(line.number, 0.0))
        if confidence and (not title or named != title):
            yield drop(CODE, line, f"known for this source: {quote(line.text)}", confidence)


def _in_blocks(free: list[tuple[Line, str]], blocks: tuple[Block, ...]) -> dict[int, float]:
    """Line number -> confidence for runs of two lines or more of one block."""
    found: dict[int, float] = {}
    for labels, confidence in blocks:
        marked = ((named in labels, line.number) for line, named in free)
        for ours, run in groupby(marked, itemgetter(0)):
            numbers = [number for _, number in run]
            for number in numbers if ours and len(numbers) > 1 else ():
                found[number] = max(found.get(number, 0.0), confidence)
    return found


RULE = define(CODE, "known-line", __doc__, partial(_check, {}, ()))
