import re
from html import unescape

import pytest

from publisher.render.highlight import highlight


@pytest.mark.parametrize("language", ["python", "JSON", "html", "console", "diff"])
def test_the_code_itself_does_not_change(language: str) -> None:
    code = '\n\n$ x = {"a": [1, 2]}  # <b>\n- y\n\n'
    marked = highlight(code, language, "")
    assert unescape(re.sub("<[^>]*>", "", marked)) == code
    assert "style=" not in marked


@pytest.mark.parametrize(("code", "language"), [("x", ""), ("x", "nosuch"), ("x\n" * 20_000, "python")])
def test_what_stays_plain(code: str, language: str) -> None:
    assert highlight(code, language, "") == ""
