"""A feed of any format -> what a reader gets of each item, to be compared."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from lxml import etree

A = "{http://www.w3.org/2005/Atom}"
C = "{http://purl.org/rss/1.0/modules/content/}"
D = "{http://purl.org/dc/elements/1.1/}"
M = "{http://search.yahoo.com/mrss/}"
Row = dict[str, object]


def read(content: bytes) -> list[Row]:
    """Id, link, title, dates, names, summary, text, picture, original and license of each item."""
    if content.startswith(b"{"):
        return [_json(each) for each in json.loads(content)["items"]]
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
    if root.tag == "rss":
        return [_rss(each) for each in root.iter("item")]
    return [_atom(each) for each in root.iter(f"{A}entry")]


def _row(
    texts: Sequence[str | None], dates: list[datetime], names: list[list[str]], links: dict[str, str]
) -> Row:
    keys = ("id", "link", "title", "summary", "text", "picture")
    published, modified = (date.astimezone(UTC) for date in dates)
    told = dict(zip(keys, (each or "" for each in texts), strict=True))
    return {
        **told, "published": published, "modified": modified, "authors": names[0], "categories": names[1],
        "via": links.get("via", ""), "license": links.get("license", ""),
    }  # fmt: skip


def _rss(item: etree._Element) -> Row:
    picture = item.find(f"{M}content")
    texts = [item.findtext(name) for name in ("guid", "link", "title")]
    texts += [unescape(item.findtext("description") or ""), item.findtext(f"{C}encoded")]
    dates = [
        parsedate_to_datetime(item.findtext("pubDate") or ""),
        datetime.fromisoformat(item.findtext(f"{A}updated") or ""),
    ]
    names = [[each.text or "" for each in item.findall(name)] for name in (f"{D}creator", "category")]
    return _row([*texts, "" if picture is None else picture.get("url")], dates, names, _links(item))


def _atom(entry: etree._Element) -> Row:
    picture = entry.find(f"{M}content")
    links = _links(entry)
    texts = [entry.findtext(f"{A}id"), links["alternate"]]
    texts += [entry.findtext(f"{A}{name}") for name in ("title", "summary", "content")]
    dates = [datetime.fromisoformat(entry.findtext(f"{A}{name}") or "") for name in ("published", "updated")]
    authors = [each.text or "" for each in entry.findall(f"{A}author/{A}name")]
    categories = [each.get("term") or "" for each in entry.findall(f"{A}category")]
    return _row([*texts, "" if picture is None else picture.get("url")], dates, [authors, categories], links)


def _json(item: dict[str, object]) -> Row:
    keys = ("id", "url", "title", "summary", "content_html", "image")
    texts = [str(item.get(name, "")) for name in keys]
    dates = [datetime.fromisoformat(str(item[f"date_{name}"])) for name in ("published", "modified")]
    authors, own = item["authors"], item.get("_syndication")
    assert isinstance(authors, list)
    tags = item["tags"]
    assert isinstance(tags, list)
    license_ = own.get("license", "") if isinstance(own, dict) else ""
    links = {"via": str(item.get("external_url", "")), "license": license_}
    return _row(texts, dates, [[each["name"] for each in authors], tags], links)


def _links(parent: etree._Element) -> dict[str, str]:
    return {link.get("rel") or "": link.get("href") or "" for link in parent.findall(f"{A}link")}
