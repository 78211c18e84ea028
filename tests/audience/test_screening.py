"""Addresses at which nobody reads, told by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.audience.screening import ROLES, is_named, is_role


@pytest.mark.parametrize(
    "mailbox",
    [
        "postmaster@example.org",
        "abuse@example.org",
        "no-reply@example.org",
        "noreply+tag@example.org",
        "mailer-daemon@example.org",
        "owner-letter@example.org",
        "letter-request@example.org",
        "letter-bounces+ana=example.com@example.org",
    ],
)
def test_an_address_of_a_role(mailbox: str) -> None:
    assert is_role(mailbox)


@pytest.mark.parametrize(
    "mailbox",
    [
        "info@example.org",
        "sales@example.org",
        "office@example.org",
        "news@example.org",
        "ana.root@example.org",
        "abuse.lima@example.org",
        "request@example.org",
        "-request@example.org",
        "ana@postmaster.example.org",
        "x+postmaster@example.org",
    ],
)
def test_an_address_of_a_person_or_a_trade(mailbox: str) -> None:
    assert not is_role(mailbox)


def test_the_list_is_in_small_letters() -> None:
    assert all(each == each.lower() and "+" not in each and "@" not in each for each in ROLES)


def test_what_is_named_is_the_address_its_domain_or_one_above() -> None:
    assert is_named("ana@mail.example.org", {"ana@mail.example.org"})
    assert is_named("ana@mail.example.org", {"mail.example.org"})
    assert is_named("ana@mail.example.org", {"example.org"})
    assert not is_named("ana@mail.example.org", {"bo@mail.example.org", "ail.example.org", "mail", ""})


@given(st.text(max_size=30), st.text(st.characters(exclude_characters="@"), max_size=30))
def test_no_mailbox_is_too_odd(local: str, domain: str) -> None:
    is_role(f"{local}@{domain}")
    assert is_named(f"{local}@{domain}", {domain})
