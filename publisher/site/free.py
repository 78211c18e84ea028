"""A free page (about, imprint) in -> its page out."""

from functools import partial

from publisher.keying import digest
from publisher.model import Entry, Output
from publisher.site.article import scrollable
from publisher.site.frame import Frame, Page
from publisher.site.links import address, within
from publisher.site.words import direction


def free_page(shared: Frame, entry: Entry) -> Output:
    """A page of its own: title and text, without date and byline."""
    card, publication = entry.card, shared.publication
    own = address(card.url, publication)
    foreign = card.language.lower() != publication.language.lower()
    values: dict[str, object] = {
        "entry": entry,
        "story": {"foreign": foreign, "language": card.language, "direction": direction(card.language)},
        "body": within(scrollable(entry.html), publication),
    }
    page = Page("page", card.title, card.url, own, own, card.summary, shared.policy(), card.noindex)
    return shared.write("page.html", page, values, partial(_key, shared, entry))


def _key(shared: Frame, entry: Entry) -> bytes:
    return digest(shared.key(), shared.digests(entry))
