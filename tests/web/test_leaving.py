"""How readers leave, choose, take their data and have it deleted: rules S01 to S04, S10 and S12."""

import json
from datetime import timedelta

import pytest

from publisher.audience.addresses import read_address
from publisher.audience.subscriber import Consent, Newcomer
from publisher.audience.tokens import PREFERENCES, leaving
from publisher.errors import PublishError
from publisher.store.roster import Roster
from tests.web.servers import FORM, Endpoint, link

ONE_CLICK = b"List-Unsubscribe=One-Click"
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
MULTIPART = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
    f"One-Click\r\n--{BOUNDARY}--\r\n"
).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (ONE_CLICK, FORM["Content-Type"]),
        (MULTIPART, f"multipart/form-data; boundary={BOUNDARY}"),
        (ONE_CLICK, "application/x-www-form-urlencoded; charset=utf-8"),
        (b"", ""),
    ],
    ids=["urlencoded", "multipart", "charset", "empty"],
)
def test_one_click_is_enough_and_may_come_again(web: Endpoint, body: bytes, kind: str) -> None:
    """S02, S03; RFC 8058, section 3.1 and 3.2: 200, no cookie, no redirection."""
    reader = web.add(f"click{len(kind)}{len(body)}@example.org")
    path = f"/u/{web.token(leaving('tide'), reader.id, timedelta(days=900))}"
    answers = [web.ask("POST", path, body, {"Content-Type": kind} if kind else {}) for _ in range(3)]
    for answer in answers:
        assert answer.status == 200
        assert not {"set-cookie", "location", "www-authenticate"} & set(answer.names)
    assert answers[1].status == answers[2].status
    known = web.reader(reader.address)
    assert known
    assert (known.state, known.newsletters) == ("unsubscribed", ())
    acts = [(each.act, each.how) for each in Roster(web.ledger).consents(reader.id)]
    assert acts[1:] == [("unsubscribed", "one-click" if body else "form")]


def test_one_click_leaves_one_newsletter(web: Endpoint) -> None:
    reader = web.add("two@example.org", "tide", "week")
    path = f"/u/{web.token(leaving('tide'), reader.id)}"
    page = web.get(path)
    assert "Leave The Morning Tide?" in page.text
    assert "Leave everything" in page.text
    clicked = web.ask("POST", path, ONE_CLICK, FORM)
    assert "You have left The Morning Tide" in clicked.text
    assert "/p/" not in clicked.text
    assert "You still get The Week." in web.post(path).text
    known = web.reader(reader.address)
    assert known
    assert (known.state, known.newsletters) == ("confirmed", ("week",))
    assert "You have left The Morning Tide" in web.get(path).text


def test_the_page_offers_to_leave_everything(web: Endpoint) -> None:
    reader = web.add("all@example.org", "tide", "week")
    done = web.post(f"/u/{web.token(leaving('week'), reader.id)}", {"leave": "all"})
    assert "You have left" in done.text
    known = web.reader(reader.address)
    assert known
    assert (known.state, known.newsletters) == ("unsubscribed", ())


def test_who_left_by_mistake_comes_back_by_the_link_on_the_page(web: Endpoint) -> None:
    reader = web.add("regret@example.org")
    done = web.post(f"/u/{web.token(leaving('tide'), reader.id)}")
    back = next(each for each in done.links if each.startswith("/p/"))
    assert "At present you get nothing" in web.get(back).text
    saved = web.post(back, {"newsletter": "tide"})
    assert "Saved." in saved.text
    known = web.reader(reader.address)
    assert known
    assert (known.state, known.newsletters) == ("confirmed", ("tide",))


def test_a_newsletter_that_is_no_more_can_be_left(web: Endpoint) -> None:
    reader = web.add("old@example.org", "tide", "gone")
    path = f"/u/{web.token(leaving('gone'), reader.id)}"
    assert web.get(path).status == 200
    assert web.ask("POST", path, ONE_CLICK, FORM).status == 200
    known = web.reader(reader.address)
    assert known
    assert known.newsletters == ("tide",)


def test_a_link_of_somebody_who_was_forgotten_still_answers(web: Endpoint) -> None:
    for number in (0, 2**47):
        path = f"/u/{web.token(leaving('tide'), number)}"
        assert (web.get(path).status, web.ask("POST", path, ONE_CLICK, FORM).status) == (200, 200)


