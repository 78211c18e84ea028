"""What a server may say, and what it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.post.replies import MOST, Garbled, Reply, take_reply


def test_replies_are_cut_out_one_after_the_other() -> None:
    buffer = bytearray(b"250-first\r\n250-second\r\n250 last\r\n354 go\n250\r\n55")
    assert take_reply(buffer) == Reply(250, ("first", "second", "last"))
    assert take_reply(buffer) == Reply(354, ("go",))
    assert take_reply(buffer) == Reply(250, ("",))
    assert take_reply(buffer) is None
    assert buffer == b"55"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("550 5.1.1 no such user", "5.1.1"),
        ("550 5.1.1", "5.1.1"),
        ("450 4.2.10 wait", "4.2.10"),
        ("550 4.1.1 of another class", ""),
        ("550 5.1.1.1 no", ""),
        ("250 ok", ""),
    ],
)
def test_enhanced_status_codes(text: str, status: str) -> None:
    reply = take_reply(bytearray(text.encode() + b"\r\n"))
    assert reply and reply.status == status


@pytest.mark.parametrize(
    "raw",
    [
        *(b"hello\r\n", b"25\r\n", b"2500 x\r\n", b"250_x\r\n", b"\r\n", b"099 x\r\n", b"600 x\r\n"),
        *(b"250-a\r\n251 b\r\n", b"250-a\r\nbcd\r\n", "٢٥٠ x\r\n".encode(), b"HTTP/1.1 400 Bad Request\r\n"),
        *(b"250 " + b"x" * 5_000 + b"\r\n", b"250 " + b"x" * 5_000, b"250-x\r\n" * 200),
    ],
)
def test_what_is_no_reply(raw: bytes) -> None:
    with pytest.raises(Garbled):
        take_reply(bytearray(raw))


def test_words_of_a_server_can_be_printed() -> None:
    reply = take_reply(bytearray(b"550 \x1b[2Jno\x00 \xff\x9b\r\n"))
    assert reply and reply.text.isprintable()


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes_in_any_pieces_are_a_reply_or_an_error(raw: bytes, cut: int) -> None:
    def all_of(*pieces: bytes) -> list[Reply | str]:
        buffer, found = bytearray(), list[Reply | str]()
        try:
            for piece in pieces:
                buffer.extend(piece)
                while reply := take_reply(buffer):
                    found.append(reply)
        except Garbled:
            found.append("garbled")
        return found

    assert all_of(raw[:cut], raw[cut:]) == all_of(raw)
    assert len(raw) <= MOST
