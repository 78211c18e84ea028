"""The extension alone, on elements as feedgen hands them over."""

from typing import Any

from lxml import etree

from publisher.feeds.extension import ChannelExtension, add_picture
from publisher.model import Image
from publisher.settings import Publication
from tests.feeds.samples import told


def test_a_channel_without_hub_or_date() -> None:
    root: Any = etree.fromstring(
        "<rss><channel><title>t</title><lastBuildDate>x</lastBuildDate></channel></rss>"
    )
    extension = ChannelExtension()
    extension.channel = told(publication=Publication())
    extension.extend_rss(root)
    assert etree.tostring(root) == b"<rss><channel><title>t</title></channel></rss>"


def test_a_picture_of_unknown_type_without_texts() -> None:
    item: Any = etree.Element("item")
    add_picture(item, Image("https://example.org/picture"))
    (content,) = item
    assert dict(content.attrib) == {"url": "https://example.org/picture", "medium": "image"}
    assert list(content) == []
