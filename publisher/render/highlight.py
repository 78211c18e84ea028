"""Code and the name of its language in -> HTML whose tokens carry Pygments' short class names."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

# Some lexers backtrack badly; a listing longer than this is no reading matter and stays plain.
_LONGEST = 20_000


def highlight(code: str, language: str, _attributes: str) -> str:
    """`<pre class="highlight">`, or nothing for an unknown language: markdown-it then escapes by itself."""
    lexer = _lexer(language.lower()) if language and len(code) <= _LONGEST else None
    if lexer is None:
        return ""
    import pygments  # noqa: PLC0415 - 40 ms that only articles with code should pay
    from pygments.formatters.html import HtmlFormatter  # noqa: PLC0415 - the same

    marked = pygments.highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<pre class="highlight"><code>{marked}</code></pre>'


@cache
def _lexer(alias: str) -> "Lexer | None":
    """Only lexers that come with Pygments: what else is installed must not change the output."""
    from pygments.lexers import find_lexer_class, get_all_lexers  # noqa: PLC0415 - needed rarely

    for name, aliases, _, _ in get_all_lexers(plugins=False):
        if alias in aliases:
            found = find_lexer_class(name)
            # By default Pygments trims the code; the text has to stay as it was written.
            return found(stripnl=False, ensurenl=False) if found else None
    return None
