"""Rows of lists of readers: found by the usual headers, read in full or refused with a reason."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from publisher.audience.columns import Origin, headless, read_header
from publisher.audience.listed import Listed, Listing, read_language, read_name, read_row

KNOWN = ("daily", "weekly")


def read(header: Sequence[str], cells: Sequence[str], origin: Origin | None = None) -> Listed:
    return read_row(cells, Listing(read_header(header, origin), KNOWN, ("daily",)))


def word(status: str) -> str:
    return read(["email", "status"], ["a@example.org", status]).state


def test_a_row_in_full() -> None:
    header = "E-Mail Address,First Name,Last-Name,Locale,Time Zone,Status,Newsletters,Created_At,Consent At"
    cells = (
        "Ana@Example.org,Ana,Lund,en_gb,Europe/Oslo,Active,Weekly; daily,2024-03-02,2024-03-03T10:00+01:00"
    )
    found = read(header.split(","), cells.split(","))
    who = found.newcomer
    assert (who.address.address, who.address.mailbox) == ("Ana@example.org", "ana@example.org")
    assert (who.name, who.language, who.time_zone) == ("Ana Lund", "en-GB", "Europe/Oslo")
    assert (who.newsletters, found.state) == (("daily", "weekly"), "confirmed")
    assert found.joined == datetime(2024, 3, 2, tzinfo=UTC)
    assert found.agreed == datetime(2024, 3, 3, 9, tzinfo=UTC)
    assert found.left is None


@pytest.mark.parametrize(
    "header", ["email", "E-Mail", "e_mail", "Email Address", " EMAIL ", "address", "mail"]
)
def test_an_address_in_the_usual_spellings(header: str) -> None:
    assert read([header, "Name"], ["a@example.org", "A"]).newcomer.address.address == "a@example.org"


def test_a_postal_address_beside_is_not_taken_for_one() -> None:
    found = read(["Address", "Email Address"], ["4 Customs Quay", "a@example.org"])
    assert found.newcomer.address.address == "a@example.org"


def test_headers() -> None:
    assert read_header(["email", "shoe size", ""]).ignored == ("shoe size",)
    with pytest.raises(ValueError, match="no column holds addresses"):
        read_header(["name", "shoe size"])
    with pytest.raises(ValueError, match="two columns are called 'email'"):
        read_header(["Email", "e-mail"])
    with pytest.raises(ValueError, match="no export of ghost: it has no column 'subscribedtoemails'"):
        read_header(["email"], "ghost")
    assert headless(["email", "name"]) is None
    first = headless(["Ana", "ana@example.org"])
    assert first and first.places == {"email": 1}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("", "confirmed"),
        ("Subscribed", "confirmed"),
        ("enabled", "confirmed"),
        ("past_due", "confirmed"),
        ("pending", "unconfirmed"),
        ("Unsubscribed", "unsubscribed"),
        ("blocklisted", "unsubscribed"),
        ("Opted Out", "unsubscribed"),
        ("cleaned", "bounced"),
        ("complained", "complained"),
    ],
)
def test_words_for_states(status: str, state: str) -> None:
    assert word(status) == state


def test_tags_are_for_anything_and_newsletters_are_not() -> None:
    tagged = read(["email", "tags"], ["a@example.org", '"vip","Weekly"'])
    assert tagged.newcomer.newsletters == ("weekly",)
    assert read(["email", "tags"], ["a@example.org", "vip"]).newcomer.newsletters == ("daily",)
    with pytest.raises(ValueError, match=r"no newsletter 'wekly' \(did you mean 'weekly'\?\)"):
        read(["email", "newsletters"], ["a@example.org", "wekly"])


@pytest.mark.parametrize(
    ("header", "cells", "reason"),
    [
        ("email", "", "must have an @-sign"),
        ("email,status", "a@example.org,whatever", "status 'whatever' is not known"),
        ("email,created_at", "a@example.org,31/31/2026", "'31/31/2026' is no date"),
        ("email,created_at", "a@example.org,0001-01-01", "is no date"),
        ("email,language", "a@example.org,English please", "is no language"),
        ("email,time_zone", "a@example.org,../../etc/passwd", "is no time zone"),
        ("email,time_zone", "a@example.org,Europe", "is no time zone"),
        ("email,unsubscribed", "a@example.org,perhaps", "neither yes nor no"),
        ("email,name", "a@example.org," + "x" * 201, "201 characters"),
        ("email,name", "a@example.org,Lund,Ana", "3 cells, the header has 2"),
    ],
)
def test_what_cannot_be_read_is_told(header: str, cells: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(header.split(","), cells.split(","))


@pytest.mark.parametrize(
    "column", ["status", "created_at", "language", "time_zone", "newsletters", "unsubscribed"]
)
def test_a_reason_never_holds_an_address(column: str) -> None:
    with pytest.raises(ValueError, match="an address") as refused:
        read(["email", column], ["a@example.org", "secret.person@example.org"])
    assert "secret" not in str(refused.value)


def test_names_on_one_line_without_what_steers() -> None:
    assert read_name(" Ana\r\nBcc: \u202eLund\x1b[31m\u2066 ") == "Ana Bcc: Lund [31m"
    assert read_name("Zoe\u0308") == "Zo\u00eb"
    assert read_name("علی\u200cرضا") == "علی\u200cرضا"
    assert read_language("zh-Hans") == "zh-Hans"


@pytest.mark.parametrize(
    ("origin", "header", "cells", "state", "joined"),
    [
        ("listmonk", "uuid,email,name,attributes,status,created_at,updated_at",
         "1,a@example.org,A,{},enabled,2024-01-02 03:04:05.678901+00:00,2025-01-01", "confirmed", 2024),
        ("listmonk", "uuid,email,name,attributes,status,created_at,updated_at",
         "1,a@example.org,A,{},blocklisted,2024-01-02 03:04:05+00:00,2025-01-01", "unsubscribed", 2024),
        ("ghost", "id,email,name,note,subscribed_to_emails,complimentary_plan,deleted_at,created_at,labels",
         "1,a@example.org,A,,true,false,,2023-05-06T07:08:09.000Z,vip", "confirmed", 2023),
        ("ghost", "id,email,name,note,subscribed_to_emails,complimentary_plan,deleted_at,created_at,labels",
         "1,a@example.org,A,,false,false,,2023-05-06T07:08:09.000Z,vip", "unsubscribed", 2023),
        ("mailchimp", "Email Address,First Name,Last Name,Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,TAGS",
         "a@example.org,A,B,4 Quay,2,,2021-02-03 04:05:06,", "confirmed", 2021),
        ("mailchimp", "Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,UNSUB_TIME,UNSUB_REASON",
         "a@example.org,2,,2021-02-03 04:05:06,2022-01-01 00:00:00,no longer", "unsubscribed", 2021),
        ("mailchimp", "Email Address,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,CLEAN_TIME",
         "a@example.org,2,,2021-02-03 04:05:06,2022-01-01 00:00:00", "bounced", 2021),
        ("buttondown", "email,notes,type,tags,creation_date",
         "a@example.org,,regular,,2022-03-04", "confirmed", 2022),
        ("buttondown", "email,notes,type,tags,creation_date",
         "a@example.org,,complained,,2022-03-04", "complained", 2022),
        ("substack", "email,active_subscription,expiry,plan,email_disabled,created_at",
         "a@example.org,false,,free,false,2022-03-04T05:06:07.890Z", "confirmed", 2022),
        ("substack", "email,active_subscription,expiry,plan,email_disabled,created_at",
         "a@example.org,true,,free,true,2022-03-04T05:06:07.890Z", "unsubscribed", 2022),
    ],
)  # fmt: skip
def test_exports_of_other_programs(origin: Origin, header: str, cells: str, state: str, joined: int) -> None:
    found = read(header.split(","), cells.split(","), origin)
    assert found.state == state
    assert found.joined and found.joined.year == joined
    assert (found.agreed is not None) == (origin == "mailchimp")
    assert (found.left is not None) == (origin == "mailchimp" and state != "confirmed")
