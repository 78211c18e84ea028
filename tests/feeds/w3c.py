"""What the W3C feed validator finds in RSS and Atom, written anew from its rules: errors and warnings alike.

Sources: RFC 4287, RSS 2.0.11, Media RSS 1.5.1, and the messages that validator.w3.org/feed/docs lists. Of
namespaces only that of tombstones may be unknown to it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html.entities import name2codepoint
from itertools import pairwise
from urllib.parse import urlsplit

import html5lib
from lxml import etree

A = "{http://www.w3.org/2005/Atom}"
C = "{http://purl.org/rss/1.0/modules/content/}"
D = "{http://purl.org/dc/elements/1.1/}"
M = "{http://search.yahoo.com/mrss/}"
T = "{http://purl.org/atompub/tombstones/1.0}"
PREFIXES = {
    "content": C, "dc": D, "media": M, "fh": "{http://purl.org/syndication/history/1.0}", "at": T,
    "atom": A, "xml": "{http://www.w3.org/XML/1998/namespace}",
}  # fmt: skip


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BAD = re.compile("[\x80-\x9f\ufffd]")
_URI = re.compile(r"[a-zA-Z][0-9a-zA-Z+.-]*:(?://)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
_URN = re.compile(r"urn:[a-zA-Z0-9][a-zA-Z0-9-]{1,31}:(?:[a-zA-Z0-9()+,.:=@;$_!*'-]|%[0-9A-Fa-f]{2})+")
_UUID = re.compile(r"urn:uuid:[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}")
_SCHEMES = {"http", "https", "urn", "tag", "mailto"}
_RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"\d{4} \d\d:\d\d(:\d\d)? ([+-]\d\d[03]0|GMT)"
)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d*)?(Z|[+-]\d\d:\d\d)")
_MAIL = re.compile(r"[A-Za-z0-9_+.'-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
_MIME = re.compile(r"[^\s()<>,;:\"/\[\]?=]+/[^\s()<>,;:\"/\[\]?=]+")
_TAGS = _names(
    "a abbr address article aside b bdi blockquote br caption cite code col colgroup dd del dfn div dl dt em "
    "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q rp rt ruby s samp "
    "section small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr"
)
_ATTRIBUTES = _names(
    "abbr alt class colspan datetime decoding dir headers height href hreflang id lang loading name reversed "
    "rowspan scope span src start title type value width"
)
_ONCE = {
    "channel": "title link description language copyright pubDate lastBuildDate docs generator image ttl",
    "item": "title link description guid pubDate author source comments enclosure",
    "feed": "title id updated generator icon logo rights subtitle",
    "entry": "title id updated published content summary rights source",
}
_RELS = {"self", "alternate", "hub", "license", "via", "current", "prev-archive", "next-archive", "enclosure"}


def complaints(content: bytes) -> list[str]:
    """Errors and warnings, in words."""
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert b"<!DOCTYPE" not in content
    root = etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False))
    return [*_everywhere(root), *(_rss(root) if root.tag == "rss" else _atom(root))]


def _everywhere(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        name = etree.QName(element).localname
        where = f"<{name}> {(element.text or '')[:40]!r}"
        for text in (element.text or "", *element.attrib.values()):
            if _BAD.search(str(text)):
                yield f"BadCharacters {where}"
        for prefix, uri in element.nsmap.items():
            if prefix is not None and PREFIXES.get(prefix) != f"{{{uri}}}":
                yield f"UnknownNamespace or NonstdPrefix {prefix} {uri}"
        if name in _ONCE and element.tag in {name, f"{A}{name}"}:
            counts = Counter(str(child.tag).removeprefix(A) for child in element if not _foreign(child, name))
            yield from (
                f"DuplicateElement {each} in {where}" for each in _ONCE[name].split() if counts[each] > 1
            )
    for link in root.iter(f"{A}link"):
        yield from _uri(link.get("href"), "link")
        if link.get("rel", "alternate") not in _RELS:
            yield f"UnregisteredAtomLinkRel {link.get('rel')}"
    for picture in root.iter(f"{M}content"):
        yield from _picture(picture)
    if any(True for _ in root.iter(f"{M}group")):
        yield "MediaGroupWithoutAlternatives"


def _foreign(child: etree._Element, parent: str) -> bool:
    """In RSS, elements of Atom are extensions."""
    return parent in {"channel", "item"} and str(child.tag).startswith("{")


def _picture(picture: etree._Element) -> Iterator[str]:
    yield from _uri(picture.get("url"), "media:content")
    for name in ("fileSize", "width", "height"):
        if not picture.get(name, "1").isdigit() or picture.get(name) == "0":
            yield f"InvalidPositiveInteger {name}"
    if picture.get("medium") != "image" or not _MIME.fullmatch(picture.get("type", "image/png")):
        yield f"InvalidMediaMedium or InvalidMIMEAttribute {dict(picture.items())}"
    for each in picture:
        yield from _plain(each.text or "", str(each.tag))


def _uri(text: str | None, where: str) -> Iterator[str]:
    text = text or ""
    scheme = text.partition(":")[0].lower()
    sound = _URI.fullmatch(text) is not None
    if scheme == "urn":
        pattern = _UUID if text.lower().startswith("urn:uuid:") else _URN
        sound = pattern.fullmatch(text) is not None
    if not sound or scheme not in _SCHEMES or (scheme in {"http", "https"} and not urlsplit(text).netloc):
        yield f"InvalidFullLink in {where}: {text!r}"


def _plain(text: str, where: str) -> Iterator[str]:
    """ContainsHTML: a reader could take it for HTML."""
    if not text.strip():
        yield f"NotBlank {where}"
    if re.search(r"</\w+>", text):
        yield f"ContainsHTML {where}: {text[:60]!r}"
    for name in re.findall(r"&(#?\w+)", text):
        if name in name2codepoint or name == "apos" or not name.isalpha():
            yield f"ContainsHTML {where}: &{name}"


def _html(html: str, where: str) -> Iterator[str]:
    """NotHtml, SecurityRisk, SecurityRiskAttr, ContainsRelRef."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    yield from (f"NotHtml {where}: {error[1]}" for error in parser.errors)
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in _TAGS:
            yield f"SecurityRisk {where}: <{element.tag}>"
        yield from (f"SecurityRiskAttr {where}: {name}" for name in element.attrib if name not in _ATTRIBUTES)
        for name in ("href", "src"):
            value = element.attrib.get(name, "#")
            if not value.startswith("#") and not re.match(r"[a-z]+:", value):
                yield f"ContainsRelRef {where}: {value}"


