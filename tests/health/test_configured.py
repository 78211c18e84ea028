"""Configurations that load, and what is to be said of them."""

import pytest

from publisher.config.load import configure
from publisher.health.configured import judge_configuration
from publisher.health.verdict import Verdict
from tests.health.zones import levels, told

GOOD = """\
base_url = "https://ledger.town"
time_zone = "Europe/Oslo"
[newsletter]
sender = "news@ledger.town"
address = "4 Customs Quay"
[web]
url = "https://news.ledger.town"
[relays.main]
host = "smtp.relay.town"
[sending]
bounces = "bounces.ledger.town"
[bounces]
mailbox = "maildir:/var/mail/bounces"
"""


def judged(text: str) -> tuple[Verdict, ...]:
    return judge_configuration(configure("publish.toml", text, {}), "publish.toml")


def test_a_good_one() -> None:
    assert set(levels(judged(GOOD))) == {"ok"}, told(judged(GOOD))


def test_several_newsletters() -> None:
    found = judged(GOOD + '[newsletters.daily]\n[newsletters.week]\nsender = "näws@ledger.town"\n')
    assert "newsletters: daily, week" in told(found)
    assert [each.subject for each in found if each.level == "wrong"] == ["newsletter week"]


@pytest.mark.parametrize(
    ("old", "new", "level", "part"),
    [
        ("https://ledger.town", "http://localhost:8000", "wrong", "leads nowhere"),
        ("https://ledger.town", "https://ledger.local", "wrong", "leads nowhere"),
        ("https://ledger.town", "https://10.0.0.1", "wrong", "leads nowhere"),
        ("https://ledger.town", "https://[::1]:8000", "wrong", "leads nowhere"),
        ("https://ledger.town", "https://intranet", "wrong", "leads nowhere"),
        ("https://ledger.town", "https://www.example.org", "look at", "for examples"),
        ("https://ledger.town", "http://ledger.town", "look at", "not protected"),
        ('sender = "news@ledger.town"\n', "", "wrong", "no sender"),
        ("news@ledger.town", "näws@ledger.town", "wrong", "only between some mail servers"),
        ('address = "4 Customs Quay"\n', "", "look at", "postal address"),
        ('url = "https://news.ledger.town"', "", "wrong", "no way to leave"),
        ("https://news.ledger.town", "https://news.test", "wrong", "web.url"),
        ('[relays.main]\nhost = "smtp.relay.town"\n', "", "look at", "relays: there is none"),
        ('host = "smtp.relay.town"', 'host = "smtp.relay.town"\nsecurity = "none"', "look at", "unprotected"),
        ('bounces = "bounces.ledger.town"', "", "look at", "sending.bounces"),
        ('mailbox = "maildir:/var/mail/bounces"\n', "", "look at", "no mailbox is read"),
        ("[newsletter]", '[newsletter]\nsponsor = "Ropes"', "wrong", "no sponsor_url"),
    ],
)
def test_what_is_missing_or_wrong(old: str, new: str, level: str, part: str) -> None:
    assert old in GOOD
    found = [each for each in judged(GOOD.replace(old, new)) if each.level != "ok"]
    assert level in levels(found)
    assert part in told(found)
    assert all(each.remedy for each in found)


@pytest.mark.parametrize(
    ("way", "level"),
    [
        ("mailto:leave@ledger.town", "look at"),
        ("https://l.town/?all", "look at"),
        ("https://l.town/{token}", "ok"),
    ],
)
def test_ways_to_leave_without_web(way: str, level: str) -> None:
    text = GOOD.replace('url = "https://news.ledger.town"', "").replace(
        "[newsletter]", f'[newsletter]\nunsubscribe = "{way}"'
    )
    (found,) = [each for each in judged(text) if each.subject == "newsletter daily"]
    assert found.level == level


def test_a_site_without_mails_has_nothing_wrong() -> None:
    assert "wrong" not in levels(judged('base_url = "https://ledger.town"'))


def test_no_file_at_all() -> None:
    found = judge_configuration(configure("publish.toml", "", {}), "")
    assert found[0].level == "look at"


def test_a_report_needs_somebody_to_bring_it() -> None:
    report = '[daily]\nreport = "you@ledger.town"\n'
    assert set(levels(judged(GOOD + report))) == {"ok"}
    alone = judged(f'base_url = "https://ledger.town"\n{report}')
    assert [each.subject for each in alone if each.level == "wrong"] == ["daily.report"]
