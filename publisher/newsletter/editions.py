"""The configuration in -> the publication's newsletters out, everything about each of them settled."""

from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from publisher.errors import PublishError
from publisher.model import Card
from publisher.settings import EditionSettings, Every, Order, Publication
from publisher.site.terms import fold

DAILY = "daily"  # the newsletter of a publication that names none
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Edition:
    """A newsletter. `on` is its weekday (0: Monday), `url` its site-relative address.

    `list_id` is what stands in List-Id between angle brackets (RFC 2919): it never changes while sender
    and name stay. `language` is that of the words around the articles. Other texts may be empty.
    """

    name: str
    title: str
    language: str
    subject: str
    preheader: str
    intro: str
    sponsor: str
    sponsor_url: str
    sponsor_label: str
    sender: str
    sender_name: str
    address: str
    reason: str
    unsubscribe: str
    list_id: str
    sections: tuple[str, ...]
    tags: tuple[str, ...]
    languages: tuple[str, ...]
    every: Every
    on: int
    order: Order
    first: tuple[str, ...]
    max_items: int

    @property
    def url(self) -> str:
        return f"/newsletter/{self.name}/"

    def holds(self, card: Card, spoken: str) -> bool:
        """Whether the article belongs to it; `spoken`: the language of articles that name none."""
        named = bool(self.sections or self.tags)
        folded = {fold(tag) for tag in card.tags}
        by_name = fold(card.section) in map(fold, self.sections) or not folded.isdisjoint(
            map(fold, self.tags)
        )
        language = (card.language or spoken).lower()
        fits = any(
            language == each or language.startswith(f"{each}-") for each in map(str.lower, self.languages)
        )
        return (by_name or not named) and (fits or not self.languages)


def editions(publication: Publication) -> tuple[Edition, ...]:
    """The newsletters in the order of the configuration; `daily` alone where none has a name.

    Raises PublishError for a sponsor of which only a half is configured.
    """
    named = publication.newsletters or (EditionSettings(name=DAILY),)
    return tuple(_edition(each, publication) for each in named)


def _edition(own: EditionSettings, publication: Publication) -> Edition:
    given = _upon(own, publication.newsletter)
    if bool(given.sponsor) != bool(given.sponsor_url):
        missing = "sponsor" if given.sponsor_url else "sponsor_url"
        where = f"[newsletters.{own.name}]" if publication.newsletters else "[newsletter]"
        raise PublishError(where, f"there is no {missing}", "a sponsor has a text and an address")
    return Edition(
        name=own.name,
        title=given.title or publication.title,
        language=given.language or publication.language,
        subject=given.subject,
        preheader=given.preheader,
        intro=given.intro,
        sponsor=given.sponsor,
        sponsor_url=given.sponsor_url,
        sponsor_label=given.sponsor_label,
        sender=given.sender,
        sender_name=given.sender_name,
        address=given.address,
        reason=given.reason,
        unsubscribe=given.unsubscribe,
        list_id=f"{own.name}.{_host(given.sender, publication)}",
        sections=given.sections,
        tags=given.tags,
        languages=given.languages,
        every=given.every,
        on=_WEEKDAYS.index(given.on),
        order=given.order,
        first=given.first,
        max_items=given.max_items,
    )


def _upon(own: EditionSettings, common: EditionSettings) -> EditionSettings:
    """What the newsletter itself says, else what holds for all."""
    names = [each.name for each in fields(EditionSettings)]
    return EditionSettings(*(getattr(own, name) or getattr(common, name) for name in names))


def _host(sender: str, publication: Publication) -> str:
    """The sender's domain, else the site's, in ASCII (RFC 5890)."""
    host = sender.rpartition("@")[2] or urlsplit(publication.absolute("/")).hostname or "localhost"
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return "localhost"
