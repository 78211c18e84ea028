"""Newsletters of a publication on disk: frozen, handed over, superseded, and archived for good."""

import os
import re
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from lxml import etree

from publisher.errors import Problems, PublishError
from publisher.newsletter.editions import editions
from publisher.store.ledger import Issued, Ledger
from publisher.work.mailing import (
    Desk,
    Digest,
    digest_mail,
    freeze_digest,
    hand_over,
    next_digest,
    open_desk,
)
from publisher.work.place import open_place
from tests.work.projects import CONFIGURATION, built, from_scratch, make, tree, write

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
DAY = timedelta(days=1)
LETTERS = """
[newsletter]
sender = "news@ledger.example.org"
unsubscribe = "https://ledger.example.org/leave/{token}"
"""
SEVERAL = """
[newsletters.daily]
title = "Daily Tide"

[newsletters.town]
title = "Town Week"
every = "week"
on = "saturday"
sections = ["Town"]
"""
STORY = (
    "---\ntitle: {title}\nsection: {section}\ndate: {date}\nid: urn:{title}\n---\n\nWhat happened: {title}.\n"
)


def publication(root: Path, more: str = "") -> Path:
    return make(root, configuration=CONFIGURATION + LETTERS + more)


def desk(root: Path, now: datetime = NOW) -> Desk:
    return open_desk(open_place(root, None, {}), now)


def frozen(root: Path, now: datetime = NOW, name: str = "daily", *, early: bool = False) -> Digest:
    at = desk(root, now)
    edition = next(each for each in editions(at.place.publication) if each.name == name)
    return freeze_digest(at, edition, early=early, sendable=True)


def sent(root: Path, now: datetime = NOW, name: str = "daily", *, early: bool = False) -> Digest:
    """Frozen and handed over, as `publish send` does it."""
    digest = frozen(root, now, name, early=early)
    assert digest.planned.row
    assert ledger(root).hand_over(digest.planned.row.id, now)
    return digest


def ledger(root: Path) -> Ledger:
    return Ledger(root / ".publish" / "ledger.sqlite")


def add(root: Path, title: str, date: datetime, section: str = "Town") -> Path:
    path = root / "content" / f"{title}.md"
    write(path, STORY.format(title=title, date=date.isoformat(), section=section))
    return path


def titles(digest: Digest) -> set[str]:
    return {card.title for card in digest.cards}


def issues(root: Path, name: str = "daily") -> tuple[Issued, ...]:
    return ledger(root).issues(name)


def test_an_issue_is_frozen_once_a_day_whatever_is_edited(tmp_path: Path) -> None:
    root = publication(tmp_path)
    first = frozen(root)
    add(root, "Late", NOW + timedelta(minutes=30))
    again = frozen(root, NOW + timedelta(hours=2))
    assert again.letter == first.letter
    assert digest_mail(again, "a@example.org") == digest_mail(first, "a@example.org")
    assert [row.day.isoformat() for row in issues(root)] == ["2026-11-21"]
    sent(root, NOW + timedelta(hours=3))
    assert titles(frozen(root, NOW + DAY)) == {"Late"}


def test_what_was_frozen_and_never_sent_is_in_the_later_issue(tmp_path: Path) -> None:
    root = publication(tmp_path)
    first = frozen(root)
    add(root, "Fresh", NOW + timedelta(hours=9))
    second = sent(root, NOW + DAY)
    assert titles(second) == {*titles(first), "Fresh"}
    old, new = issues(root)
    assert old.superseded_at
    assert not new.superseded_at
    built(root, NOW + DAY)
    site = tree(root / "site")
    assert "newsletter/daily/2026-11-22/index.html" in site
    assert "newsletter/daily/2026-11-21/index.html" not in site


def test_nothing_new_is_nothing(tmp_path: Path) -> None:
    root = publication(tmp_path)
    sent(root)
    before = (root / ".publish/ledger.sqlite").read_bytes()
    assert frozen(root, NOW + DAY).letter is None
    assert (root / ".publish/ledger.sqlite").read_bytes() == before


def test_an_article_that_was_withdrawn_is_left_out(tmp_path: Path) -> None:
    root = publication(tmp_path)
    gone = add(root, "Wrong", NOW - timedelta(hours=1))
    assert "Wrong" in titles(frozen(root))
    gone.unlink()
    assert "Wrong" not in titles(frozen(root, NOW + DAY))


