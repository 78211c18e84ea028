import pytest

from publisher.errors import PublishError
from publisher.model import Template
from publisher.templating import environment, fill

TEXTS = {
    "page.html": "<p>{{ text }}</p>\n",
    "body.html": "{{ text | html }}",
    "late.html": "one\n\n{{ nothing.here }}",
    "outer.html": "one\n{% include 'late.html' %}",
    "broken.html": "one\n{% if %}",
    "gone.html": "one\n{% include 'pag.html' %}",
    "sum.html": "\n{{ 1 / 0 }}",
}
MADE = environment({name: Template(name, text, f"templates/{name}") for name, text in TEXTS.items()})


def test_everything_is_escaped_but_html() -> None:
    assert fill(MADE, "page.html", {"text": "<b> & {{ x }}"}) == "<p>&lt;b&gt; &amp; {{ x }}</p>\n"
    assert fill(MADE, "body.html", {"text": "<b>"}) == "<b>"
    assert "safe" not in MADE.filters


@pytest.mark.parametrize(
    ("name", "where", "message"),
    [
        ("late.html", "templates/late.html:3", "undefined"),
        ("outer.html", "templates/late.html:3", "copied from an older theme"),
        ("broken.html", "templates/broken.html:2", "template"),
        ("gone.html", "templates/gone.html:2", "did you mean 'page.html'?"),
        ("sum.html", "templates/sum.html:2", "division"),
        ("pages.html", "pages.html", "did you mean 'page.html'?"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(name: str, where: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        fill(MADE, name, {})
    assert caught.value.where == where
    assert message in str(caught.value)
