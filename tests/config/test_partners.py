"""`[feeds.NAME]`: profiles give defaults, keys override them, mistakes name their line."""

from typing import get_args

import pytest

from publisher.config.load import configure
from publisher.config.partners import with_profile
from publisher.errors import Problems
from publisher.settings import PartnerFeed, Profile

PROFILES = [name for name in get_args(Profile) if name]


def feed(text: str) -> PartnerFeed:
    (made,) = configure("publish.toml", text, {}).feeds
    return made


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_is_there_and_sound(profile: str) -> None:
    made = feed(f'[feeds.x]\nprofile = "{profile}"\n')
    assert (made.name, made.line, made.profile) == ("x", 1, profile)
    assert made.formats == ("rss",)
    assert not made.syndicated
    assert made.paths == ("feeds/x.xml",)


def test_what_the_profiles_ask_for() -> None:
    made = {name: feed(f'[feeds.x]\nprofile = "{name}"') for name in PROFILES}
    assert (made["google-news"].items, made["google-news"].max_bytes) == (60, 2_000_000)
    assert not made["google-news"].noindex
    assert made["apple-news"].title_advised == (15, 60)
    assert made["apple-news"].region_advised
    assert (made["flipboard"].image_min, made["flipboard"].items_advised) == (400, 30)
    assert made["smartnews"].max_bytes == 1_000_000
    assert (made["msn"].title_min, made["msn"].title_max, made["msn"].days) == (21, 150, 364)


def test_any_key_can_be_overridden() -> None:
    made = feed(
        'title = "x"\n[feeds.x]\nprofile = "msn"\ntitle_min = 0\nsyndicated = true\npath = "p/msn.v2"'
    )
    assert (made.line, made.title_min, made.syndicated, made.title_max) == (2, 0, True, 150)
    assert made.paths == ("p/msn.v2.xml",)
    assert feed('[feeds.x]\nprofile = "apple-news"\ntitle_advised = []').title_advised == ()


def test_without_a_profile_nothing_is_asked_for() -> None:
    made = feed('[feeds.sea]\nsections = ["Harbour"]')
    assert made == PartnerFeed(name="sea", line=1, sections=("Harbour",))
    assert made.paths == ("feeds/sea.xml", "feeds/sea.atom", "feeds/sea.json")


def test_an_unknown_profile_changes_nothing() -> None:
    assert with_profile({"profile": ["msn"], "items": 1}) == {"profile": ["msn"], "items": 1}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('profile = "bing"', "publish.toml:2: profile: one of 'google-news'"),
        ("itmes = 3", "publish.toml:2: unknown key 'itmes' (did you mean 'items'"),
        ("items = 0", "publish.toml:2: items: expected a number above 0"),
        ("max_bytes = 10", "publish.toml:2: max_bytes: expected 20,000 to 5,000,000 bytes, found 10"),
        ('path = "../up"', "publish.toml:2: path: '../up' is not a path within the site"),
        ('formats = ["rss", "rdf"]', "publish.toml:2: formats: expected 'rss', 'atom', 'json', found 'rdf'"),
        ("formats = []", "publish.toml:2: formats: at least one"),
        ('languages = ["english!"]', "publish.toml:2: languages: 'english!' is not a language tag"),
        ("title_advised = [60, 15]", "publish.toml:2: title_advised: expected two numbers"),
        ("image_min = -1", "publish.toml:2: image_min: expected 0 or more"),
        ('logo = "logo.png"', "publish.toml:2: logo: 'logo.png' is neither a web address"),
        ('name = "x"', "publish.toml:2: unknown key 'name'"),
    ],
)
def test_mistakes_name_their_line(line: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        feed(f"[feeds.x]\n{line}\n")
    assert message in str(caught.value)


def test_in_pyproject() -> None:
    text = '[project]\nname = "x"\n\n[tool.publish.feeds.msn]\nprofile = "msn"\nitems = 5\n'
    (made,) = configure("pyproject.toml", text, {}).feeds
    assert (made.name, made.line, made.items, made.title_min) == ("msn", 4, 5, 21)
    with pytest.raises(Problems, match=r"pyproject.toml:6: items: expected a number above 0"):
        configure("pyproject.toml", text.replace("items = 5", "items = -5"), {})


def test_names_become_addresses() -> None:
    with pytest.raises(Problems, match="'a b' is no name for a feed"):
        feed('[feeds."a b"]\nitems = 1\n')
