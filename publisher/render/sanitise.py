"""Raw HTML in -> sanitised HTML, a fixed point of the sanitiser. The one place that decides what is safe.

nh3 (ammonia, html5ever) parses as browsers do and writes anew what the allow-list names.
"""

import re
from functools import cache

import nh3

from publisher.render.characters import strip_illegal
from publisher.render.tags import ALLOWED, ATTRIBUTES, SCHEMES, SILENT, STYLES

# nh3 is not idempotent on rare inputs; all known settle at the second pass.
_PASSES = 3
# A line end right after <pre> is not shown, and each pass would take another one.
_FIRST_LINES = re.compile(r"(<pre[^>]*>)\n+")


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=ALLOWED,
        clean_content_tags=SILENT,
        attributes=ATTRIBUTES,
        filter_style_properties=STYLES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def sanitise(html: str) -> str | None:
    """Sanitised HTML that another pass would not change, or None if it does not settle."""
    for _ in range(_PASSES):
        before, html = html, _clean(html)
        if html == before:
            return html
    return html if _clean(html) == html else None


def _clean(html: str) -> str:
    return _FIRST_LINES.sub(r"\1", strip_illegal(_cleaner().clean(html)))
