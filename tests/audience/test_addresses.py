"""An address that mail can go to is read in one form; everything else is refused with a reason."""

import unicodedata

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.addresses import Address, inbox_of, read_address


@pytest.mark.parametrize(
    ("typed", "address", "mailbox"),
    [
        ("reader@example.org", "reader@example.org", "reader@example.org"),
        ("  Ana.Lund@Example.ORG\t", "Ana.Lund@example.org", "ana.lund@example.org"),
        ("ana+news@example.org", "ana+news@example.org", "ana+news@example.org"),
        ("post@bücher.example", "post@xn--bcher-kva.example", "post@xn--bcher-kva.example"),
        ("post@XN--BCHER-KVA.example", "post@xn--bcher-kva.example", "post@xn--bcher-kva.example"),
        ("post@ＥＸＡＭＰＬＥ.org", "post@example.org", "post@example.org"),
        ("Zoe\u0308@example.org", "Zo\u00eb@example.org", "zo\u00eb@example.org"),
        ("ÄRGER@example.org", "ÄRGER@example.org", "ärger@example.org"),
        ("Straße@example.org", "Straße@example.org", "straße@example.org"),
        ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v", "用户@xn--fsqu00a.xn--4rr70v"),
        ("=1+1@example.org", "=1+1@example.org", "=1+1@example.org"),
    ],
)
def test_an_address_and_the_form_its_spellings_share(typed: str, address: str, mailbox: str) -> None:
    assert read_address(typed) == Address(address, mailbox)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "must have an @-sign"),
        ("reader", "must have an @-sign"),
        ("@example.org", "something before the @-sign"),
        ("reader@", "something after the @-sign"),
        ("a@b@example.org", "invalid characters"),
        ("a@example.org, b@example.org", "invalid characters"),
        ('"a b"@example.org', "quoting"),
        ("a(comment)@example.org", "invalid characters before"),
        ("a@[127.0.0.1]", "IP address"),
        ("a@[IPv6:::1]", "IP address"),
        ("Ana <a@example.org>", "display name"),
        ("a..b@example.org", "two periods"),
        (".a@example.org", "period"),
        ("a@example.org.", "period"),
        ("a@localhost", "should have a period"),
        ("a@printer.local", "special-use"),
        ("a@-example.org", "hyphen"),
        ("a@xn--a.org", "IDNA"),
        ("a\x00b@example.org", "invalid characters"),
        ("a@example.org\r\nBcc: b@example.org", "invalid characters"),
        ("a\u202eb@example.org", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b@example.org", "LEFT-TO-RIGHT ISOLATE"),
        ("a\u200db@example.org", "ZERO WIDTH JOINER"),
        ("\ud800@example.org", "unsafe"),
        ("a" * 65 + "@example.org", "too long"),
        ("a" * 488 + "@example.org", "too long: 500 characters"),
        ("a@" + "b." * 250 + "org", "too long"),
        ("@" * 1_000_000, "too long: 1,000,000"),
    ],
)
def test_what_is_refused_is_told_why_without_repeating_it(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        read_address(typed)
    assert len(typed) < 3 or typed not in str(refused.value)
    assert len(str(refused.value)) < 200
    assert "\n" not in str(refused.value)


@given(st.emails())
@settings(max_examples=60)
def test_reading_again_changes_nothing(typed: str) -> None:
    try:
        once = read_address(typed)
    except ValueError:
        return
    assert read_address(once.address) == once
    assert read_address(once.mailbox).mailbox == once.mailbox
    assert read_address(typed.upper()).mailbox == once.mailbox


@given(
    st.text(alphabet='aZ9.+-_ß!"@ ', min_size=1, max_size=70),
    st.sampled_from(
        ["example.org", "EXAMPLE.org", "a..org", "-a.org", "xn--a.org", "a" * 64 + ".org", "localhost"]
    ),
)
@settings(max_examples=300)
def test_the_short_way_is_the_librarys_way(local: str, domain: str) -> None:
    typed = f"{local}@{domain}"
    try:
        expected = validate_email(typed.strip(), check_deliverability=False, strict=True)
    except EmailNotValidError:
        with pytest.raises(ValueError, match=r"[a-z]"):
            read_address(typed)
        return
    assert read_address(typed).address == f"{expected.local_part}@{expected.ascii_domain.lower()}"


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=200)
def test_any_text_is_an_address_or_refused(local: str) -> None:
    try:
        found = read_address(f"{local}@example.org")
    except ValueError:
        return
    assert found.mailbox == unicodedata.normalize("NFC", found.mailbox)
    kinds = {unicodedata.category(letter) for letter in found.address}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})


@pytest.mark.parametrize(
    ("mailbox", "inbox"),
    [
        ("ana@example.org", "ana@example.org"),
        ("ana+1@example.org", "ana@example.org"),
        ("ana+1+2@example.org", "ana@example.org"),
        ("+1@example.org", "+1@example.org"),
        ("a.n.a@example.org", "a.n.a@example.org"),
        ("a.n.a+x@gmail.com", "ana@gmail.com"),
        ("ana@googlemail.com", "ana@gmail.com"),
    ],
)
def test_many_addresses_are_one_inbox(mailbox: str, inbox: str) -> None:
    assert inbox_of(mailbox) == inbox
