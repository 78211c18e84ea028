"""A card is made once, but for each page where it looks at the page."""

from collections.abc import Mapping

import pytest

from publisher.errors import PublishError
from publisher.model import Template
from publisher.site.beside import Beside
from publisher.site.cards import Cards
from publisher.site.frame import Frame, frame
from publisher.templating import environment
from tests.site.samples import PUBLICATION, mixed, theme

NAME = "partials/card.html"


def cards(text: str | None = None, more: Mapping[str, str] | None = None) -> tuple[Cards, Frame]:
    """Those of the theme, or with a template of the publication's own in its place."""
    own = {**(more or {}), **({NAME: text} if text is not None else {})}
    made = environment(theme() | {name: Template(name, each, name) for name, each in own.items()})
    shared = frame(mixed(), Beside(), PUBLICATION, made)
    return shared.cards, shared


def test_pages_share_a_card_and_ranks_do_not() -> None:
    made, shared = cards()
    story = shared.told(shared.entries[:1])[0]
    one, other = shared.page("list", "One", "/one/"), shared.page("list", "Other", "/other/")
    assert made.card(one, story, 2) == made.card(other, story, 2)
    assert len(made.known) == 1
    assert "<h3>" in made.card(one, story, 3)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("{{ page.title }}", {}),
        ("{% include 'partials/where.html' %}", {"partials/where.html": "{{ page.title }}"}),
        (
            "{% from 'partials/where.html' import at with context %}{{ at() }}",
            {"partials/where.html": "{% macro at() %}{{ page.title }}{% endmacro %}"},
        ),
    ],
)
def test_a_card_may_look_at_its_page(text: str, more: Mapping[str, str]) -> None:
    made, shared = cards(text, more)
    story = shared.told(shared.entries[:1])[0]
    titles = [made.card(shared.page("list", title, "/x/"), story, 2) for title in ("One", "Other")]
    assert titles == ["One", "Other"]


@pytest.mark.parametrize("text", ["{% if %}", "{{ nothing.there }}"])
def test_a_mistake_is_named_with_its_place(text: str) -> None:
    made, shared = cards(text)
    story = shared.told(shared.entries[:1])[0]
    with pytest.raises(PublishError) as caught:
        made.card(shared.page("list", "One", "/one/"), story, 2)
    assert caught.value.where == f"{NAME}:1"


def test_no_more_are_held_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.site.cards._MOST", 2)
    made, shared = cards()
    told = shared.told(shared.entries)
    page = shared.page("list", "One", "/one/")
    assert [made.card(page, each, 2) for each in told] == [made.card(page, each, 2) for each in told]
    assert len(made.known) <= 2