def test_each_newsletter_has_its_own_articles_and_days(tmp_path: Path) -> None:
    root = publication(tmp_path, SEVERAL)
    add(root, "Quay", NOW - timedelta(minutes=5), "Harbour")
    daily, town = sent(root), sent(root, name="town")
    assert "Quay" in titles(daily)
    assert titles(town) == {"A timetable for the winter", "Night market opens for a tenth year"}
    add(root, "Hall", NOW + timedelta(hours=5))
    assert titles(sent(root, NOW + DAY)) == {"Hall"}
    assert frozen(root, NOW + DAY, "town").letter is None
    assert titles(frozen(root, NOW + 2 * DAY, "town", early=True)) == {"Hall"}
    assert titles(frozen(root, NOW + 7 * DAY, "town")) == {"Hall"}
    built(root, NOW + 8 * DAY)
    site = tree(root / "site")
    shown = {path for path in site if path.startswith("newsletter/") and path.endswith("index.html")}
    assert shown == {
        "newsletter/index.html",
        "newsletter/daily/index.html",
        "newsletter/daily/2026-11-21/index.html",
        "newsletter/daily/2026-11-22/index.html",
        "newsletter/town/index.html",
        "newsletter/town/2026-11-21/index.html",
        "newsletter/town/2026-11-28/index.html",
    }
    assert b"2026-11-28" not in site["newsletter/town/index.html"], "it has not gone out"
    for name, count in (("daily", 2), ("town", 1)):
        feed = etree.fromstring(site[f"newsletter/{name}/feed.xml"])
        assert len(feed.findall(".//item")) == count
    assert b"/newsletter/daily/2026-11-22/" in site["sitemap.xml"]
    assert b"/newsletter/town/feed.xml" in site["feeds.opml"]


def test_the_archive_is_what_was_sent_for_ever(tmp_path: Path) -> None:
    root = publication(tmp_path / "a", SEVERAL)
    digest = sent(root)
    sent(root, name="town")
    built(root)
    before = {path: raw for path, raw in tree(root / "site").items() if path.startswith("newsletter/")}
    page = "newsletter/daily/2026-11-21/index.html"
    assert digest.letter
    assert before[page] == digest.letter.page.encode()
    write(root / "templates/newsletter/masthead.mjml", "<mj-section><mj-column /></mj-section>")
    write(
        root / "content/town/2026-11-19-timetable.md", "---\ntitle: Other\nid: urn:timetable\n---\n\nOther.\n"
    )
    (root / "content/town/2026-11-20-market.txt").unlink()
    write(root / "content/newsletter/2026-11-21.md", "---\nsubject: Too late\n---\nToo late.\n")
    write(root / "publish.toml", (root / "publish.toml").read_text().replace("Daily Tide", "Evening Tide"))
    built(root, NOW + DAY)
    after = tree(root / "site")
    for path in (page, "newsletter/town/2026-11-21/index.html"):
        assert after[path] == before[path]
    assert b"Evening Tide" in after["newsletter/daily/index.html"]
    for path in ("newsletter/town/feed.xml", "newsletter/town/feed.json"):
        assert after[path] == before[path]


def test_a_newsletter_that_is_given_up_keeps_its_archive(tmp_path: Path) -> None:
    root = publication(tmp_path, SEVERAL)
    sent(root, name="town")
    built(root)
    page = (root / "site/newsletter/town/2026-11-21/index.html").read_bytes()
    write(root / "publish.toml", CONFIGURATION + LETTERS)
    built(root)
    assert (root / "site/newsletter/town/2026-11-21/index.html").read_bytes() == page
    assert "Town Week" in (root / "site/newsletter/town/index.html").read_text()
    assert (root / "site/newsletter/town/feed.xml").exists()


def test_incremental_equals_clean_with_the_same_ledger(tmp_path: Path) -> None:
    root = publication(tmp_path / "a", SEVERAL)
    built(root)
    sent(root)
    sent(root, name="town")
    second = built(root)
    assert {path for path in second.written.removed if path.endswith("index.html")} == {
        "newsletter/daily/2026-11-20/index.html",
        "newsletter/town/2026-11-20/index.html",
    }
    empty = tmp_path / "b"
    empty.mkdir()
    (empty / ".publish").mkdir()
    with closing(sqlite3.connect(root / ".publish/ledger.sqlite")) as db:
        db.execute("VACUUM INTO ?", [str(empty / ".publish/ledger.sqlite")])
    assert from_scratch(root, empty) == tree(root / "site")
    third = built(root).written
    assert not (third.new or third.changed or third.removed)


