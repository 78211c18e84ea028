"""The publication and its entries in -> what all pages share out: masthead, navigation, words, stories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from jinja2 import Environment

from publisher.keying import Digests, Key, digest
from publisher.model import Entry, Output
from publisher.settings import Publication
from publisher.site.beside import Beside
from publisher.site.cards import Cards
from publisher.site.feeds import Feed, feeds
from publisher.site.links import Link, address, href, origin
from publisher.site.own import own_links
from publisher.site.policy import digest as hashed
from publisher.site.policy import policy
from publisher.site.profile import Profile, profiles
from publisher.site.story import Stories, Story, StoryKeys, Terms, mention, tell
from publisher.site.style import style
from publisher.site.terms import Kind, by_name, by_size, collect
from publisher.site.words import Direction, Words, direction, words
from publisher.templating import fill, produce, texts

_NAVIGATION = 8
PageKind = Literal["home", "article", "page", "list", "archive", "missing", "gone", "moved", "search"]


@dataclass(frozen=True, slots=True)
class Site:
    """What every template sees as `site`. All addresses are ready for `href`; `newsletter` may be empty.

    `own_feeds` are those of `[feeds.NAME]` for readers. `pages` are free pages for the footer, `navigation` those with a place in the navigation.
    The sign-up form posts to `signup`; empty: there is none. `scheme` is the script of the switch.
    """

    title: str
    description: str
    rights: str
    language: str
    direction: Direction
    home: str
    style: str
    icon: str
    logo: str
    card: str
    feed: str
    atom: str
    json_feed: str
    own_feeds: tuple[Link, ...]
    feeds: str
    archive: str
    search: str
    newsletter: str
    signup: str
    signup_field: str
    scheme: str
    sections: tuple[Link, ...]
    lists: tuple[Link, ...]
    pages: tuple[Link, ...]
    navigation: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What every template sees as `page`. `url` is site-relative, `address` absolute.

    `policy` is its content security policy; `newer` and `older` are the absolute addresses of the pages
    around it in a list. `feed` is that of a list: its title, and its address without ending.
    """

    kind: PageKind
    title: str
    url: str
    address: str
    canonical: str
    description: str
    policy: str = ""
    noindex: bool = False
    newer: str = ""
    older: str = ""
    feed: Link | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that pages are made from. `key` is that of what every page shows.

    `story_keys` tell stories apart on pages that have `key` in their own.
    """

    made: Environment
    publication: Publication
    entries: tuple[Entry, ...]
    beside: Beside
    terms: Terms
    words: Words
    site: Site
    indexes: dict[Kind, Link]
    stories: Stories
    story_keys: StoryKeys
    profiles: dict[str, Profile]
    feeds: tuple[Feed, ...]
    feed_links: dict[str, Link]
    digests: Digests
    key: Key
    cards: Cards

    def told(self, entries: tuple[Entry, ...]) -> tuple[Story, ...]:
        """The stories of entries, in their order."""
        return tuple(self.stories[entry.card.path] for entry in entries)

    def page(self, kind: PageKind, title: str, url: str) -> Page:
        """A page of our own (no article): its canonical address is its own."""
        own = address(url, self.publication)
        said, feed = self.publication.description, self.feed_links.get(url)
        return Page(kind, title, url, own, own, said, self.policy(), feed=feed)

    def policy(self, *scripts: str) -> str:
        """The policy of a page that holds these inline scripts beside the switch's."""
        target = origin(self.publication.signup)
        return policy(tuple(hashed(text) for text in (self.site.scheme, *scripts)), target)

    def write(
        self,
        template: str,
        page: Page,
        values: Mapping[str, object] | Callable[[], Mapping[str, object]],
        key: Key | None = None,
    ) -> Output:
        """One page as a file, made when it is asked for.

        A function is asked for the values then. The key is that of `page` and the values, if none is given
        (as it must be where entries are among them). Making raises PublishError with file and line.
        """

        def make() -> bytes:
            return fill(self.made, template, {**self.cards.seen(page), **own()}).encode()

        def own() -> Mapping[str, object]:
            return values() if callable(values) else values

        return produce(
            self.made, path_of(page.url), make, key or (lambda: digest(self.key(), template, page, own()))
        )


