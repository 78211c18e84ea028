import pytest

from publisher.errors import PublishError
from publisher.newsletter.headers import Field
from publisher.newsletter.verify import verify_headers, verify_parts

WANTED = (Field("Subject", "a"),)
PART = 'Content-Type: text/{}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n'
WHOLE = (
    'Content-Type: multipart/alternative; boundary="x"\r\n\r\n'
    f"--x\r\n{PART.format('plain', 'a =C3=A9')}--x\r\n{PART.format('html', '<p>b')}--x--\r\n"
).encode()


def test_a_mail_that_says_what_was_meant_passes() -> None:
    verify_headers(b"Subject: a\r\n\r\nbody", WANTED, {"Subject": "a"})
    verify_parts(WHOLE, "a é", "<p>b")


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: a\r\nBcc: x@example.com\r\n\r\nbody",
        b"Subject: b\r\n\r\nbody",
        b"Subject:  a\r\n\r\nbody",
        b"Subject: a\nBcc: x@example.com\r\n\r\nbody",
        b"Subject: \xc3\xa9\r\n\r\nbody",
        b"\r\n\r\nSubject: a",
    ],
)
def test_a_header_that_was_not_meant_stops_the_mail(raw: bytes) -> None:
    with pytest.raises(PublishError, match="headers would not be the intended"):
        verify_headers(raw, WANTED, {"Subject": "a"})


@pytest.mark.parametrize(
    "raw",
    [
        WHOLE.replace(b"<p>b", b"<p>c"),
        WHOLE.replace(b"/plain", b"/html"),
        WHOLE.replace(b"=C3", b"=C4"),
        WHOLE.replace(b"a =", b"\xff ="),
        WHOLE.replace(b"<p>b", b"<p>b\n"),
        WHOLE.replace(b"<p>b", b"<p>b" + b"=\r\n" * 3 + b"-" * 999),
    ],
)
def test_a_part_that_says_something_else_stops_the_mail(raw: bytes) -> None:
    with pytest.raises(PublishError, match="parts would not say"):
        verify_parts(raw, "a é", "<p>b")