def test_before_the_first_issue_there_is_a_preview_but_no_feed(tmp_path: Path) -> None:
    root = publication(tmp_path)
    built(root)
    site = tree(root / "site")
    assert "newsletter/daily/2026-11-20/index.html" in site
    assert "newsletter/daily/feed.xml" not in site
    letter = frozen(root).letter
    built(root)
    site = tree(root / "site")
    assert letter
    assert site["newsletter/daily/2026-11-21/index.html"] == letter.page.encode(), "its mails will lead there"
    assert "newsletter/daily/2026-11-20/index.html" not in site
    assert "newsletter/daily/feed.xml" not in site


def test_issues_of_former_times_stay_at_their_address(tmp_path: Path) -> None:
    root = publication(tmp_path)
    sent(root)
    with closing(sqlite3.connect(root / ".publish/ledger.sqlite", isolation_level=None)) as db:
        db.execute(
            "INSERT INTO issues (newsletter, day, since, until, frozen_at, articles, handed_at) VALUES "
            "('daily', '2026-11-19', NULL, ?1, ?1, '[\"urn:timetable\"]', ?1)",
            [(NOW - 2 * DAY).isoformat()],
        )
    built(root)
    site = tree(root / "site")
    assert b"A timetable for the winter" in site["newsletter/2026-11-19/index.html"]
    assert site["newsletter/daily/index.html"].index(b"/newsletter/daily/2026-11-21/") < site[
        "newsletter/daily/index.html"
    ].index(b"/newsletter/2026-11-19/")
    assert len(etree.fromstring(site["newsletter/daily/feed.xml"]).findall(".//item")) == 1


def test_an_editors_file_shapes_the_issue_and_is_no_page(tmp_path: Path) -> None:
    root = publication(tmp_path)
    write(
        root / "content/newsletter/2026-11-21.md",
        "---\nsubject: Our own words\nlead: harbour/2026-11-18-ferry.md\n"
        "sponsor: {text: Ropes, url: 'https://rope.example', image: {src: ../images/quay.png, alt: Quay}}\n"
        "---\n"
        "Read about [the timetable](../town/2026-11-19-timetable.md).\n",
    )
    at = desk(root)
    with pytest.raises(PublishError, match=r"content/newsletter/2026-11-21\.md:3: lead: this issue holds no"):
        freeze_digest(at, editions(at.place.publication)[0], early=False, sendable=True)
    text = (root / "content/newsletter/2026-11-21.md").read_text()
    write(
        root / "content/newsletter/2026-11-21.md",
        text.replace("harbour/2026-11-18-ferry.md", "town/2026-11-20-market.txt"),
    )
    digest = sent(root)
    assert digest.letter
    assert digest.letter.subject == "Our own words"
    assert 'href="https://ledger.example.org/2026/11/timetable/"' in digest.letter.html
    assert "https://rope.example" in digest.letter.text
    built(root)
    site = tree(root / "site")
    assert not any("Our own words" in path or "newsletter/2026" in path for path in site)
    assert "Our own words" in site["newsletter/daily/feed.json"].decode()
    page = site["newsletter/daily/2026-11-21/index.html"].decode()
    own = re.findall(r'(?:src|href)="/([^"]*)"', page)
    assert len(own) > 3
    for path in own:
        assert path in site or f"{path}index.html" in site


def test_mistakes_in_editors_files_stop_the_build_with_their_line(tmp_path: Path) -> None:
    root = publication(tmp_path)
    write(root / "content/newsletter/2026-12-24.md", "---\nsubjct: x\n---\n")
    write(root / "content/newsletter/2026-12-2S.md", "x\n")
    with pytest.raises(Problems) as caught:
        built(root)
    assert [problem.where for problem in caught.value.problems] == [
        "content/newsletter/2026-12-24.md:2",
        "content/newsletter/2026-12-2S.md",
    ]


