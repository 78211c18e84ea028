import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mjml import mjml2html

from publisher.errors import PublishError
from publisher.model import Template
from publisher.newsletter.grammar import complaint, grammar
from publisher.newsletter.issue import compose
from publisher.newsletter.mjml import to_html
from publisher.newsletter.validate import faults
from publisher.newsletter.view import letter
from publisher.templating import environment, fill
from tests.newsletter.samples import NOON, POST, card, theme


def mail(body: str, head: str = "<mj-title>T</mj-title>") -> str:
    return f'<mjml lang="en"><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>'


def column(inside: str) -> str:
    return mail(f"<mj-section><mj-column>{inside}</mj-column></mj-section>")


def messages(source: str) -> list[str]:
    return [fault.message for fault in faults(source)]


BAD = {
    "script": (column("<mj-raw><script>a</script></mj-raw>"), "<script> does nothing in a mail"),
    "form": (column("<mj-text><form></form></mj-text>"), "<form> does nothing in a mail"),
    "handler": (column('<mj-text><p onclick="a">b</p></mj-text>'), "onclick of <p> does nothing in a mail"),
    "script address": (column('<mj-text><a href="javascript:a">b</a></mj-text>'), "href of <a> does nothing"),
    "data": (column('<mj-text><img alt="" src="data:image/png,a" /></mj-text>'), "src of <img> does nothing"),
    "unknown tag": (column("<mj-txt>a</mj-txt>"), "there is no <mj-txt>"),
    "unknown root": ("<html></html>", "there is no <html>"),
    "include": (mail('<mj-include path="a.mjml" />'), "<mj-include> cannot be used"),
    "html attributes": (mail("", "<mj-html-attributes />"), "<mj-html-attributes> cannot be used"),
    "text outside of a section": (mail("<mj-text>a</mj-text>"), "<mj-text> may not stand in <mj-body>"),
    "section in a column": (column("<mj-section />"), "<mj-section> may not stand in <mj-column>"),
    "column in the body": (mail("<mj-column />"), "<mj-column> may not stand in <mj-body>"),
    "component in a text": (column("<mj-text><mj-image src='a' alt='' /></mj-text>"), "may not stand in"),
    "title in the body": (mail("<mj-title>x</mj-title>"), "<mj-title> may not stand in <mj-body>"),
    "html in a section": (
        mail("<mj-section><div></div></mj-section>"),
        "<div> may not stand in <mj-section>",
    ),
    "html in a title": (mail("", "<mj-title><b>x</b></mj-title>"), "<b> may not stand in <mj-title>"),
    "bare text": (mail("<mj-section>hello</mj-section>"), "text may not stand in <mj-section>: 'hello'"),
    "text after the end": (mail("") + "x", "text may not stand outside of <mjml>"),
    "unknown attribute": (column('<mj-text colour="red">a</mj-text>'), "no attribute 'colour'"),
    "attribute of another": (mail('<mj-section href="x" />'), "<mj-section> has no attribute 'href'"),
    "attribute twice": (column('<mj-text color="red" color="red">a</mj-text>'), "says color twice"),
    "unquoted attribute": (
        column("<mj-text color=red>a</mj-text>"),
        "no tag begins with '<mj-text color=red>",
    ),
    "no value": (column("<mj-text color>a</mj-text>"), "color of <mj-text> has no value"),
    "bad colour": (column('<mj-text color="rde">a</mj-text>'), "color='rde' of <mj-text> is wrong"),
    "no unit": (column('<mj-text font-size="15">a</mj-text>'), "font-size='15'"),
    "wrong unit": (column('<mj-text padding="1em">a</mj-text>'), "padding='1em'"),
    "five paddings": (column('<mj-text padding="1px 1px 1px 1px 1px">a</mj-text>'), "padding="),
    "bad choice": (column('<mj-text align="middle">a</mj-text>'), "align='middle'"),
    "unclosed": (mail("<mj-section>"), "<mj-section> is not closed"),
    "unclosed html": (column("<mj-text><p>a</mj-text>"), "<p> is not closed"),
    "mismatched": (column("<mj-text><b>a</i></mj-text>"), "</i> closes nothing"),
    "never opened": (mail("</mj-section>"), "</mj-section> closes nothing"),
    "end of a void element": (column("<mj-text>a</br></mj-text>"), "</br> closes nothing"),
    "conditional left open": (
        column("<mj-text><!--[if mso]><u><![endif]-->a</mj-text>"),
        "<u> is not closed",
    ),
    "raw div left open": (mail("<mj-raw><div></mj-raw>"), "<div> is not closed"),
    "no body": ("<mjml><mj-head></mj-head></mjml>", "no <mj-body>"),
    "two bodies": ("<mjml><mj-body></mj-body><mj-body></mj-body></mjml>", "a second <mj-body>"),
    "no root": ("", "no <mjml>"),
    "bare less-than": (column("<mj-text>a < 3</mj-text>"), "no tag begins with '< 3"),
    "no alt": (column('<mj-image src="a" />'), "<mj-image> needs alt"),
    "no alt in html": (column("<mj-text><img src='a'></mj-text>"), "<img> without alt"),
    "undefined class": (column('<mj-text mj-class="x">a</mj-text>'), "there is no mj-class 'x'"),
    "bad default": (mail("", '<mj-attributes><mj-text size="1px" /></mj-attributes>'), "no attribute 'size'"),
    "bad default for all": (
        mail("", '<mj-attributes><mj-all font-size="1" /></mj-attributes>'),
        "font-size=",
    ),
    "inline style": (mail("", '<mj-style inline="inline">a{}</mj-style>'), "no attribute 'inline'"),
    "bare greater-than": (column("<mj-text>é > x</mj-text>"), "a bare > beside"),
    "end of CDATA": (column("<mj-text>a ]]> x</mj-text>"), "a bare > beside"),
    "doctype": ("<!doctype html>" + mail(""), "no tag begins with '<!doctype html>"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_mjml_is_found(name: str) -> None:
    source, message = BAD[name]
    assert message in "\n".join(messages(source))


def test_one_mistake_is_one_fault_at_its_place() -> None:
    for source, wrong in (
        (column('<mj-text colour="red">a</mj-text>'), "colour"),
        (column("<mj-txt>some text</mj-txt>"), "<mj-txt>"),
        (column("<mj-foo><mj-text>a</mj-text></mj-foo>"), "<mj-foo>"),
        (column("<mj-text><p>a</mj-text>"), "<p>"),
    ):
        (fault,) = faults(source)
        assert source[fault.offset :].startswith(wrong)


def test_hints_name_the_nearest() -> None:
    assert faults(column("<mj-txt>a</mj-txt>"))[0].hint == "did you mean <mj-text>?"
    assert faults(column('<mj-text colour="red">a</mj-text>'))[0].hint == "did you mean color?"


GOOD = (
    column(
        '<mj-text font-size="15px" line-height="1.4" padding="0 28px"><p>a &lt; b<br>c &nbsp;</p></mj-text>'
    ),
    column("<mj-text><!--[if mso]><b>x</b><![endif]--><p class='x' hidden>a</p></mj-text>"),
    column("<mj-text><!--[if !mso]><!--><u>a</u><!--<![endif]--></mj-text>"),
    mail("<mj-raw><!-- <mj-foo> --><div>x</div></mj-raw><mj-wrapper><mj-section /></mj-wrapper>"),
    mail(
        '<mj-section><mj-column><mj-text mj-class="x" css-class="y">a</mj-text></mj-column></mj-section>',
        '<mj-attributes><mj-all color="red" /><mj-class name="x" padding="1px" /></mj-attributes>'
        "<mj-style>a > b { color: red }</mj-style>",
    ),
    column('<mj-image src="https://example.org/a?b&amp;c" alt="" width="112px" height="auto" />'),
    column('<mj-button href="https://example.org/" letter-spacing="-1px">go</mj-button>'),
)


@pytest.mark.parametrize("source", GOOD)
def test_good_mjml_passes_and_the_library_takes_it(source: str) -> None:
    assert messages(source) == []
    assert "<mj-" not in mjml2html(source).replace("<mj-foo>", "")


ISSUE = compose((card(0), card(1)), NOON.date(), POST)
WHOLE = fill(theme(), "newsletter/digest.mjml", {"letter": letter(ISSUE, POST)}) if ISSUE else ""


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(WHOLE)), st.integers(0, 12), st.sampled_from(["", "<", ">", '"', "/", "<p>", "</p>"])
)
def test_a_broken_mail_is_named_or_wholly_converted(start: int, cut: int, put: str) -> None:
    broken = WHOLE[:start] + put + WHOLE[start + cut :]
    assert all(0 <= fault.offset <= len(broken) for fault in faults(broken))
    try:
        html = to_html(environment({"m": Template("m", broken, "templates/m")}), "m", {})
    except PublishError as error:
        assert "templates/m:" in str(error)
    else:
        assert "<mj-" not in html


