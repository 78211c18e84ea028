"""What a partner asks of an item and of a feed -> what is wrong with them, in words.

Sources: `config/partners.toml` names them for each profile; the numbers come from there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from publisher.feeds.channel import Channel, Item
from publisher.model import Entry, Finding
from publisher.settings import PartnerFeed

HEAD = 10_000  # bytes for everything but the items
_AROUND = 3_000  # bytes of tags around the texts of an item, at most


@dataclass(frozen=True, slots=True)
class Rule:
    """FD003: refused and left out; FD004: not liked. `field` of the front matter; `fault` is '' if fine."""

    code: Literal["FD003", "FD004"]
    field: str
    fault: Callable[[PartnerFeed, Item, Entry], str]


def _short_title(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    count = len(item.title)
    return _few("the title", count, partner.title_min) if count < partner.title_min else ""


def _long_title(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    count = len(item.title)
    most = partner.title_max
    return f"the title has {count} characters, {most} at most are taken" if 0 < most < count else ""


def _bodiless(partner: PartnerFeed, _item: Item, entry: Entry) -> str:
    return "it has no text" if partner.body and not entry.text.strip() else ""


def _heavy(partner: PartnerFeed, item: Item, entry: Entry) -> str:
    room = partner.max_bytes - HEAD
    size, most = len(entry.html.encode()), partner.max_item_bytes or room
    size = size if partner.content == "full" else 0
    if size <= most and weight(item) <= room:
        return ""
    return f"with {max(size, weight(item)):,} bytes it is too large, {min(most, room):,} are taken at most"


def _pictureless(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    return "it has no picture" if partner.image and item.picture is None else ""


def _small_picture(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    side = _side(item)
    return _small(side, partner.image_min) if side and side < partner.image_min else ""


def _modest_picture(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    side = _side(item)
    fine = side is None or side >= partner.image_advised or (side and side < partner.image_min)
    return (
        ""
        if fine
        else _small(side, partner.image_advised)
        if side
        else "nothing is known of its picture's size"
    )


def _odd_title(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    if not partner.title_advised:
        return ""
    least, most = partner.title_advised
    count = len(item.title)
    return (
        "" if least <= count <= most else f"the title has {count} characters, {least} to {most} are advised"
    )


def _short_summary(partner: PartnerFeed, item: Item, _entry: Entry) -> str:
    count = len(item.summary)
    return _few("the summary", count, partner.summary_advised) if count < partner.summary_advised else ""


RULES: tuple[Rule, ...] = (
    Rule("FD003", "title", _short_title),
    Rule("FD003", "title", _long_title),
    Rule("FD003", "", _bodiless),
    Rule("FD003", "", _heavy),
    Rule("FD003", "image", _pictureless),
    Rule("FD003", "image", _small_picture),
    Rule("FD004", "image", _modest_picture),
    Rule("FD004", "title", _odd_title),
    Rule("FD004", "summary", _short_summary),
)


def remarks(partner: PartnerFeed, channel: Channel) -> Iterator[Finding]:
    """What is wrong with the feed as a whole (FD005), at its table in the configuration."""
    for why in _of_feed(partner, channel):
        yield Finding("FD005", (partner.line or 1,), f"the feed {partner.name!r}: {why}")


def _of_feed(partner: PartnerFeed, channel: Channel) -> Iterator[str]:
    held = len(channel.items)
    if not held:
        yield "it holds no article; see its `sections`, `tags`, `languages` and `syndicated`"
    elif held < partner.items_advised:
        articles = "one article" if held == 1 else f"{held} articles"
        yield f"it has {articles}, at least {partner.items_advised} are asked for"
    count, most = len(channel.description), partner.description_advised
    if 0 < most < count:
        yield f"its description has {count} characters, {most} at most are asked for; set `description`"
    if partner.region_advised and "-" not in channel.language:
        yield f'its language {channel.language!r} names no region; set `languages`, as in ["en-GB"]'
    if partner.logo_advised and not partner.logo:
        yield "it has no logo of 700 by 100 pixels; set `logo` to the address of a PNG"


def weight(item: Item) -> int:
    """The bytes of an item in any format at most: brackets, ampersands, quotes are written as entities."""
    html = len(item.html.encode()) + sum(
        item.html.count(char) * more for char, more in zip('<>&"\n\\', (3, 3, 4, 1, 1, 1), strict=True)
    )
    picture = (item.picture.src, item.picture.alt * 3, item.picture.credit) if item.picture else ()
    texts = (item.id, item.url, item.title, item.summary, item.via, *item.authors, *item.categories, *picture)
    return html + 6 * len("".join(texts).encode()) + _AROUND


def _side(item: Item) -> int | None:
    """The smallest side of the picture in pixels; 0: not known, None: there is none."""
    return min(item.picture.width, item.picture.height) if item.picture else None


def _small(side: int, least: int) -> str:
    return f"the smallest side of its picture has {side} pixels, at least {least} are asked for"


def _few(what: str, count: int, least: int) -> str:
    return f"{what} has {count} characters, at least {least} are asked for"
