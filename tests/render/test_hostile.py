"""Hostile texts: whatever comes in, what goes out is harmless for a parser that is not the sanitiser's."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.errors import PublishError
from publisher.render.sanitise import sanitise
from publisher.render.tags import ALLOWED
from tests.render.articles import Oracle, body

VECTORS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "word <script>alert(1)</script> word",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "</script><script>alert(1)</script>",
    "<script/src=data:,alert(1)>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>body{background:url(javascript:alert(1))}",
    "<p style=\"background:url('javascript:alert(1)')\">x</p>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<img src=javascript:alert(1)>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<img srcset='javascript:alert(1) 1x' src=x.png>",
    "<img src=x.png onload\n=alert(1)>",
    "<body onload=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<applet code=x></applet>",
    "<form action='javascript:alert(1)'><button>go</button></form>",
    "<button formaction='javascript:alert(1)'>go</button>",
    "<input onfocus=alert(1) autofocus>",
    "<select onchange=alert(1)><option>a</select>",
    "<textarea onfocus=alert(1)>x</textarea>",
    "<video src=x onerror=alert(1)></video>",
    "<video poster='javascript:alert(1)'></video>",
    "<audio src=x onerror=alert(1)>",
    "<details ontoggle=alert(1) open>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/\\evil.example/'>x</a>",
    "<a href='\\\\evil.example/'>x</a>",
    "<a href='https:evil.example'>x</a>",
    "<a href='https://ok.example' onclick='alert(1)' target=_blank>x</a>",
    "<a href='x' href='javascript:alert(1)'>x</a>",
    "<a data-line='9' data-line='x' href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](  javascript:alert(1))",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](x.png "onerror=alert(1)")',
    '![x"onerror="alert(1)](x.png)',
    '[x](https://ok.example/"onmouseover="alert(1))',
    "[x](https://ok.example/?a=<script>)",
    "```html\n<script>alert(1)</script>\n```",
    "```<script>\nx\n```",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "# <script>alert(1)</script>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "x[^1]\n\n[^1]: <script>alert(1)</script>",
    "[^<script>]: x\n\nx[^<script>]",
    "<!--<script>alert(1)</script>-->",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<?php echo 1 ?>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<title><a title='</title><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<template><script>alert(1)</script></template>",
    "<plaintext><script>alert(1)</script>",
    "<table><tr><td><script>alert(1)</script></table>",
    "<table background='javascript:alert(1)'><tr><td>x</table>",
    "<div id=x style='width:expression(alert(1))'>x</div>",
    "<p class='k\"><script>alert(1)</script>'>x</p>",
    "<x onclick=alert(1)>x</x>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<p/onclick=alert(1)>x</p>",
    "<p title='<script>alert(1)</script>'>x</p>",
    "<p title=`onclick=alert(1)`>x</p>",
    '<p title="x" "onclick="alert(1)">x</p>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\ud800<script>alert(1)</script>\udfff",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "@@ref:0@@ <a href='@@ref:0@@'>x</a> href=\"@@ref:0@@\"",
)
CONTROLS = ("<script>x</script>", "<p onclick=x>", "<a href=javascript:x>", "<!-- x -->", "<form>", "<?x?>")


@pytest.mark.parametrize("vector", VECTORS)
def test_a_hostile_text_becomes_harmless(vector: str) -> None:
    made = body(f"First words.\n\n{vector}\n\nLast words.")
    assert Oracle(made.html).complaints == []
    assert made.text.startswith("First words.")
    assert "Last words." in made.text


@pytest.mark.parametrize("control", CONTROLS)
def test_the_oracle_is_alive(control: str) -> None:
    assert Oracle(control).complaints


PIECES = (
    *(
        "<",
        ">",
        "/",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        '"',
        "'",
        "=",
        "`",
        "```\n",
        "\n",
        "\n\n",
    ),
    *(
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "| a |\n|---|\n",
        "*",
        "**",
        "[",
        "](",
        ")",
        "![",
        "[^1]",
        "[^1]: ",
        "{{ 1 }}",
    ),
    *(
        "<script>",
        "</script>",
        "<style>",
        "<svg>",
        "<math>",
        "<table>",
        "<td>",
        "<pre>",
        "<p class=",
        "<a href=",
    ),
    *(
        "javascript:",
        "onerror=",
        "<img src=",
        "<textarea>",
        "<title>",
        "<template>",
        "<b>",
        "</b>",
        "<select>",
    ),
    *("&lt;", "&#60;", "&#x0b;", "\x00", "\x0b", "\ud800", "\ufffe", "\u202e", "word", "слово", "@@ref:1@@"),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_renders_and_is_harmless(text: str) -> None:
    made = body(text)
    assert Oracle(made.html).complaints == []
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", made.html + made.text)
    made.html.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_sanitising_is_a_fixed_point(text: str) -> None:
    once = sanitise(text.replace("\ud800", ""))
    assert once is not None
    assert sanitise(once) == once
    assert set(re.findall(r"<([a-z0-9]+)", once)) <= ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "> " * 13 + "deep",
        "\n".join("  " * level + "- item" for level in range(13)),
        "> " * 500 + "deep",
        "<div>" * 61 + "deep",
        "<b><i>" * 3_000 + "deep",
        "\n\n".join(["<div></b>"] * 70),
        "*a " * 80 + "a*" * 80,
    ],
)
def test_deep_nesting_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(PublishError, match=r"^news/ferry\.md:\d+: .*nested deeper") as refused:
        body(f"First.\n\n{text}")
    assert refused.value.hint


def test_twelve_levels_are_fine() -> None:
    assert "deep" in body("> " * 12 + "deep").text


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(PublishError, match="more than 5,000,000 characters"):
        body("a" * 5_000_001)
