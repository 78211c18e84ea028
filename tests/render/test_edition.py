"""What a reader sees of an article's links and pictures."""

import re

from hypothesis import given
from hypothesis import strategies as st

from publisher.render import edition

_AS_SAID = re.compile(r'\s(?:href|src|poster|alt)="([^"]*)"')
_PIECES = (' href="', ' src="', "\nalt=", '="', '"', " ", "href", "poster", "=", "x", '<a title="', ">")


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_attributes_are_found_from_their_values(html: str) -> None:
    assert edition._SEEN.findall(html) == _AS_SAID.findall(html)
