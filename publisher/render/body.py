"""A cleaned article in -> its body: one sanitised HTML fragment, plain text, headings, links, findings.

Markdown -> tokens (`markdown`) -> raw HTML contained (`prepare`) -> sanitised (`sanitise`) -> links and
pictures made ours (`finish`). The tripwire watches that no text is lost.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from html import unescape

from publisher.model import Article, Finding, Heading, Reference
from publisher.render.characters import strip_illegal
from publisher.render.finish import finish
from publisher.render.markdown import Environment, parse, to_html
from publisher.render.prepare import Place, prepare
from publisher.render.sanitise import sanitise
from publisher.render.text import to_text, words
from publisher.render.tripwire import lost_words, same_text

MOST_CHARACTERS = 5_000_000
_ADDRESS = re.compile(r'\s(?:href|src)="([^"]*)"')
_MENDS = 10  # after as many attempts to mend unclosed HTML, all HTML of the article is shown as text


@dataclass(frozen=True, slots=True)
class Body:
    """`html` as model.Entry describes it before arranging; `words` are those of `text`."""

    html: str
    text: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
    words: int


@dataclass(frozen=True, slots=True)
class _Safe:
    """Sanitised HTML, the HTML it was made from, and what is known of the source's hidden parts."""

    html: str
    raw: str
    removed: tuple[tuple[str, int], ...]
    hidden: tuple[str, ...]


def render_body(article: Article, most_characters: int = MOST_CHARACTERS) -> Body:
    """Render `article`; deterministic, never looks outside its argument.

    Raises PublishError (path and line) for a text over `most_characters`, for lists and quotes nested
    deeper than 12 levels or HTML deeper than 60 tags, and if text would be lost all the same.
    """
    place = Place(article.path, article.lines)
    # A lone carriage return would be a line end for Markdown, and all later line numbers wrong.
    source = strip_illegal("\n".join(line.text for line in article.lines)).replace("\r", " ")
    if len(source) > most_characters:
        raise place.refuse(0, f"the text has more than {most_characters:,} characters", "split the article")
    try:
        safe = _with_html(source, place) or _safe_html(source, place, False)[0]
    except RecursionError as error:
        raise place.refuse(0, "the text is nested too deep", "is a bracket or tag never closed?") from error
    if safe is None:
        raise place.refuse(0, "text would be lost when its HTML is made safe", "take the HTML out of it")
    finished = finish(safe.html)
    text = to_text(finished.html)
    findings = (*finished.findings, *_removed(safe.removed), *_lost(source, text, safe, place))
    return Body(
        finished.html,
        text,
        finished.headings,
        tuple(finished.references),
        tuple(sorted(findings, key=lambda finding: (finding.lines, finding.code))),
        words(text),
    )


def _with_html(source: str, place: Place) -> _Safe | None:
    """Where HTML begins and never ends, its `<` becomes a character, so that Markdown goes on after it."""
    mended: list[tuple[str, int]] = []
    for _ in range(_MENDS):
        safe, torn = _safe_html(source, place, True)
        if not torn:
            return replace(safe, removed=(*safe.removed, *mended)) if safe else None
        lines = source.split("\n")
        for index, piece in torn:
            lines[index] = lines[index].replace(piece, f"&lt;{piece[1:]}", 1)
            mended.append(("a piece of HTML never ends; it is shown as text", place.number(index)))
        if (mending := "\n".join(lines)) == source:
            return None
        source = mending
    return None


def _safe_html(source: str, place: Place, raw: bool) -> tuple[_Safe | None, list[tuple[int, str]]]:
    """No HTML if the sanitiser does not settle or shows other text than Markdown did; what is torn."""
    tokens, environment = parse(source, _token(place.path), raw)
    contained = prepare(tokens, environment, place)
    if contained.torn:
        return None, contained.torn
    html = to_html(tokens, environment)
    safe = sanitise(html)
    if safe is None or not same_text(html, safe):
        return None, []
    removed = contained.removed if raw else [("HTML that would hide text is shown as text", 0)]
    hidden = (*contained.hidden, *(token.info for token in tokens), *_labels(environment, html, source))
    return _Safe(safe, html, tuple(removed), hidden), []


def _labels(environment: Environment, html: str, source: str) -> Iterable[str]:
    """Names of footnotes, and link definitions in use: they stand in the source and never show."""
    yield from environment.get("footnotes", {}).get("refs", ())
    lines = source.split("\n")
    used = set(map(unescape, _ADDRESS.findall(html)))
    for definition in environment.get("references", {}).values():
        if definition["href"] in used:
            yield from lines[slice(*definition["map"])]


def _removed(removed: Iterable[tuple[str, int]]) -> Iterable[Finding]:
    """One HT001 per kind of removal, with all its lines."""
    lines: dict[str, set[int]] = {}
    for message, line in removed:
        lines.setdefault(message, set()).update({line} - {0})
    return [Finding("HT001", tuple(sorted(each)), message) for message, each in lines.items()]


def _lost(source: str, text: str, safe: _Safe, place: Place) -> Iterable[Finding]:
    """HT002: Markdown itself drops some text, such as surplus cells of a table row."""
    by_line: dict[int, list[str]] = {}
    for word in lost_words(source, text, safe.raw, safe.hidden):
        line = place.number(source.count("\n", 0, source.find(word)))
        by_line.setdefault(line, []).append(word)
    for line, missing in by_line.items():
        yield Finding("HT002", (line,), f"does not show in the article: {' '.join(missing[:12])}")


def _token(path: str) -> str:
    """Makes ids of footnotes unique where several articles share a page."""
    return blake2b(path.encode("utf-8", "replace"), digest_size=4).hexdigest()
