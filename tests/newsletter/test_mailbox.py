import pytest

from publisher.errors import PublishError
from publisher.newsletter.mailbox import mailbox, reader_mailbox


@pytest.mark.parametrize("address", ["a@b.example", "a.b+c@b-c.example.org", "o'neil@example.org"])
def test_addresses_that_pass(address: str) -> None:
    assert mailbox(address, "recipient") == address
    assert reader_mailbox(address) == address


def test_a_domain_in_other_letters_becomes_ascii_and_stays_the_same_domain() -> None:
    assert mailbox("a@bücher.example", "recipient") == "a@xn--bcher-kva.example"
    assert mailbox("a@BÜCHER.example", "recipient") == "a@xn--bcher-kva.example"
    assert mailbox("a@straße.example", "recipient") == "a@xn--strae-oqa.example"


def test_other_letters_before_the_at_are_for_readers_only() -> None:
    assert reader_mailbox("ü@bücher.example") == "ü@xn--bcher-kva.example"
    with pytest.raises(PublishError, match="only between some mail servers"):
        mailbox("ü@b.example", "sender")


@pytest.mark.parametrize(
    "address",
    ["", "a", "@b.c", "a@", "a@b", "a b@c.de", "a@b.de\r\nBcc: x@y.zz", "a,b@c.de", "<a@b.de>",
     "a@b..de", ".a@b.de", "a@-b.de", "=?a?=@b.de", "a@b.de,c@d.ee", "a@[1.2.3.4]", "a" * 65 + "@b.de",
     "ü\u202e@b.de", "ü\x85@b.de", "ü\xa0@b.de", "ü\ud800@b.de", "ü" * 33 + "@b.de",
     "a@ü\u202e.de", "a@\u2028.de"],
)  # fmt: skip
def test_addresses_that_are_refused(address: str) -> None:
    for read in (reader_mailbox, lambda text: mailbox(text, "recipient")):
        with pytest.raises(PublishError, match="not an e-mail address"):
            read(address)
