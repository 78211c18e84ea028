"""Sanitised HTML in -> the same with headings that fit below a page's own, each with an anchor."""

import re
from html import escape, unescape

from mdit_py_plugins.anchors.index import slugify

from publisher.model import Heading
from publisher.render.text import to_text

_HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')


def lower_headings(html: str) -> str:
    """The page has its own h1: if the text has one, all its headings go down one level (h6 stays)."""
    if "<h1" not in html:
        return html
    return re.sub(r"<(/?)h([1-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)


def name_headings(html: str, ids: set[str]) -> tuple[str, tuple[Heading, ...]]:
    """Give headings without id an anchor made from their text (as GitHub does), which `ids` then holds.

    Headings without text are not listed.
    """
    headings: list[Heading] = []
    counts: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        level, attributes, inner = match.groups()
        text = to_text(inner).replace("\n", " ")
        if found := _ID.search(attributes):
            anchor = unescape(found[1])
        else:
            anchor = _unique(slugify(text) or "section", ids, counts)
            attributes += f' id="{escape(anchor)}"'
        if text:
            headings.append(Heading(int(level), text, anchor))
        return f"<h{level}{attributes}>{inner}</h{level}>"

    return _HEADING.sub(name, html), tuple(headings)


def _unique(slug: str, ids: set[str], counts: dict[str, int]) -> str:
    """`slug`, `slug-1`, `slug-2`; `counts` keeps many headings of one text from taking quadratic time."""
    anchor = slug
    while anchor in ids:
        counts[slug] = counts.get(slug, 0) + 1
        anchor = f"{slug}-{counts[slug]}"
    ids.add(anchor)
    return anchor