def _date(text: str | None, pattern: re.Pattern[str], where: str) -> Iterator[str]:
    if not pattern.fullmatch(text or ""):
        yield f"InvalidDate {where}: {text!r}"


def _rss(root: etree._Element) -> Iterator[str]:
    (top,) = root
    for name in ("title", "link", "description"):
        yield from _plain(top.findtext(name) or "", name)
    yield from _uri(top.findtext("link"), "channel link")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", top.findtext("language") or ""):
        yield "InvalidLanguage"
    if [link.get("rel") for link in top.findall(f"{A}link")].count("self") != 1:
        yield "MissingAtomSelfLink"
    if top.findtext("docs") != "http://www.rssboard.org/rss-specification":
        yield "UseOfExtensionAttr"
    image = top.find("image")
    if image is not None:
        size = (int(image.findtext("width") or 88), int(image.findtext("height") or 31))
        same = all(image.findtext(name) == top.findtext(name) for name in ("title", "link"))
        if not same or not (0 < size[0] <= 144 and 0 < size[1] <= 400):
            yield f"ImageTitleDoesntMatch, ImageLinkDoesntMatch or InvalidWidth {size}"
        yield from _uri(image.findtext("url"), "image")
    if any(earlier.tag == "item" and later.tag != "item" for earlier, later in pairwise(top)):
        yield "MisplacedItem"
    if top.find("lastBuildDate") is not None:
        yield from _date(top.findtext("lastBuildDate"), _RFC822, "lastBuildDate")
    yield from _distinct([item.findtext("guid") or "" for item in top.iter("item")], "guid")
    for item in top.iter("item"):
        yield from _item(item)


