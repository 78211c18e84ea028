from dataclasses import replace

from publisher.model import Template
from publisher.site.style import squeeze, style
from publisher.templating import environment
from tests.site.samples import PUBLICATION, templates, theme


def test_the_style_sheet_is_small_self_contained_and_named_by_its_content() -> None:
    sheet = style(templates(), PUBLICATION)
    other = style(templates(), replace(PUBLICATION, accent="#046"))
    assert len(sheet.content) < 14_000
    assert b"url(" not in sheet.content
    assert b"@import" not in sheet.content
    assert sheet.path.startswith("style.")
    assert sheet.path != other.path
    assert b"--brand:#004466" in other.content


def test_no_jinja_runs_in_style_sheets() -> None:
    own = {"custom.css": Template("custom.css", "a::after{content:'{{ 7*7 }}{#'}", "templates/custom.css")}
    content = style(environment(theme() | own), PUBLICATION).content
    assert content.endswith(b"a::after{content:'{{ 7*7 }}{#'}")


def test_squeezing_keeps_meaning() -> None:
    text = """
    /* a comment; with { signs } */
    .a  .b ,
    .c:is(h1, h2) > p { color : red; margin: 0 auto;
      width: calc(1px + 2px) }
    q::before { content: "a ,  b /* no */" }
    """
    assert squeeze(text) == (
        ".a .b,.c:is(h1,h2)>p{color :red;margin:0 auto;width:calc(1px + 2px)}"
        'q::before{content:"a ,  b /* no */"}'
    )


def test_squeezing_drops_what_may_be_left_out() -> None:
    assert squeeze("a { top: 0.5rem; left: 10.05px; width: 0; }") == "a{top:.5rem;left:10.05px;width:0}"


def test_squeezing_a_selector_keeps_its_descendants() -> None:
    assert squeeze("nav :is(a) { x: y }") == "nav :is(a){x:y}"
