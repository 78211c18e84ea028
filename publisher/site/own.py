"""The feeds of `[feeds.NAME]` -> how pages and the list of feeds name them."""

from publisher.settings import PartnerFeed
from publisher.settings import Publication
from publisher.site.links import Link, href


def own_title(partner: PartnerFeed, publication: Publication) -> str:
    """What tells it from the other feeds; in the feed itself stands the title alone."""
    return f"{partner.title or publication.title} – {partner.name}"


def own_links(publication: Publication) -> tuple[Link, ...]:
    """Those for readers, in each of their formats: all that have no partner's profile."""
    return tuple(
        Link(own_title(each, publication), href(f"/{path}", publication))
        for each in publication.feeds
        if not each.profile
        for path in each.paths
    )
