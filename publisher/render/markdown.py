"""Markdown text in -> markdown-it tokens, and tokens -> raw (not yet safe) HTML. The one parser.

CommonMark with GFM tables, strikethrough, task lists and autolinks, footnotes and definition lists.
No typographer and no smart quotes: rendering adds no words and changes none.
"""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publisher.render.autolink import autolink_plugin
from publisher.render.highlight import highlight

Environment = MutableMapping[str, Any]
# Before any other character no inline rule begins, nor a label ends: what lies between is text at once.
_TELLING = re.compile(r"[\n&*:<@\[\\\]_`~]|!(?=\[)|w(?=ww\.)")
# Addresses that normalising leaves as they are: most.
_NORMAL = re.compile(r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,3}(?:/[A-Za-z0-9/._-]*)?")


class _NewsMarkdown(MarkdownIt):
    """Links of every scheme are parsed, so that the sanitiser can drop them, keep their text and say so.

    markdown-it itself would leave `[text](javascript:…)` standing in the article.
    """

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the same
        return url if _NORMAL.fullmatch(url) else super().normalizeLink(url)


class _Renderer(RendererHTML):
    """Without `xhtmlOut` it writes as the sanitiser does, which then has nothing to change in most texts."""

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        if options["xhtmlOut"]:
            return super().text(tokens, idx, options, env)
        # What looks like an attribute stays told apart from one.
        return escape(tokens[idx].content, quote=False).replace('="', "=&quot;").replace("\xa0", "&nbsp;")


@cache
def parser(raw: bool = True) -> MarkdownIt:
    """Made once; without `raw`, HTML of the author is text.

    `maxNesting`: the preset's 20 loses text silently; what is nested deeper than 12 blocks we refuse.
    """
    options = {"html": raw, "maxNesting": 100, "typographer": False, "tasklists": True}
    made = _NewsMarkdown("commonmark", options, renderer_cls=_Renderer)
    made.options["highlight"] = highlight
    made.enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False).use(deflist_plugin).use(autolink_plugin)
    made.inline.terminator_re = _TELLING
    made.core.ruler.at("inline", _inline)
    made.core.ruler.disable("normalize")  # `render_body` has seen to line ends and NUL
    made.core.ruler.before("footnote_tail", "keep_notes", _keep_notes)
    made.add_render_rule("list_item_open", _open_item)
    return made


@cache
def _options() -> OptionsDict:
    options: Any = {**parser().options, "xhtmlOut": False}
    return OptionsDict(options)


def parse(text: str, token: str, raw: bool) -> tuple[list[Token], Environment]:
    """The tokens of `text`, and markdown-it's environment. `token` goes into the ids of footnotes."""
    environment: Environment = {"docId": token}
    return parser(raw).parse(text, environment), environment


def to_html(tokens: Sequence[Token], environment: Environment) -> str:
    """Raw HTML: what the author wrote as HTML is in it as it stands."""
    return str(parser().renderer.render(tokens, _options(), environment))


def inline_html(token: Token, environment: Environment) -> str:
    """Raw HTML of one `inline` token."""
    made = parser()
    return str(made.renderer.render([token], made.options, environment))


def _inline(state: StateCore) -> None:
    """As markdown-it's rule of the name; a paragraph in which nothing can begin is one text."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if _TELLING.search(token.content) or not token.content:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children.append(Token("text", "", 0, content=token.content))


def _keep_notes(state: StateCore) -> None:
    """The plugin drops footnotes nobody refers to, and all but the last of one name: text would be lost."""
    notes = state.env.get("footnotes")
    if not notes:
        return
    labels: dict[str, None] = {}
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            if (label := str(token.meta["label"])) in labels:
                label = token.meta["label"] = f"{label} {len(labels)}"
            labels[label] = None
    listed = notes.setdefault("list", {})
    for label in labels:
        if notes["refs"].get(f":{label}", -1) < 0:
            notes["refs"][f":{label}"] = len(listed)
            listed[len(listed)] = {"label": label, "count": 0}


def _open_item(
    renderer: Any, tokens: Sequence[Token], index: int, options: Any, environment: Environment
) -> str:
    """A task's box as a character: an `<input>` is legal in a page, but neither in feeds nor in mails."""
    opened = str(renderer.renderToken(tokens, index, options, environment))
    meta = tokens[index].meta
    return opened + ("☑ " if meta["checked"] else "☐ ") if "checked" in meta else opened
