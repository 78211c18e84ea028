import pytest

from publisher.errors import Problems, PublishError
from publisher.model import Template
from publisher.newsletter import mjml
from publisher.newsletter.mjml import to_html
from publisher.newsletter.places import trace
from publisher.templating import environment, fill

HEAD = """<mjml lang="en">
<mj-head>
<mj-title>{{ title }}</mj-title>
<mj-raw><meta name="color-scheme" content="light dark" /></mj-raw>
</mj-head>
"""
BODY = "<mj-body><mj-section><mj-column>\n{body}\n</mj-column></mj-section></mj-body></mjml>\n"
VALUES = {"title": "Hello", "items": ["one\ntwo\n", "three"], "colour": "rde"}


def html(body: str, css: str = "", **more: str) -> str:
    texts = {"mail.mjml": HEAD + BODY.format(body=body), **{k.replace("_", "."): v for k, v in more.items()}}
    made = environment({name: Template(name, text, f"templates/{name}") for name, text in texts.items()})
    return to_html(made, "mail.mjml", VALUES, css)


def problems(body: str, **more: str) -> list[str]:
    with pytest.raises(PublishError) as raised:
        html(body, **more)
    found = raised.value.problems if isinstance(raised.value, Problems) else (raised.value,)
    return [each.where for each in found]


def test_a_good_template_becomes_html_with_its_styles_inlined() -> None:
    made = html("<mj-text><p class='x'>{{ title }}</p></mj-text>", ".x { color: #123456 }")
    assert '<p class="x" style="color: #123456;">Hello</p>' in made
    assert "<mj-" not in made
    assert "@media" in made


def test_a_mistake_is_found_on_its_line_below_loops_and_many_lined_values() -> None:
    loop = "{% for item in items %}\n<mj-text>{{ item }}</mj-text>\n{% endfor %}\n"
    body = loop + "<mj-text colour='red'>a</mj-text>"
    assert problems(body) == ["templates/mail.mjml:10"]


def test_a_mistake_in_an_included_template_is_found_there() -> None:
    body = "{% for item in items %}{% include 'part.mjml' %}{% endfor %}"
    assert problems(body, part_mjml="{# a\ncomment #}\n<mj-text>a</mj-text>\n<mj-foo>b</mj-foo>\n") == [
        "templates/part.mjml:4"
    ]


def test_a_mistake_in_a_macro_is_found_there() -> None:
    macro = "{% macro text(it) -%}\n\n  <mj-text>\n  {{ it }}<b>\n  </mj-text>\n{%- endmacro %}\n"
    body = "{% from 'part.mjml' import text %}\n{{ text('a') }}"
    assert problems(body, part_mjml=macro) == ["templates/part.mjml:4"]


def test_whitespace_control_does_not_shift_the_lines() -> None:
    body = "\n\n{%- if title -%}\n\n<mj-text>a</mj-text>\n\n{%- endif -%}\n\n<mj-txt>b</mj-txt>"
    assert problems(body) == ["templates/mail.mjml:15"]


def test_an_attribute_with_a_wrong_value_is_found_on_its_own_line() -> None:
    assert problems('<mj-text\n  color="red"\n  background-color="{{ colour }}">a</mj-text>') == [
        "templates/mail.mjml:9"
    ]


def test_all_mistakes_are_told_at_once_each_once() -> None:
    body = "{% for item in items %}\n<mj-foo />\n{% endfor %}\n<mj-bar />"
    assert problems(body) == ["templates/mail.mjml:8", "templates/mail.mjml:10"]


def test_text_of_an_article_is_never_markup() -> None:
    made = html("<mj-text>{{ '<mj-foo></td>' }}</mj-text>")
    assert "&lt;mj-foo&gt;&lt;/td&gt;" in made
    shown = html("<mj-image src='https://example.org/a' alt='{{ \"</td><script>\" }}' />")
    assert 'alt="&lt;/td&gt;&lt;script&gt;"' in shown


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<mjml><mj-head><mj-title>T</mj-title></mj-head><mj-body></mj-body></mjml>", "no language"),
        ('<mjml lang="en"><mj-head></mj-head><mj-body></mj-body></mjml>', "no title"),
        ('<mjml lang="en"><mj-head></mj-head><mj-body></mj-body></mjml>', "no colour scheme"),
    ],
)
def test_what_every_mail_needs_is_demanded(source: str, message: str) -> None:
    made = environment({"m": Template("m", source, "templates/m")})
    with pytest.raises(PublishError, match=message) as raised:
        to_html(made, "m", {})
    assert "templates/m:1" in str(raised.value)


def test_comments_and_spaces_may_stand_where_the_library_cannot_read_them() -> None:
    defaults = "<mj-attributes> <!-- é<![endif]-- --> <mj-all /> </mj-attributes> </mj-head>"
    source = HEAD.replace("</mj-head>", defaults) + "<mj-body></mj-body></mjml>"
    assert "<!-- é" not in to_html(environment({"m": Template("m", source, "m")}), "m", VALUES)


class PanicException(BaseException):
    """As the library's own, which cannot be imported."""


@pytest.mark.parametrize("kind", [ValueError, PanicException])
def test_what_the_library_alone_refuses_is_an_error_with_its_line(
    kind: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str) -> str:
        at = len(source[: source.index("<b>")].encode())
        raise kind(f"unexpected token at position {at}:{at + 3}")

    monkeypatch.setattr(mjml, "mjml2html", refuse)
    assert problems("<!-- é -->\n<mj-text>\né<b>a</b></mj-text>") == ["templates/mail.mjml:9"]


def test_places_belong_to_the_output_without_marks() -> None:
    texts = {"a": "one\n{{ x }}\n{% include 'b' %}\nfour", "b": "in b\n"}
    made = environment({name: Template(name, text, name) for name, text in texts.items()})
    values = {"x": "many\nlines"}
    filled = fill(made, "a", values)
    places = trace(made, "a", values)
    assert places.at(filled.index("one")) == "a:1"
    assert places.at(filled.index("lines")) == "a:2"
    assert places.at(filled.index("in b")) == "b:1"
    assert places.at(filled.index("four")) == "a:4"
    assert fill(made, "a", values) == filled
