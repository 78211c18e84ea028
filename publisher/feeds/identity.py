"""Ids and addresses of articles and feeds in -> what all formats give of them."""

import re
import uuid

from publisher.render.characters import percent_encode, strip_illegal
from publisher.settings import Publication
from publisher.site.feeds import Feed

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def permanent(stated: str) -> str:
    """An article's id as all formats give it: a URI as it is (RFC 4287), of any other name a UUID."""
    name = percent_encode(stated)
    return name if _URI.fullmatch(name) else uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:id:{stated!a}").urn


def feed_id(feed: Feed, publication: Publication) -> str:
    """A URI that stays when the domain changes, where `feed.id` is given (RFC 4287, section 4.2.6).

    An address given as id is that of the publication's feed, and others are below it; of any other URI
    theirs are UUIDs made of it.
    """
    given = percent_encode(publication.feed.id)
    if not given:
        return address(publication, feed.url)
    if feed.url == "/":
        return given
    if given.startswith(("https://", "http://")):
        return given.rstrip("/") + percent_encode(feed.url)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:feed:{given}{feed.url}").urn


def address(publication: Publication, url: str) -> str:
    """The public address, percent-encoded (RFC 3987, section 3.1)."""
    return percent_encode(publication.absolute(strip_illegal(url)))
