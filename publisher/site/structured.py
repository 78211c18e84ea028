"""A story in -> its JSON-LD out: NewsArticle and BreadcrumbList (schema.org; Google's guide to Article)."""

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from publisher.model import Entry
from publisher.settings import Publication
from publisher.site.links import address
from publisher.site.profile import Profile
from publisher.site.story import Story

_SCHEMA = "https://schema.org"


def linked_data(entry: Entry, story: Story, publication: Publication) -> dict[str, object]:
    """One graph for the page. Empty fields are absent."""
    return {
        "@context": _SCHEMA,
        "@graph": [_news_article(entry, story, publication), _breadcrumbs(story, publication)],
    }


def script(data: dict[str, object]) -> Markup:
    """JSON that no text in it can end: `<`, `>`, `&` and `'` are escaped."""
    return htmlsafe_json_dumps(data, sort_keys=True)


def website(publication: Publication) -> dict[str, object]:
    """The front page's: whose site this is (Google's guide to site names)."""
    home = address("/", publication)
    fields: dict[str, object] = {
        "@context": _SCHEMA,
        "@type": "WebSite",
        "name": publication.title,
        "description": publication.description,
        "url": home,
        "inLanguage": publication.language,
        "publisher": _publisher(publication),
    }
    return {key: value for key, value in fields.items() if value}


def profile_page(profile: Profile, where: str) -> dict[str, object]:
    """An author's page, at the address `where` (Google's guide to ProfilePage)."""
    person: dict[str, object] = {
        "@type": "Person",
        "name": profile.name,
        "url": where,
        "description": profile.entry.card.summary,
        "image": profile.entry.card.image.src if profile.picture and profile.entry.card.image else "",
        "sameAs": [link.address for link in profile.links if link.address],
    }
    known = {key: value for key, value in person.items() if value}
    return {"@context": _SCHEMA, "@type": "ProfilePage", "mainEntity": known}


def _news_article(entry: Entry, story: Story, publication: Publication) -> dict[str, object]:
    # Google reads at most 110 characters of a headline.
    fields: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": story.title[:110],
        "description": story.summary,
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.canonical},
        "url": story.address,
        "image": [story.preview.src] if story.preview else [],
        "datePublished": story.published.iso,
        "dateModified": (story.updated or story.published).iso,
        "author": _authors(story, publication),
        "publisher": _publisher(publication),
        "inLanguage": story.language,
        "articleSection": story.section.name if story.section else "",
        "keywords": [tag.name for tag in story.tags],
        "wordCount": entry.card.words,
        "isAccessibleForFree": True,
        "isBasedOn": story.source.href if story.source else "",
        "license": story.source.license_href if story.source else "",
    }
    return {key: value for key, value in fields.items() if value}


def _authors(story: Story, publication: Publication) -> list[dict[str, object]]:
    if not story.authors:
        return [_publisher(publication)]
    return [{"@type": "Person", "name": each.name, "url": each.address} for each in story.authors]


def _publisher(publication: Publication) -> dict[str, object]:
    return {
        "@type": "NewsMediaOrganization",
        "name": publication.title,
        "url": address("/", publication),
        "logo": {"@type": "ImageObject", "url": address("/icon-512.png", publication)},
    }


def _breadcrumbs(story: Story, publication: Publication) -> dict[str, object]:
    steps = [(publication.title, address("/", publication))]
    if story.section:
        steps.append((story.section.name, story.section.address))
    steps.append((story.title, story.address))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": item}
            for position, (name, item) in enumerate(steps, 1)
        ],
    }
