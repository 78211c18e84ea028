from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publisher.render.characters import percent_encode, strip_illegal


def test_only_what_xml_cannot_carry_goes() -> None:
    assert strip_illegal("a\x00b\x0bc\ud800d\ufffee\U0001f600\u200d\t\n") == "ab cde\U0001f600\u200d\t\n"


@given(st.text())
def test_any_text_can_be_carried_by_xml(text: str) -> None:
    element = etree.Element("x")
    element.text = strip_illegal(text)
    assert etree.tostring(element)


def test_an_address_of_any_script_becomes_a_uri() -> None:
    assert percent_encode("https://example.org/größe/?a=1&b=%20#x") == (
        "https://example.org/gr%C3%B6%C3%9Fe/?a=1&b=%20#x"
    )
    assert percent_encode('a "b"<c>\n\ud800') == "a%20%22b%22%3Cc%3E%0A"


def test_each_character_is_told_for_itself() -> None:
    for code in (*range(0x10000), 0x1FFFE, 0x1F600, 0x10FFFF):
        illegal = (
            (code < 0x20 and code not in (9, 10, 13)) or 0xD800 <= code < 0xE000 or 0xFFFE <= code < 0x10000
        )
        assert (strip_illegal(f"a{chr(code)}") == f"a{chr(code)}") is not illegal
