from quopri import decodestring

from hypothesis import given
from hypothesis import strategies as st

from publisher.newsletter.quoted import quoted_printable


@given(st.text(max_size=300))
def test_lines_are_short_ascii_and_say_the_same(text: str) -> None:
    encoded = quoted_printable(text)
    lines = encoded.split(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert encoded.isascii()
    assert b"\r" not in encoded.replace(b"\r\n", b"")
    assert b"\n" not in encoded.replace(b"\r\n", b"")
    assert not any(line.endswith((b" ", b"\t")) for line in lines)
    assert b"=_" not in encoded
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decodestring(encoded).decode().replace("\r\n", "\n") == wanted
