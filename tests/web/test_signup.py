"""From the form to a reader who has agreed: rules S01, S05 to S09 and S11, on a real socket."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.subscriber import Consent
from publisher.audience.tokens import CONFIRM
from publisher.store.roster import Roster
from tests.post.servers import KEEP_AND_CLOSE, Script
from tests.web.servers import Endpoint, endpoint, link, plain, read


def test_a_reader_signs_up_and_confirms(web: Endpoint) -> None:
    form = web.get("/subscribe")
    assert form.status == 200
    assert 'value="tide" checked' in form.text
    answer = web.sign_up("Ana.Lima@Example.org", newsletter=["tide", "week"])
    assert (answer.status, "Look into your inbox" in answer.text) == (200, True)
    (mail,) = web.mails("Ana.Lima@example.org")
    reader = web.reader("ana.lima@example.org")
    assert reader
    assert (reader.state, reader.newsletters) == ("unconfirmed", ("tide", "week"))
    page = web.get(link(mail))
    assert "Send The Morning Tide and The Week to Ana.Lima@example.org?" in page.text
    assert web.reader("ana.lima@example.org") == reader
    done = web.post(link(mail))
    assert (done.status, "You are in" in done.text) == (200, True)
    assert web.reader("ana.lima@example.org").state == "confirmed"  # type: ignore[union-attr]  # it is there
    assert web.post(link(mail)).status == 200
    acts = [(each.act, each.how) for each in Roster(web.ledger).consents(reader.id)]
    assert acts == [("asked", "form"), ("confirmed", "form")]


def test_consent_is_put_down_with_its_words_and_its_network(web: Endpoint) -> None:
    """S11."""
    web.sign_up("words@example.org", "203.0.113.77")
    (mail,) = web.mails("words@example.org")
    web.ask("POST", link(mail), headers={"X-Forwarded-For": "2001:db8:1:2:3:4:5:6"})
    reader = web.reader("words@example.org")
    assert reader
    asked, confirmed = Roster(web.ledger).consents(reader.id)
    assert asked.wording == "en: Send me The Morning Tide by e-mail. I can leave at any time with one click."
    assert asked.evidence == "203.0.113.0/24"
    assert confirmed.wording == "en: Send The Morning Tide to words@example.org?"
    assert confirmed.evidence == "2001:db8:1:2::/64"
    assert asked.newsletters == ("tide",)


def test_a_get_changes_nothing_anywhere(web: Endpoint) -> None:
    """S01, S05: link scanners follow every link, and some ask for HEAD."""
    reader = web.add("scanned@example.org", "tide", "week")
    waiting = web.sign_up("scanned-too@example.org")
    assert waiting.status == 200
    (mail,) = web.mails("scanned-too@example.org")
    token = web.token("unsubscribe tide", reader.id)
    preferences = web.token("preferences", reader.id)
    tables = ("subscribers", "subscriptions", "consents", "suppressions", "departures", "signups")

    def kept() -> list[object]:
        return [web.rows(f"SELECT * FROM {table}") for table in tables]  # noqa: S608  (our own tables)

    before = kept()
    paths = [link(mail), f"/u/{token}", f"/p/{preferences}", f"/p/{preferences}/erase"]
    paths += ["/subscribe", "/mine", f"/p/{preferences}/export"]
    for path in paths:
        for query in ("", "?confirm=true", "?List-Unsubscribe=One-Click", "?sure=yes"):
            for method in ("GET", "HEAD"):
                assert web.ask(method, path + query).status in {200, 405}
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            assert web.ask(method, path).status == 405
    assert kept() == before


def test_the_answer_is_the_same_whoever_asks(web: Endpoint) -> None:
    """S06: new, known, left, bounced, complained, hopeless."""
    for state in ("confirmed", "unsubscribed", "bounced", "complained"):
        reader = web.add(f"{state}@example.org")
        consent = Consent(web.now, "bounced", "test")
        if state == "unsubscribed":
            web.readers.unsubscribe(reader.id, consent)
        elif state != "confirmed":
            web.readers.silence(reader.id, state, consent)
    web.readers.suppress(
        read_address("blocked@example.org"), "manual", Consent(web.now, "unsubscribed", "test")
    )
    names = ("new", "confirmed", "unsubscribed", "bounced", "complained", "blocked", "no.such.domain")
    for path in ("/subscribe", "/mine"):
        answers = [
            web.post(
                path,
                {"email": f"{name}@example.org", "newsletter": "tide", "shown": web.stamp()},
                f"198.51.{n}.1",
            )
            for n, name in enumerate(names)
        ]
        assert len({(each.status, each.body, tuple(each.names)) for each in answers}) == 1
        assert "example.org</p>" not in answers[0].text
    sent = {each.recipient.partition("@")[0] for each in web.mails() if "@example.org" in each.recipient}
    assert {"new", "confirmed", "unsubscribed", "bounced"} <= sent
    assert sent.isdisjoint({"complained", "blocked"})


def test_who_reads_already_gets_the_link_to_his_settings(web: Endpoint) -> None:
    reader = web.add("known@example.org")
    web.sign_up("known@example.org", newsletter=["week"])
    (mail,) = web.mails("known@example.org")
    assert link(mail).startswith("/p/")
    assert web.reader("known@example.org") == reader


def test_one_confirmation_a_day_and_three_ever(tmp_path: Path) -> None:
    """S07; erasing does not begin the count anew."""
    with endpoint(tmp_path) as web:
        counts = []
        for day in range(6):
            web.ahead = timedelta(days=day, hours=day)
            for turn in range(3):
                web.sign_up("Bombed@example.org" if turn else "bombed@example.org", f"192.0.2.{day}")
                web.settled()
            counts.append(len(web.mails()))
            if day == 1 and (reader := web.reader("bombed@example.org")):
                web.readers.forget(reader.id, web.now)
        assert counts == [1, 2, 3, 3, 3, 3]
        assert web.rows("SELECT count(*) FROM signups") == [(0,)]


def test_nobody_gets_anything_but_the_confirmation_before_he_confirms(web: Endpoint) -> None:
    web.sign_up("unsure@example.org")
    web.settled()
    web.post("/mine", {"email": "unsure@example.org", "shown": web.stamp()}, "192.0.2.1")
    assert [link(each)[:3] for each in web.mails("unsure@example.org")] == ["/c/"]


def test_the_mail_says_nothing_that_a_stranger_wrote(web: Endpoint) -> None:
    """S08, and what the mail has to be (M01 to M34, as far as they are about it)."""
    web.sign_up("plain@example.org", name="Buy now http://spam.example", subject="x", language="Buy")
    (taken,) = web.mails("plain@example.org")
    mail = read(taken)
    assert b"Buy" not in taken.message
    assert b"spam" not in taken.message
    assert re.fullmatch(r"b\+0\.\d+\.[a-z0-9]{17}@bounces\.example\.org", taken.sender)
    assert mail["From"] == "The Harbour Ledger <tide@ledger.example.org>"
    assert mail["To"] == "plain@example.org"
    assert mail["Subject"] == "Please confirm: The Harbour Ledger"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"].endswith("<tide.ledger.example.org>")
    assert mail["Message-ID"].endswith("@ledger.example.org>")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]  # just seen
    for text in (plain(taken), html):
        assert "The Morning Tide" in text
        assert "1 Quay Street" in text
        assert link(taken) in text
    assert "<img" not in html
    assert max(map(len, taken.message.split(b"\r\n"))) <= 76


def test_a_link_to_confirm_is_good_for_a_week(web: Endpoint) -> None:
    web.sign_up("late@example.org")
    web.settled()
    reader = web.reader("late@example.org")
    assert reader
    old = web.token(CONFIRM, reader.id, timedelta(days=7, minutes=2))
    assert (web.get(f"/c/{old}").status, web.post(f"/c/{old}").status) == (410, 410)
    assert web.reader("late@example.org") == reader
    young = web.token(CONFIRM, reader.id, timedelta(days=6, hours=23))
    assert web.post(f"/c/{young}").status == 200


@pytest.mark.parametrize(
    "token", ["", "x", "a" * 36, "../etc/passwd", "%00" * 12, "ä" * 36, "A" * 5000], ids=lambda each: each[:8]
)
def test_links_that_are_none_of_ours_are_told_so(web: Endpoint, token: str) -> None:
    for path in ("/c/", "/u/", "/p/"):
        for method in ("GET", "POST"):
            answer = web.ask(method, path + quote(token, "/%."))
            assert answer.status == 404


def test_a_token_opens_one_door_only(web: Endpoint) -> None:
    reader = web.add("doors@example.org")
    for purpose, own in (("confirm", "/c/"), ("unsubscribe tide", "/u/"), ("preferences", "/p/")):
        token = web.token(purpose, reader.id)
        for door in {"/c/", "/u/", "/p/"} - {own}:
            assert web.post(door + token).status == 404
    assert web.reader("doors@example.org") == reader


def test_the_form_of_the_site_leads_to_one_with_a_button(web: Endpoint) -> None:
    answer = web.post("/subscribe", {"email": "static@example.org"})
    assert (answer.status, "One more click" in answer.text) == (200, True)
    assert 'value="static@example.org"' in answer.text
    assert web.reader("static@example.org") is None
    for age in (0.0, 86_460.0):
        assert "One more click" in web.sign_up("static@example.org", shown=web.stamp(age)).text
    forged = web.stamp()[:-1] + ("0" if web.stamp()[-1] != "0" else "1")
    assert "One more click" in web.sign_up("static@example.org", shown=forged).text
    assert web.mails("static@example.org") == []


def test_a_robot_is_told_what_everybody_is_told(web: Endpoint) -> None:
    """The field that nobody sees."""
    honest = web.sign_up("honest@example.org", "192.0.2.200")
    robot = web.sign_up("robot@example.org", "192.0.2.200", topic="https://spam.example")
    assert (robot.status, robot.body) == (honest.status, honest.body)
    assert web.mails("robot@example.org") == []


@pytest.mark.parametrize(
    "address",
    ["", "ana", "ana@", "ana@localhost", 'a"b@example.org\r\nBcc: x@y.example', "x" * 400 + "@example.org"],
)
def test_an_address_that_is_none_is_shown_again(web: Endpoint, address: str) -> None:
    answer = web.sign_up(address, "192.0.2.210")
    assert (answer.status, 'role="alert"' in answer.text) == (422, True)
    assert "\r\nBcc" not in answer.text.partition("<form")[0]


def test_what_a_stranger_enters_stays_text(web: Endpoint) -> None:
    answer = web.sign_up('"><script>alert(1)</script>@example.org', "192.0.2.220")
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_newsletter_has_to_be_chosen(web: Endpoint) -> None:
    answer = web.sign_up("choosy@example.org", "192.0.2.230", newsletter=["no-such"])
    assert (answer.status, "Choose at least one" in answer.text) == (422, True)


def test_a_network_that_asks_too_often_has_to_wait(tmp_path: Path) -> None:
    """S09: 20 at once, then one each half minute; its neighbours are not concerned."""
    with endpoint(tmp_path) as web:
        statuses = [web.sign_up(f"r{n}@example.org", f"198.51.100.{n}").status for n in range(25)]
        assert statuses == [200] * 20 + [429] * 5
        refused = web.sign_up("one-more@example.org", "198.51.100.9")
        assert 1 <= int(refused.headers["retry-after"]) <= 30
        assert web.sign_up("neighbour@example.org", "198.51.101.9").status == 200
        # A visitor cannot choose his address: only what the proxy itself adds counts.
        assert web.sign_up("forger@example.org", "8.8.8.8, 198.51.100.9").status == 429
        web.ahead = timedelta(seconds=31)
        assert web.sign_up("patient@example.org", "198.51.100.9").status == 200
        assert web.sign_up("impatient@example.org", "198.51.100.9").status == 429


def test_mails_to_one_domain_are_no_flood(tmp_path: Path) -> None:
    """S09: what is over the limit waits, and goes out later."""
    with endpoint(tmp_path, more="hourly = 100\ndomain_hourly = 30") as web:
        for n in range(12):
            assert web.sign_up(f"r{n}@example.org", f"198.51.{n}.1").status == 200
        assert len(web.mails()) == 3
        assert web.sign_up("elsewhere@example.com", "198.51.99.1").status == 200
        assert len(web.mails("elsewhere@example.com")) == 1
        web.ahead = timedelta(hours=1)
        web.sign_up("wake@example.net", "198.51.98.1")
        assert len(web.mails()) == 8


def test_a_mail_in_doubt_is_sent_once_more_as_the_same_mail(tmp_path: Path) -> None:
    """The server took it, and the connection broke before it could say so."""
    script = Script(say=lambda step, _: KEEP_AND_CLOSE if step == "dot" and not script.taken else "")
    with endpoint(tmp_path, script) as web:
        web.sign_up("doubt@example.org")
        web.settled()
        assert len(web.mails()) == 1
        web.ahead = timedelta(minutes=11)
        web.sign_up("wake@example.net")
        first, second = web.mails("doubt@example.org")
        assert first.message_id == second.message_id
        web.ahead = timedelta(hours=3)
        web.sign_up("wake-again@example.net")
        assert len(web.mails("doubt@example.org")) == 2


def test_a_server_that_is_busy_gets_the_mail_later(tmp_path: Path) -> None:
    script = Script(say=lambda step, _: "451 4.3.0 later" if step == "dot" and len(script.heard) < 8 else "")
    with endpoint(tmp_path, script) as web:
        web.sign_up("greylisted@example.org")
        assert web.mails() == []
        web.ahead = timedelta(minutes=10)
        web.sign_up("wake@example.net")
        assert len(web.mails("greylisted@example.org")) == 1


def test_a_mailbox_that_is_none_ends_it(tmp_path: Path) -> None:
    script = Script(say=lambda step, said: "550 5.1.1 nobody" if step == "RCPT" and "none" in said else "")
    with endpoint(tmp_path, script) as web:
        assert web.sign_up("none@example.org").status == 200
        assert web.mails() == []
        assert web.rows("SELECT count(*) FROM signups") == [(0,)]