def test_settings_are_what_one_gets_and_in_which_language(web: Endpoint) -> None:
    reader = web.add("choice@example.org", "tide")
    path = f"/p/{web.token(PREFERENCES, reader.id)}"
    page = web.get(path)
    assert 'value="tide" checked' in page.text
    assert 'value="week" checked' not in page.text
    saved = web.post(path, {"newsletter": ["week", "no-such"], "language": "de"})
    assert '<html lang="de" dir="ltr">' in saved.text
    assert "Gespeichert." in saved.text
    known = web.reader(reader.address)
    assert known
    assert (known.newsletters, known.language) == (("week",), "de")
    web.post(path, {"newsletter": ["week"], "language": "xx-pirate"})
    again = web.reader(reader.address)
    assert again
    assert again.language == "de"


def test_right_to_left_pages_keep_addresses_in_order(web: Endpoint) -> None:
    reader = web.add("rtl@example.org")
    path = f"/p/{web.token(PREFERENCES, reader.id)}"
    page = web.post(path, {"newsletter": "tide", "language": "ar"})
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "\u2068rtl@example.org\u2069" in page.text


def test_choosing_nothing_is_to_leave(web: Endpoint) -> None:
    reader = web.add("nothing@example.org", "tide", "week")
    page = web.post(f"/p/{web.token(PREFERENCES, reader.id)}", {"language": ""})
    assert "At present you get nothing" in page.text
    known = web.reader(reader.address)
    assert known
    assert (known.state, known.newsletters) == ("unsubscribed", ())


def test_everything_that_is_known_can_be_taken_along(web: Endpoint) -> None:
    """S12; GDPR, articles 15 and 20."""
    reader = web.add("data@example.org")
    path = f"/p/{web.token(PREFERENCES, reader.id)}/export"
    assert web.get(path).status == 405
    answer = web.post(path)
    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    found = json.loads(answer.body)
    assert (found["schema"], found["email"], found["newsletters"]) == (1, "data@example.org", ["tide"])
    assert [each["act"] for each in found["consents"]] == ["imported"]


def test_erasing_is_asked_twice_and_leaves_only_a_mark(web: Endpoint) -> None:
    """S10, S12."""
    reader = web.add("erased@example.org")
    path = f"/p/{web.token(PREFERENCES, reader.id)}"
    asked = web.post(f"{path}/erase")
    assert "Delete everything about you?" in asked.text
    assert web.reader(reader.address) == reader
    done = web.post(f"{path}/erase", {"sure": "yes"})
    assert "Everything is deleted" in done.text
    assert web.reader(reader.address) is None
    assert web.get(path).status == 404
    for table in ("subscribers", "consents", "subscriptions", "signups"):
        assert not any("erased@" in str(row) for row in web.rows(f"SELECT * FROM {table}"))  # noqa: S608
    newcomer = Newcomer(read_address("erased@example.org"), ("tide",))
    with pytest.raises(PublishError, match="forgotten"):
        web.readers.add(newcomer, Consent(web.now, "imported", "import"), confirmed=True)


def test_the_link_to_ones_settings_comes_by_mail(web: Endpoint) -> None:
    """S12: who has no mail at hand; the answer is the same for everybody."""
    web.add("lost@example.org")
    answers = [
        web.post("/mine", {"email": f"{name}@example.org", "shown": web.stamp()}, "192.0.2.99")
        for name in ("lost", "nobody")
    ]
    assert answers[0].body == answers[1].body
    (mail,) = web.mails("lost@example.org")
    assert "Settings" in web.get(link(mail)).text or "settings" in web.get(link(mail)).text
    assert web.mails("nobody@example.org") == []
    web.post("/mine", {"email": "lost@example.org", "shown": web.stamp()}, "192.0.2.99")
    assert len(web.mails("lost@example.org")) == 1


def test_what_was_left_gets_no_mail_from_then_on(web: Endpoint) -> None:
    """S04: what the sender asks right before each mail."""
    reader = web.add("soon@example.org", "tide", "week")
    due = (
        "SELECT count(*) FROM subscribers s JOIN subscriptions n ON n.subscriber = s.id"
        " WHERE s.id = ? AND n.newsletter = 'tide' AND s.state = 'confirmed'"
    )
    assert web.rows(due, reader.id) == [(1,)]
    web.ask("POST", f"/u/{web.token(leaving('tide'), reader.id)}", ONE_CLICK, FORM)
    assert web.rows(due, reader.id) == [(0,)]
