"""The parser does less than markdown-it would, and says the same."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from publisher.render import markdown
from publisher.render.autolink import autolink_plugin
from publisher.render.sanitise import sanitise

MARKS = (
    "a|w|ww|www.|www.example.org|http|://|https://x.example/a_b|mailto:a@b.example|@b.example|*|**|_|`|``|~~|[|]("
    "|](/u)|![|!|<|>|<b>|</b>|&|&amp;|\"|'|='|=\"|\n|\n\n| |  \n|\\|\\*|\\w|:|-|- |1. |> |# |%|$|{|}|^|=|+|@"
    "|é|“|\u00a0|word |[r]|[r]: /x\n|    |```\n|term\n: said\n|)|.|?|"
)
PIECES = MARKS.split("|")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


class Open(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name is markdown-it's
        return True


def plain() -> MarkdownIt:
    """As the parser is set, but by rules of markdown-it and its plugins alone."""
    made = Open("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    return made.use(footnote_plugin, inline=False).use(deflist_plugin).use(autolink_plugin)


PLAIN = plain()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("x w wow www.example.org. www. !a ![b](/c) 5% a-b")
def test_html_is_that_of_markdown_it(text: str) -> None:
    tokens, environment = markdown.parse(text, "", raw=True)
    made = markdown.parser()
    assert made.renderer.render(tokens, made.options, environment) == PLAIN.render(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_what_is_sanitised_does_not_depend_on_how_text_is_escaped(text: str) -> None:
    tokens, environment = markdown.parse(text, "", raw=False)
    made = markdown.parser()
    as_written = made.renderer.render(tokens, made.options, environment)
    assert sanitise(markdown.to_html(tokens, environment)) == sanitise(as_written)


def test_of_usual_text_the_sanitiser_changes_nothing() -> None:
    text = (
        'He said "no" & left\\\nat\u00a0noon: *a* [b](/c "d")\n\n---\n\n![e](f.png)\n\n| g |\n|---|\n| h |\n'
    )
    html = markdown.to_html(*markdown.parse(text, "", raw=True))
    assert sanitise(html) == html


@settings(max_examples=200, deadline=None)
@given(st.from_regex(markdown._NORMAL, fullmatch=True))
def test_normal_addresses_stay_as_they_are(address: str) -> None:
    assert PLAIN.normalizeLink(address) == address


def test_whoever_adds_a_rule_has_thought_of_the_characters_it_begins_with() -> None:
    rules = markdown.parser().get_active_rules()["inline"]
    plugins = ["footnote_ref", "gfm_autolink_www", "gfm_autolink_protocol", "gfm_autolink_email", "part_text"]
    own = ["text", "newline", "escape", "backticks", "strikethrough", "emphasis", "link", "image"]
    assert sorted(rules) == sorted([*plugins, *own, "autolink", "html_inline", "entity"])
