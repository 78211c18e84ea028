"""Ids and addresses of articles and feeds in -> what all formats give of them."""

import re
import uuid

from publisher.feeds.plain import uri
from publisher.settings import Publication
from publisher.site.feeds import Feed

# Web addresses, URNs (RFC 8141) and tags (RFC 4151), as the W3C validator reads them.
_WEB = r"https?://[^\s/]\S*"
_URN = r"urn:(?!uuid:)[A-Za-z0-9][A-Za-z0-9-]{1,31}:(?:[A-Za-z0-9()+,.:=@;$_!*'-]|%[0-9A-Fa-f]{2})+"
_UUID = r"urn:uuid:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_TAG = r"tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:[0-9a-zA-Z;/?:@&=+$._!~*'()%,-]*"
_URI = re.compile("|".join((_WEB, _URN, _UUID, _TAG)))


def permanent(stated: str) -> str:
    """An article's id as all formats give it: a sound URI as it is (RFC 4287), else a UUID of it."""
    name = uri(stated)
    return name if _URI.fullmatch(name) else uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:id:{stated!a}").urn


def feed_id(feed: Feed, publication: Publication) -> str:
    """A URI that stays when the domain changes, where `feed.id` is given (RFC 4287, section 4.2.6).

    An address given as id is that of the publication's feed, and others are below it; of any other URI
    theirs are UUIDs made of it.
    """
    given = uri(publication.feed.id)
    if not given:
        return address(publication, feed.url)
    if feed.url == "/":
        return given
    if given.startswith(("https://", "http://")):
        return given.rstrip("/") + uri(feed.url)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:feed:{given}{feed.url}").urn


def address(publication: Publication, url: str) -> str:
    """The public address, percent-encoded (RFC 3987, section 3.1)."""
    return uri(publication.absolute(url))
