"""A Markdown parser in -> the same, with bare addresses as links (GFM 0.29, section 6.9), in linear time.

The plugin copies and searches the rest of the paragraph, and all text before, at every colon, `@` and
`www.`: a line of 100 KB took minutes. Its rules see no more than a stretch of the text here.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

_Rule = Callable[[StateInline, bool], bool]
_MOST = 4096  # characters of an address; a longer one stays text
_SPACE = re.compile(r"\s")


def autolink_plugin(made: MarkdownIt) -> None:
    """The plugin's three rules, each behind a look at what stands before and after."""
    gfm_autolink_plugin(made)
    rules = {rule.name: rule.fn for rule in made.inline.ruler.__rules__}
    made.inline.ruler.before("text", "part_text", _part_text)
    for name, begins in _BEGINS.items():
        made.inline.ruler.at(name, _near(rules[name], begins))


def _www(state: StateInline) -> bool:
    return state.src.startswith("www.", state.pos)


def _scheme(state: StateInline) -> bool:
    return state.src[state.pos] == ":" and state.pending.endswith(("http", "https", "mailto", "xmpp"))


def _mailbox(state: StateInline) -> bool:
    return state.src[state.pos] == "@"


_BEGINS = {"gfm_autolink_www": _www, "gfm_autolink_protocol": _scheme, "gfm_autolink_email": _mailbox}


def _near(rule: _Rule, begins: Callable[[StateInline], bool]) -> _Rule:
    """The rule, where an address may begin, given the text up to the next space: none goes on after one."""

    def look(state: StateInline, silent: bool) -> bool:
        if silent or state.linkLevel > 0 or not begins(state):
            return False  # as the rules themselves say
        end = state.posMax
        most = min(end, state.pos + _MOST)
        space = _SPACE.search(state.src, state.pos, most)
        if not space and most < end:
            return False
        state.posMax = space.end() if space else end
        try:
            return rule(state, silent)
        finally:
            state.posMax = end

    return look


def _part_text(state: StateInline, silent: bool) -> bool:
    """Long text that waits becomes a token: growing and searching it takes time by its length.

    What may begin an address waits on. Neighbouring tokens of text are joined again at the end.
    """
    if not silent and len(state.pending) > 2 * _MOST:
        text = state.pending
        state.pending = text[:-_MOST]
        state.pushPending()
        state.pending = text[-_MOST:]
    return False
