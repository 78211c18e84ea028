"""A story and the configured ways in -> links by which readers pass it on; none tells on the reader."""

from urllib.parse import quote

from publisher.config.share import OWN, service
from publisher.settings import Publication
from publisher.site.links import Link
from publisher.site.story import Story
from publisher.site.words import Words


def ways(story: Story, publication: Publication, spoken: Words) -> tuple[Link, ...]:
    """In the configured order: an e-mail with title and address in it, and the services' own pages."""
    title, url = quote(story.title, safe=""), quote(story.address, safe="")
    found = []
    for entry in publication.share:
        if entry == "mail":
            found.append(Link(spoken.mail, f"mailto:?subject={title}&body={url}"))
        elif entry not in OWN:
            name, pattern = service(entry)
            found.append(Link(name, pattern.replace("{title}", title).replace("{url}", url)))
    return tuple(found)
