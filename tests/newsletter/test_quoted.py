from quopri import decodestring

from hypothesis import example, given
from hypothesis import strategies as st

from publisher.newsletter.quoted import quoted_printable


@example("0=0\x80\x80\U00010000=" + "\x80" * 5 + "\U00010000 \n")
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


MARK = "Mark-of_the-reader-0123456789-abcdef"
WHOLE = {MARK: b"\xfb" * 36, "Other-mark-0123456789-0123456789-abc": b"\xfc" * 36}


@given(st.lists(st.text(max_size=100) | st.sampled_from([*WHOLE, " ", "\t", "=", "\n"]), max_size=8))
def test_marks_stay_whole_wherever_they_stand(pieces: list[str]) -> None:
    text = "".join(pieces)
    encoded = quoted_printable(text, WHOLE)
    for mark, wire in WHOLE.items():
        assert encoded.count(wire) == text.count(mark)
        assert encoded.count(wire[:1]) == 36 * text.count(mark)
        encoded = encoded.replace(wire, mark.encode())
    lines = encoded.split(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert encoded.isascii()
    assert not any(line.endswith((b" ", b"\t")) for line in lines)
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decodestring(encoded).decode().replace("\r\n", "\n") == wanted