def path_of(url: str) -> str:
    """`/2026/03/slug/` -> `2026/03/slug/index.html`; an address that names a file is that file."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


def frame(entries: tuple[Entry, ...], beside: Beside, publication: Publication, made: Environment) -> Frame:
    """The shared values."""
    people = profiles(beside.pages, publication)
    terms: Terms = {kind: collect(kind, entries) for kind in ("section", "tag")}
    terms["author"] = collect("author", entries, tuple(each.name for each in people.values()))
    spoken = words(publication.language)
    indexes = _indexes(terms, spoken, publication)
    site = _site(publication, made, terms, indexes, beside)
    mentions = {
        kind: {key: mention(term, publication) for key, term in held.items()} for kind, held in terms.items()
    }
    stories = Stories(entries, lambda card: tell(card, publication, mentions, spoken))
    every = feeds(entries, terms, publication, archives=beside.archives)
    links = {each.home: Link(each.title, href(f"{each.url}feed", publication)) for each in every[1:]}
    links.pop("/", None)  # feeds without a page of their own
    who = [each.entry for each in people.values()]
    shown = cache(lambda: digest(texts(made), publication, site, [*map(beside.digests, who)]))
    return Frame(
        made=made,
        publication=publication,
        entries=entries,
        beside=beside,
        terms=terms,
        words=spoken,
        site=site,
        indexes=indexes,
        stories=stories,
        story_keys=StoryKeys(entries, mentions, beside.digests),
        profiles=people,
        feeds=every,
        feed_links=links,
        digests=beside.digests,
        key=shown,
        cards=Cards(made, site, spoken),
    )


def _site(
    publication: Publication, made: Environment, terms: Terms, indexes: dict[Kind, Link], beside: Beside
) -> Site:
    free = [entry for entry in beside.pages if entry.card.kind == "page"]
    return Site(
        title=publication.title,
        description=publication.description,
        rights=publication.rights,
        language=publication.language,
        direction=direction(publication.language),
        home=href("/", publication),
        style=href("/" + style(made, publication).path, publication),
        icon=href("/icon-192.png" if publication.logo else "/icon.svg", publication),
        logo=address("/icon-512.png", publication),
        card=address("/card.png", publication) if publication.images.cards else "",
        feed=href("/feed.xml", publication),
        atom=href("/feed.atom", publication),
        json_feed=href("/feed.json", publication),
        own_feeds=own_links(publication),
        feeds=href("/feeds.opml", publication),
        archive=href("/archive/", publication),
        search=href("/search/", publication) if publication.search.enabled else "",
        newsletter=href("/newsletter/", publication) if beside.archives else "",
        signup=publication.signup,
        signup_field=publication.newsletter.signup_field,
        scheme=fill(made, "scheme.js", {}).strip(),
        sections=tuple(
            mention(term, publication) for term in by_name(by_size(terms["section"])[:_NAVIGATION])
        ),
        lists=tuple(replace(each, count=0) for each in indexes.values()),
        pages=_links([entry for entry in free if entry.card.url.count("/") == 2], publication),
        navigation=_links(
            sorted((e for e in free if _rank(e)), key=lambda e: (_rank(e), e.card.path)), publication
        ),
    )


def _rank(entry: Entry) -> tuple[int, ...]:
    """The page's place in the navigation; empty without one."""
    rank = entry.extra.get("nav")
    return (rank,) if isinstance(rank, int) else ()


def _links(pages: list[Entry], publication: Publication) -> tuple[Link, ...]:
    return tuple(
        Link(entry.card.title, href(entry.card.url, publication), address(entry.card.url, publication))
        for entry in pages
    )


def _indexes(terms: Terms, spoken: Words, publication: Publication) -> dict[Kind, Link]:
    """The indexes of sections, topics and authors; one without members is not there."""
    names: dict[Kind, str] = {"section": spoken.sections, "tag": spoken.topics, "author": spoken.authors}
    return {
        kind: Link(name, href(f"/{kind}/", publication), address(f"/{kind}/", publication), len(terms[kind]))
        for kind, name in names.items()
        if terms[kind]
    }