def _item(item: etree._Element) -> Iterator[str]:
    yield from _plain(item.findtext("title") or "", "title")
    yield from _uri(item.findtext("link"), "item link")
    yield from _html(item.findtext("description") or "", "description")
    yield from _html(item.findtext(f"{C}encoded") or "", "content:encoded")
    yield from _date(item.findtext("pubDate"), _RFC822, "pubDate")
    yield from _date(item.findtext(f"{A}updated"), _RFC3339, "atom:updated")
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") != "false":
        yield "InvalidPermalink"
    else:
        yield from _uri(guid.text, "guid")
    if item.find("author") is not None and item.find(f"{D}creator") is not None:
        yield "DuplicateItemSemantics author dc:creator"
    if item.find("source") is not None and item.find(f"{D}source") is not None:
        yield "DuplicateItemSemantics source dc:source"
    for source in item.findall("source"):
        yield from _uri(source.get("url"), "source")
        yield from _plain(source.text or "", "source")
    for category in item.findall("category"):
        yield from _plain(category.text or "", "category")


def _atom(root: etree._Element) -> Iterator[str]:
    yield from _plain(root.findtext(f"{A}title") or "", "title")
    yield from _uri(root.findtext(f"{A}id"), "feed id")
    yield from _date(root.findtext(f"{A}updated"), _RFC3339, "feed updated")
    if (root.findtext(f"{A}updated") or "") < "1990":
        yield "ImplausibleDate"
    if [link.get("rel") for link in root.findall(f"{A}link")].count("self") != 1:
        yield "MissingSelf"
    if "atom" in root.nsmap:
        yield "AvoidNamespacePrefix"
    entries = root.findall(f"{A}entry")
    first = next((place for place, each in enumerate(root) if each.tag == f"{A}entry"), len(root))
    if any(each.tag not in {f"{A}entry", f"{T}deleted-entry"} for each in list(root)[first:]):
        yield "MisplacedMetadata"
    yield from _distinct([each.findtext(f"{A}id") or "" for each in entries], "id")
    yield from _distinct([each.findtext(f"{A}updated") or "" for each in entries], "DuplicateUpdated")
    yield from _links(root)
    for entry in entries:
        yield from _entry(entry)
    for stone in root.iter(f"{T}deleted-entry"):
        yield from _uri(stone.get("ref"), "deleted-entry")
        yield from _date(stone.get("when"), _RFC3339, "deleted-entry")


def _links(parent: etree._Element) -> Iterator[str]:
    kinds = Counter(
        (link.get("rel"), link.get("type"), link.get("hreflang")) for link in parent if link.tag == f"{A}link"
    )
    yield from (f"DuplicateAtomLink {kind}" for kind, count in kinds.items() if count > 1)


def _entry(entry: etree._Element) -> Iterator[str]:
    yield from _plain(entry.findtext(f"{A}title") or "", "title")
    yield from _plain(entry.findtext(f"{A}summary") or "", "summary")
    yield from _uri(entry.findtext(f"{A}id"), "entry id")
    yield from _links(entry)
    for name in ("published", "updated"):
        yield from _date(entry.findtext(f"{A}{name}"), _RFC3339, name)
    modified, published = (
        datetime.fromisoformat(entry.findtext(f"{A}{n}") or "") for n in ("updated", "published")
    )
    if modified < published:
        yield "updated before published"
    content = entry.find(f"{A}content")
    if content is not None:
        assert content.get("type") == "html"
        yield from _html(content.text or "", "content")
    authors = entry.findall(f"{A}author")
    if not authors:
        yield "MissingElement author"
    for author in authors:
        yield from _plain(author.findtext(f"{A}name") or "", "author")
        if author.find(f"{A}uri") is not None:
            yield from _uri(author.findtext(f"{A}uri"), "author uri")
        if author.find(f"{A}email") is not None and not _MAIL.fullmatch(author.findtext(f"{A}email") or ""):
            yield "InvalidContact"
    for category in entry.findall(f"{A}category"):
        if not category.get("term"):
            yield "MissingAttribute term"
    for source in entry.findall(f"{A}source"):
        if not all(source.findtext(f"{A}{name}") for name in ("id", "title", "updated")):
            yield "MissingSourceElement"
        yield from _uri(source.findtext(f"{A}id"), "source id")


def _distinct(values: list[str], what: str) -> Iterator[str]:
    yield from (f"{what} twice: {value!r}" for value, count in Counter(values).items() if count > 1)
