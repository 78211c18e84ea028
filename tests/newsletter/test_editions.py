"""Newsletters by configuration: what each says itself, what it has from `[newsletter]`, what it holds."""

from datetime import date

import pytest

from publisher.config.load import configure
from publisher.errors import Problems, PublishError
from publisher.newsletter.editions import Edition, editions
from publisher.newsletter.issue import compose
from publisher.newsletter.render import render
from tests.newsletter.samples import POST, card, theme

SEVERAL = """\
title = "The Harbour Post"
base_url = "https://post.example.org"

[newsletter]
sender = "news@post.example.org"
reason = "You asked for it."

[newsletters.daily]

[newsletters.weekly-sport]
title = "Sport on Friday"
every = "week"
on = "friday"
sections = ["Sport"]
tags = ["ferry"]
max_items = 5
"""


def configured(text: str) -> tuple[Edition, ...]:
    return editions(configure("publish.toml", text, {}))


def test_without_names_there_is_one_called_daily() -> None:
    (daily,) = editions(POST)
    assert (daily.name, daily.every, daily.url) == ("daily", "day", "/newsletter/daily/")
    assert daily.list_id == "daily.post.example.org"
    assert (daily.title, daily.sender) == ("The Harbour Post", "news@post.example.org")


def test_each_has_its_own_and_the_rest_from_the_common_table() -> None:
    daily, weekly = configured(SEVERAL)
    assert (daily.title, daily.every, daily.max_items, daily.sections) == ("The Harbour Post", "day", 50, ())
    assert (weekly.title, weekly.every, weekly.on, weekly.max_items) == ("Sport on Friday", "week", 4, 5)
    assert {each.sender for each in (daily, weekly)} == {"news@post.example.org"}
    assert {each.reason for each in (daily, weekly)} == {"You asked for it."}
    assert weekly.list_id == "weekly-sport.post.example.org"


def test_both_files_read_the_same() -> None:
    project = SEVERAL.replace("[newsletter", "[tool.publish.newsletter").replace(
        "title", "[tool.publish]\ntitle", 1
    )
    assert editions(configure("pyproject.toml", project, {})) == configured(SEVERAL)


def test_a_list_is_named_by_the_sender_or_the_site() -> None:
    (daily,) = configured('[newsletter]\nsender = "x@Bücher.example"')
    assert daily.list_id == "daily.xn--bcher-kva.example"
    (daily,) = configured('base_url = "https://News.example.org:8080/x"')
    assert daily.list_id == "daily.news.example.org"


@pytest.mark.parametrize(
    ("keys", "held"),
    [
        ("", "abcd"),
        ('sections = ["SPORT"]', "ab"),
        ('tags = ["Ferry"]', "bc"),
        ('sections = ["sport"]\ntags = ["ferry"]', "abc"),
        ('languages = ["de"]', "cd"),
        ('tags = ["ferry"]\nlanguages = ["de"]', "c"),
        ('languages = ["en"]', "ab"),
        ('languages = ["de-CH"]', ""),
    ],
)
def test_what_belongs_to_a_newsletter(keys: str, held: str) -> None:
    cards = {
        "a": card(1, section="Sport"),
        "b": card(2, section="sport", tags=("#ferry",)),
        "c": card(3, section="Town", tags=("x", "FERRY"), language="de"),
        "d": card(4, section="Sports", language="de-AT"),
    }
    (edition,) = configured(f"[newsletters.some]\n{keys}")
    assert "".join(name for name, each in cards.items() if edition.holds(each, "en")) == held


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("\n[newsletters.x]\nsubjct = ''", "publish.toml:3", "did you mean 'subject'?"),
        ("[newsletters.x]\nevery = 'month'", "publish.toml:2", "one of 'day', 'week'"),
        ("[newsletters.x]\non = 'fryday'", "publish.toml:2", "'friday'"),
        ("[newsletters.x]\norder = 'random'", "publish.toml:2", "'section', 'newest', 'oldest'"),
        ("[newsletters.x]\nmax_items = 0", "publish.toml:2", "above 0"),
        ("[newsletters.x]\nsubject = '{x}'", "publish.toml:2", "unknown placeholder {x}"),
        ("[newsletter]\npreheader = '{'", "publish.toml:2", "a brace itself"),
        ("[newsletters.x]\nsender = 'x'", "publish.toml:2", "not an e-mail address"),
        ("[newsletters.x]\nsponsor_url = 'http://x.example'", "publish.toml:2", "https://"),
        ("[newsletters.x]\nlanguages = ['german language']", "publish.toml:2", "not a language tag"),
        ("[newsletters.x]\nsections = 'Sport'", "publish.toml:2", "a list of texts"),
        ("[newsletters.x]\nsignup = ''", "publish.toml:2", "unknown key"),
        ("\n[newsletters.'Ab c']", "publish.toml:2", "small letters"),
        ("\n[newsletters.page]", "publish.toml:2", "another use"),
        ("\n[newsletters.2026-11-20]", "publish.toml:2", "another use"),
        ("newsletters = 3", "publish.toml:1", "tables, each with a name"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(text: str, where: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        configure("publish.toml", text, {})
    assert [problem.where for problem in caught.value.problems] == [where]
    assert message in str(caught.value)


def test_half_a_sponsor_is_a_mistake() -> None:
    with pytest.raises(PublishError, match="there is no sponsor_url"):
        configured("[newsletters.x]\nsponsor = 'Buy rope'")


def test_the_words_around_the_articles_are_in_the_newsletters_language() -> None:
    text = '[newsletter]\npreheader = "{date}: {lead}"\n[newsletters.d]\nlanguage = "de"'
    publication = configure("publish.toml", text, {})
    issue = compose((card(1, language="de"), card(2, language="en")), date(2026, 3, 3), publication)
    assert issue
    assert issue.preheader == "3. März 2026: Story 1"
    made = render(issue, publication, theme())
    assert 'lang="de"' in made.html
    assert "Im Browser ansehen" in made.text
    assert 'lang="en" dir="ltr"' in made.html