def test_every_parent_in_the_table_is_a_component() -> None:
    known = grammar().components
    assert len(known) >= 25
    assert {parent for each in known.values() for parent in each.inside} <= known.keys()


def test_every_type_in_the_table_can_be_checked() -> None:
    kinds = {kind for each in grammar().components.values() for kind in each.attributes.values()}
    assert all(isinstance(complaint(kind, "0"), str) for kind in kinds)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("unit(px,%){1,4}", ["0", "1px", "1.5px 2%", "0 0 0 0"], ["", "1", "px", "-1px", "1px,2px"]),
        ("unit(px,%,)", ["1.4", "20px"], ["1em", "a"]),
        ("unit(px,auto)", ["auto", "3px"], ["3%"]),
        ("unitWithNegative(px,em)", ["-0.5px", "1em"], ["-0.5"]),
        ("color", ["#fff", "#FFFDF9", "red", "transparent", "rgba(0,0,0,0.5)"], ["#ff", "rde", "rgb(1,2)"]),
        ("boolean", ["true", "false"], ["yes"]),
        ("integer", ["0", "12"], ["1.5", "-1"]),
        ("enum(ltr,rtl)", ["rtl"], ["left"]),
        ("string", ["", "anything"], []),
    ],
)
def test_types_of_values(kind: str, right: list[str], wrong: list[str]) -> None:
    assert [value for value in right if complaint(kind, value)] == []
    assert [value for value in wrong if not complaint(kind, value)] == []