def test_an_intro_that_leads_nowhere_is_not_sent(tmp_path: Path) -> None:
    root = publication(tmp_path)
    write(root / "content/newsletter/2026-11-21.md", "Good.\n\nSee [this](none.md).\n")
    with pytest.raises(PublishError, match=r"content/newsletter/2026-11-21\.md:3: LK001"):
        frozen(root)
    assert issues(root) == ()


def test_a_mail_needs_a_sender_and_a_way_to_leave(tmp_path: Path) -> None:
    root = make(tmp_path)
    with pytest.raises(PublishError, match="no sender"):
        frozen(root)
    write(root / "publish.toml", CONFIGURATION + '[newsletter]\nsender = "x@example.org"\n')
    with pytest.raises(PublishError, match="a way to leave"):
        frozen(root)
    assert issues(root) == ()


def test_the_mail_is_spliced_from_the_frozen_one(tmp_path: Path) -> None:
    root = publication(tmp_path)
    digest = frozen(root)
    mail = message_from_bytes(digest_mail(digest, "you@example.org"), policy=policy.default)
    assert mail["To"] == "you@example.org"
    assert mail["List-Id"].endswith("<daily.ledger.example.org>")
    assert mail["Subject"] == digest.letter.subject if digest.letter else False


def test_two_digests_at_once_make_one_issue(tmp_path: Path) -> None:
    root = publication(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: frozen(root), range(4)))
    assert len({digest.planned.row for digest in made}) == 1
    assert len({digest.letter.message for digest in made if digest.letter}) == 1
    assert len(issues(root)) == 1


def test_an_issue_sent_meanwhile_is_not_sent_again(tmp_path: Path) -> None:
    """Between looking and freezing, another program hands the old issue over."""
    root = publication(tmp_path)
    old = frozen(root)
    add(root, "Fresh", NOW + timedelta(hours=9))
    at = desk(root, NOW + DAY)
    (edition,) = editions(at.place.publication)
    stale = next_digest(at, edition, early=False)
    assert len(stale.cards) > 1
    assert old.planned.row
    assert stale.letter
    ledger(root).hand_over(old.planned.row.id, NOW + timedelta(hours=10))
    row = Issued("daily", stale.planned.day, stale.planned.since, at.now, at.now, ())
    assert ledger(root).freeze(row, stale.letter, stale.seen) is None
    assert titles(freeze_digest(at, edition, early=False, sendable=True)) == {"Fresh"}


def test_files_that_cannot_be_written_count_for_nothing(tmp_path: Path) -> None:
    root = publication(tmp_path)
    first = frozen(root)

    def fail() -> None:
        raise OSError

    with pytest.raises(OSError):
        hand_over(desk(root), first, fail)
    assert [row.handed_at for row in issues(root)] == [None]
    assert titles(frozen(root, NOW + DAY)) == titles(first)


@pytest.mark.parametrize("written", [False, True])
def test_killed_while_its_files_are_written(tmp_path: Path, written: bool) -> None:
    root = publication(tmp_path)

    def deliver() -> None:
        if written:
            write(tmp_path / "a.txt", "done")
        os.kill(os.getpid(), signal.SIGKILL)

    first = frozen(root)
    child = os.fork()
    if not child:
        hand_over(desk(root), first, deliver)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    again = frozen(root, NOW + timedelta(hours=1))
    assert again.letter == first.letter
    assert [row.handed_at for row in issues(root)] == [None]


def test_killed_at_any_moment_it_gives_one_issue_and_the_same_bytes(tmp_path: Path) -> None:
    root = publication(tmp_path)
    file = tmp_path / "a.eml"

    def digest() -> None:
        made = frozen(root)

        def deliver() -> None:
            file.write_bytes(digest_mail(made, "a@example.org"))

        hand_over(desk(root), made, deliver)

    begun = time.monotonic()
    digest()
    whole = time.monotonic() - begun
    expected = file.read_bytes()
    for number in range(8):
        file.unlink(missing_ok=True)
        for each in (root / ".publish").glob("ledger*"):
            each.unlink()
        child = os.fork()
        if not child:
            digest()
            os._exit(0)
        time.sleep(whole * (number + 1) / 7)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        digest()
        assert file.read_bytes() == expected
        assert [(row.day.isoformat(), row.superseded_at) for row in issues(root)] == [("2026-11-21", None)]
        assert issues(root)[0].handed_at
