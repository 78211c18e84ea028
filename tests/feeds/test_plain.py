"""Characters that a feed's readers do not take, one by one."""

from publisher.feeds.plain import fit


def test_each_character_is_told_for_itself() -> None:
    for code in (*range(0x10000), 0x1F600, 0x1FFFD, 0x1FFFE, 0x1FFFF, 0x10FFFF):
        control = (code < 0x20 and code not in (9, 10, 13)) or 0x7F <= code < 0xA0
        none = 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or (code & 0xFFFF) >= 0xFFFE
        fine = not control and not none and code != 0xFFFD
        assert (fit(f"a{chr(code)}") == f"a{chr(code)}") is fine
