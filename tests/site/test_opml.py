import lxml.etree

from publisher.settings import Publication
from publisher.site.feeds import Feed
from publisher.site.opml import opml


def test_a_feed_reader_finds_every_feed() -> None:
    publication = Publication(title='Quay & "Co" <x>', base_url="https://zürich.example/news")
    feeds = [Feed("All", "/", "/", ()), Feed("Sport & games", "/section/sport/", "/section/sport/", ())]
    output = opml(feeds, publication)
    root = lxml.etree.fromstring(output.content)
    assert output.path == "feeds.opml"
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == 'Quay & "Co" <x>'
    assert [dict(each.attrib) for each in root.iter("outline")] == [
        {
            "type": "rss",
            "text": name,
            "xmlUrl": f"https://xn--zrich-kva.example/news{path}feed.xml",
            "htmlUrl": f"https://xn--zrich-kva.example/news{path}",
        }
        for name, path in (("All", "/"), ("Sport & games", "/section/sport/"))
    ]
