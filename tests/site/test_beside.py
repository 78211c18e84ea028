"""Free pages, authors, redirects, the newsletter's archive, related articles, sharing, the sign-up form."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from publisher.model import Entry, Image, Origin
from publisher.prose import Prose
from publisher.settings import NewsletterSettings, WebSettings
from publisher.site.beside import Archive, BackIssue, Beside
from tests.site.samples import BASE, PUBLICATION, days_ago, entry, make, many, texts

SIGNUP = replace(
    PUBLICATION,
    newsletter=NewsletterSettings(signup="https://lists.example.org/join?l=1", signup_field="EMAIL"),
)


def page(name: str, title: str, **extra: object) -> Entry:
    made = entry(name, title=title, kind="page", section="", tags=(), authors=())
    return replace(made, card=replace(made.card, path=f"pages/{name}.md", url=f"/{name}/"), extra=extra)


def author(title: str, **extra: object) -> Entry:
    made = entry("bio", title=title, kind="author", section="", tags=(), authors=())
    return replace(made, prose=Prose("<p>Writes about fog.</p>", ""), extra=extra)


def test_a_free_page_has_its_own_address_and_is_in_no_list() -> None:
    site = make(many(2), beside=Beside((page("about", "About us"),)))
    about = site.page("about/index.html")
    assert texts(about, "//h1") == ["About us"]
    assert not about.xpath("//main//time")
    assert about.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/about/"]
    assert "About us" not in texts(site.page("index.html"), "//main")[0]


def test_pages_stand_in_the_footer_and_in_the_navigation_by_their_rank() -> None:
    free = (page("about", "About", nav=2), page("help/faq", "Questions"), page("imprint", "Imprint", nav=1))
    home = make(many(2), beside=Beside(free)).page("index.html")
    assert texts(home, "//header//nav//a")[1:3] == ["Imprint", "About"]
    assert texts(home, "//footer//li")[-2:] == ["About", "Imprint"]


def test_the_page_one_is_on_is_marked() -> None:
    site = make(many(2), beside=Beside((page("about", "About", nav=1),)))
    assert texts(site.page("about/index.html"), "//*[@aria-current='page']") == ["About"]


def test_an_author_has_bio_picture_and_links_on_the_newest_page_only() -> None:
    who = author("marta QUINTELA", links={"Site": "https://marta.example"})
    picture = Image(f"{BASE}/marta.jpg", "Marta at sea")
    who = replace(who, card=replace(who.card, image=picture))
    site = make(many(8), replace(PUBLICATION, page_size=3), Beside((who,)))
    newest = site.page("author/marta-quintela/index.html")
    assert texts(newest, "//h1") == ["marta QUINTELA"]
    assert texts(newest, "//*[@class='profile']//p") == ["Writes about fog."]
    assert newest.xpath("//*[@class='profile']/img/@alt") == ["Marta at sea"]
    assert newest.xpath("//a[@rel='me']/@href") == ["https://marta.example"]
    assert not site.page("author/marta-quintela/page/1/index.html").xpath("//*[@class='profile']")


def test_machines_read_who_an_author_is() -> None:
    who = author("Marta Quintela", links={"Site": "https://marta.example"})
    who = replace(who, card=replace(who.card, summary="Writes about fog.", image=Image(f"{BASE}/m.jpg")))
    found = make(many(1), beside=Beside((who,))).page("author/marta-quintela/index.html")
    assert json.loads(found.xpath("string(//script[@type])")) == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {
            "@type": "Person",
            "name": "Marta Quintela",
            "url": f"{BASE}/author/marta-quintela/",
            "description": "Writes about fog.",
            "image": f"{BASE}/m.jpg",
            "sameAs": ["https://marta.example"],
        },
    }
    assert found.xpath("//meta[@name='description']/@content") == ["Writes about fog."]


def test_an_author_without_articles_has_a_page_all_the_same() -> None:
    site = make(many(1), beside=Beside((author("Bo Ek"),)))
    assert texts(site.page("author/bo-ek/index.html"), "//*[@class='profile']//p") == ["Writes about fog."]


def test_a_former_address_leads_to_the_present_one() -> None:
    moved = entry("new", aliases=("/2019/old/", "/old.html"))
    site = make((moved,))
    for path in ("2019/old/index.html", "old.html"):
        found = site.page(path)
        assert found.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/2026/03/new/"]
        assert found.xpath("//link[@rel='canonical']/@href") == [f"{BASE}/2026/03/new/"]
        assert found.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert found.xpath("//a/@href") == ["/2026/03/new/"]
    assert site.outputs["_redirects"] == (b"/2019/old/ /2026/03/new/ 301\n/old.html /2026/03/new/ 301\n")
    assert "_redirects" not in make(many(1)).outputs


def test_redirects_stay_below_the_folder_of_the_site() -> None:
    publication = replace(PUBLICATION, base_url="https://example.org/news")
    site = make((entry("new", aliases=("/old/",)),), publication)
    assert site.outputs["_redirects"] == b"/news/old/ /news/2026/03/new/ 301\n"


def test_the_newsletters_archive_lists_issues_newest_first_and_keeps_its_address() -> None:
    first = date(2026, 3, 5)
    days = [first - timedelta(days=n) for n in range(100)]
    issues = tuple(BackIssue(day, f"/newsletter/daily/{day}/", f"Lead of {day}") for day in days)
    site = make(many(1), beside=Beside(archives=(Archive("daily", "The Tide", issues),)))
    newest = site.page("newsletter/index.html")
    assert texts(newest, "//main//li")[0] == "Lead of 2026-03-05 5 March 2026"
    listed = [
        href
        for path in ("newsletter/index.html", "newsletter/page/1/index.html")
        for href in site.page(path).xpath("//main//li/a/@href")
    ]
    assert listed == [issue.url for issue in issues]
    own = site.page("newsletter/daily/index.html")
    assert texts(own, "//main//h1") == ["The Tide"]
    assert own.xpath("//main//p[@class='kicker']/a/@href") == ["/newsletter/"]
    assert own.xpath("//main//li/a/@href") == [issue.url for issue in issues][: len(own.xpath("//main//li"))]
    assert "newsletter/daily/page/1/index.html" in site.outputs


def test_several_newsletters_share_a_list_and_have_one_each() -> None:
    day = date(2026, 3, 5)
    archives = tuple(
        Archive(name, title, (BackIssue(day - timedelta(days=n), f"/newsletter/{name}/x/", f"Lead {name}"),))
        for n, (name, title) in enumerate((("weekly", "The Week"), ("daily", "The Tide")))
    )
    site = make(many(1), beside=Beside(archives=archives))
    shared = site.page("newsletter/index.html")
    assert shared.xpath("//main//ul[@class='terms']/li/a/@href") == [
        "/newsletter/weekly/",
        "/newsletter/daily/",
    ]
    assert texts(shared, "//main//section//li") == [
        "Lead weekly 5 March 2026 The Week",
        "Lead daily 4 March 2026 The Tide",
    ]
    assert texts(site.page("newsletter/daily/index.html"), "//main//section//li") == [
        "Lead daily 4 March 2026"
    ]


def test_the_sign_up_form_leads_to_the_publications_own_pages() -> None:
    own = replace(PUBLICATION, web=WebSettings(url="https://news.example.org"))
    home = make(many(1), own).page("index.html")
    assert home.xpath("//main//form/@action") == ["https://news.example.org/subscribe"]
    policy = home.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "form-action 'self' https://news.example.org;" in policy


def test_the_sign_up_form_is_there_only_where_one_is_configured() -> None:
    form = make(many(1), SIGNUP).page("index.html").xpath("//main//form")[0]
    assert (form.get("action"), form.get("method")) == ("https://lists.example.org/join?l=1", "post")
    assert form.xpath(".//input/@name") == ["EMAIL"]
    assert form.xpath(".//label/@for") == form.xpath(".//input/@id")
    without = make(many(1))
    assert not without.page("index.html").xpath("//main//form[@method='post']")
    path = "2026/03/n0/index.html"
    policies = [
        site.page(path).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        for site in (make(many(1), SIGNUP), without)
    ]
    assert "form-action 'self' https://lists.example.org;" in policies[0]
    assert "form-action 'self';" in policies[1]


def test_readers_share_by_mail_and_by_the_address_unless_told_otherwise() -> None:
    found = make((entry("x", title="Fish & chips?"),)).page("2026/03/x/index.html")
    assert found.xpath("//*[@class='share']//a/@href") == [
        "mailto:?subject=Fish%20%26%20chips%3F&body=https%3A%2F%2Fnews.example.org%2F2026%2F03%2Fx%2F"
    ]
    assert found.xpath("//input[@readonly]/@value") == [f"{BASE}/2026/03/x/"]


def test_services_are_plain_links_and_none_may_be_left() -> None:
    own = "Our place https://social.example/share?text={title}%20{url}"
    publication = replace(PUBLICATION, share=("reddit", own))
    found = make((entry("x", title="Ä b"),), publication).page("2026/03/x/index.html")
    where = "https%3A%2F%2Fnews.example.org%2F2026%2F03%2Fx%2F"
    assert found.xpath("//*[@class='share']//a/@href") == [
        f"https://www.reddit.com/submit?url={where}&title=%C3%84%20b",
        f"https://social.example/share?text=%C3%84%20b%20{where}",
    ]
    assert texts(found, "//*[@class='share']//a") == ["Reddit", "Our place"]
    assert not found.xpath("//input[@readonly]")
    none = make(many(1), replace(PUBLICATION, share=())).page("2026/03/n0/index.html")
    assert not none.xpath("//*[@class='share']")


def test_related_articles_are_older_ones() -> None:
    words = ("ferry", "winter", "timetable")
    others = tuple(
        replace(entry(f"o{n}", date=days_ago(9 + n), tags=()), keywords=f"x{n}") for n in range(20)
    )
    pair = tuple(replace(entry(f"p{n}", date=days_ago(n), tags=()), keywords="\n".join(words)) for n in range(2))
    site = make((*pair, *others))
    newer, older = (site.page(f"2026/03/p{n}/index.html") for n in range(2))
    assert newer.xpath("//*[@class='related']//h3/a/@href") == ["/2026/03/p1/"]
    assert not older.xpath("//*[@class='related']")


@pytest.mark.parametrize(
    ("fields", "syndicated", "hidden"),
    [
        ({}, True, False),
        ({"noindex": True}, False, True),
        ({"source": Origin("E", "https://example.com/b")}, False, False),
        ({"source": Origin("E", "https://example.com/b")}, True, True),
    ],
)
def test_search_engines_are_asked_to_leave_out_copies(
    fields: dict[str, object], syndicated: bool, hidden: bool
) -> None:
    publication = replace(PUBLICATION, noindex_syndicated=syndicated)
    found = make((entry("x", **fields),), publication).page("2026/03/x/index.html")
    assert found.xpath("//meta[@name='robots']/@content") == (["noindex"] if hidden else [])


def test_the_switch_of_light_and_dark_needs_no_script() -> None:
    site = make(many(1))
    found = site.page("index.html")
    assert found.xpath("//fieldset//input[@type='radio']/@value") == ["light", "auto", "dark"]
    assert found.xpath("//fieldset//input[@checked]/@value") == ["auto"]
    assert all(found.xpath("//fieldset//input/@aria-label"))
    assert ":root:has(#_light:checked){color-scheme:light}" in site.css
    assert ":root:has(#_dark:checked){color-scheme:dark}" in site.css
