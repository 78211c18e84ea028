"""SVG files: pictures pass, whatever runs does not."""

import pytest

from publisher.store.drawings import harmless

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
_DOCTYPE = (
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)


@pytest.mark.parametrize(
    "text",
    [
        _SVG.format(
            'viewBox="0 0 9 9"', "<style>.a{fill:red}</style><g><path d='M0 0h9'/><text>On: 5</text></g>"
        ),
        _SVG.format("", '<a xlink:href="https://example.org/"><text>x</text></a><use xlink:href="#a"/>'),
        _SVG.format(
            "", '<image href="data:image/png;base64,AA=="/><animate attributeName="cx" values="1;2"/>'
        ),
        "<?xml version='1.0' encoding='UTF-8'?>" + _DOCTYPE + _SVG.format("", "<circle r='3'/>"),
    ],
)
def test_pictures(text: str) -> None:
    assert harmless(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        _SVG.format("onload='alert(1)'", ""),
        _SVG.format("", "<script>alert(1)</script>"),
        _SVG.format("", '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
        _SVG.format("", "<foreignObject/>"),
        _SVG.format("", '<p xmlns="http://www.w3.org/1999/xhtml">x</p>'),
        _SVG.format("", '<a xlink:href="java&#10;script:alert(1)"><text>x</text></a>'),
        _SVG.format("", '<a href="&#106;AVASCRIPT:alert(1)"/>'),
        _SVG.format("", '<use href="data:image/svg+xml,x"/>'),
        _SVG.format("", '<set attributeName="onclick" to="alert(1)"/>'),
        _SVG.format("", '<animate attributeName=" xlink:href" to="x"/>'),
        "<?xml-stylesheet href='x.xsl' type='text/xsl'?>" + _SVG.format("", ""),
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + _SVG.format("", "&a;"),
        "<svg><p>never closed",
        "",
        "<html><script>alert(1)</script></html>",
    ],
)
def test_what_runs(text: str) -> None:
    assert not harmless(text.encode())


def test_another_encoding_hides_nothing() -> None:
    text = "<?xml version='1.0' encoding='UTF-16'?>" + _SVG.format("", "<script>alert(1)</script>")
    assert not harmless(text.encode("utf-16"))
    assert not harmless(
        _SVG.format("", "").replace("<svg", "<?xml version='1.0' encoding='x-no'?><svg").encode()
    )
