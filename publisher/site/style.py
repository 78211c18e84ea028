"""The style sheets of the theme and the accent colour in -> the one style sheet of the site out."""

import re
from hashlib import sha256

from jinja2 import Environment

from publisher.model import Output
from publisher.settings import Publication
from publisher.site.colour import accents

# A string is kept; a comment goes; so does space that separates nothing (CSS Syntax Level 3, section 4).
_SPARE = re.compile(
    r"""("[^"]*"|'[^']*')|/\*.*?\*/|[\s;]*(\})\s*|\s*([{;,>])\s*|(:)\s+|(\s)\s*|(?<![\w.)])0(?=\.\d)""",
    re.DOTALL,
)


def style(made: Environment, publication: Publication) -> Output:
    """The accents, `style.css` and `custom.css`, squeezed; no Jinja runs in them.

    The name carries a digest of the content, so that browsers may keep it for ever. Raises PublishError
    when `accent` is no colour.
    """
    texts = (accents(publication.accent), _text(made, "style.css"), _text(made, "custom.css"))
    content = squeeze("".join(texts)).encode()
    return Output(f"style.{sha256(content).hexdigest()[:10]}.css", content)


def squeeze(css: str) -> str:
    """CSS without comments and spare white space."""
    return _SPARE.sub(_kept, css).strip()


def _kept(found: re.Match[str]) -> str:
    string, end, sign, colon, space = found.groups()
    return string or end or sign or colon or (" " if space else "")


def _text(made: Environment, name: str) -> str:
    return made.loader.get_source(made, name)[0] if made.loader else ""
