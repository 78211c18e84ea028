"""Pages with all sizes and formats of their pictures."""

from publisher.model import Output
from publisher.pictures.plan import Sheet, plan
from publisher.settings import ImageSettings, Publication
from publisher.site.pictured import known, pictured

PUBLICATION = Publication(base_url="https://ledger.example.org/news")
PHOTO = plan("im g/a,b.jpg", "0123456789ab", Sheet(800, 400, "jpeg"), ImageSettings(widths=(320, 800)))
MOVING = plan("im/a.gif", "0123456789ab", Sheet(80, 40, "gif", moving=True), ImageSettings())
SRC = "/news/im%20g/a,b-800.0123456789.jpg"


def page(html: str) -> str:
    found = known((PHOTO, MOVING), PUBLICATION)
    return pictured(Output("index.html", html.encode()), found, PUBLICATION).decode()


def test_the_first_picture_comes_at_once_the_others_later() -> None:
    first, second = page(f'<img src="{SRC}" alt="A" loading="lazy"><img src="{SRC}" alt="B">').split(
        "</picture>"
    )[:2]
    assert 'fetchpriority="high"' in first
    assert "lazy" not in first
    assert 'loading="lazy" decoding="async"' in second
    assert "fetchpriority" not in second


def test_every_source_has_its_type_sizes_and_addresses_without_commas() -> None:
    made = page(f'<p><img src="{SRC}" alt="A &quot;b&quot;" sizes="20rem"></p>')
    assert made.startswith('<p><picture><source type="image/avif" srcset="')
    assert made.count('sizes="20rem"') == 3
    assert 'alt="A &quot;b&quot;"' in made
    stem = "/news/im%20g/a%2Cb"
    assert f'srcset="{stem}-320.0123456789.jpg 320w, {stem}-800.0123456789.jpg 800w"' in made
    assert 'width="800" height="400"' in made


def test_a_width_of_the_author_decides_the_height() -> None:
    for given, other in (('width="200"', 'height="100"'), ('height="50"', 'width="100"')):
        made = page(f'<img src="{SRC}" {given}>')
        assert given in made
        assert other in made
    square = page(f'<img src="{SRC}" width="10" height="10">')
    assert (square.count('width="10"'), square.count('height="10"')) == (1, 1)


def test_what_is_passed_gets_its_measures_only() -> None:
    made = page('<img src="/news/im/a.gif" alt="">')
    assert 'width="80" height="40"' in made
    assert "srcset" not in made
    assert "<picture>" not in made


def test_all_else_stays_as_it_is() -> None:
    for html in (
        '<img src="https://example.com/x.jpg" alt="">',
        "<pre>&lt;img src=x&gt;</pre>",
        "no picture",
    ):
        assert page(html) == html
