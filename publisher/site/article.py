"""Entries in -> the page of each out, with its neighbours in time and what is related to it."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from publisher.keying import SIZE, joined
from publisher.model import Entry, Heading, Output
from publisher.similar.related import Relations, Topic
from publisher.site.frame import Frame, Page, path_of
from publisher.site.links import within
from publisher.site.share import ways
from publisher.site.story import Story
from publisher.site.structured import linked_data, script
from publisher.site.terms import fold
from publisher.templating import produce

# Below this many words, or with fewer headings, a table of contents is longer to read than to scroll.
_LONG_WORDS = 700
_LONG_HEADINGS = 3
_PRE = re.compile(r"<pre(?=[ >])")
_TABLE = re.compile(r"<table(?=[ >])")


def articles(shared: Frame) -> Iterator[Output]:
    """The page of each entry. Related are older articles only: no finished page changes with a new one."""
    relations = cache(partial(_relations, shared))
    for place, entry in enumerate(shared.entries):
        page, key = partial(_page, shared, place, relations), partial(_key, shared, place, relations)
        yield produce(shared.made, path_of(entry.card.url), page, key)


def _relations(shared: Frame) -> Relations:
    """Of the articles from the oldest to the newest."""
    topics = (Topic(each.keywords, tuple(map(fold, each.card.tags))) for each in reversed(shared.entries))
    return Relations(topics, shared.beside.kin)


def _page(shared: Frame, place: int, relations: Callable[[], Relations]) -> bytes:
    return article(shared, place, shared.told(_kin(shared, place, relations))).content


def _key(shared: Frame, place: int, relations: Callable[[], Relations]) -> bytes:
    """Of everything that `article` looks at."""
    entry, kin = shared.entries[place], _kin(shared, place, relations)
    shown = (_entry(shared, place - 1), entry, _entry(shared, place + 1), *kin)
    stories = (shared.story_keys[each.card.path] if each else bytes(SIZE) for each in shown)
    return joined((shared.key(), shared.digests(entry), *stories))


def _kin(shared: Frame, place: int, relations: Callable[[], Relations]) -> tuple[Entry, ...]:
    last = len(shared.entries) - 1
    return tuple(shared.entries[last - other] for other in relations().closest(last - place))


def article(shared: Frame, place: int, kin: tuple[Story, ...] = ()) -> Output:
    """The page of the entry at `place`; `newer` and `older` are the articles around it in time."""
    entry = shared.entries[place]
    story = shared.stories[entry.card.path]
    data = script(linked_data(entry, story, shared.publication))
    own, canonical = story.address, story.canonical
    policy, hidden = shared.policy(data), noindex(entry, story, shared)
    page = Page("article", story.title, entry.card.url, own, canonical, story.summary, policy, hidden)
    values: dict[str, object] = {
        "entry": entry,
        "story": story,
        "standfirst": entry.standfirst,
        "contents": contents(entry),
        "body": within(scrollable(entry.html), shared.publication),
        "newer": _story(shared, place - 1),
        "older": _story(shared, place + 1),
        "related": kin,
        "share": ways(story, shared.publication, shared.words),
        "permalink": "link" in shared.publication.share,
        "data": data,
    }
    return shared.write("article.html", page, values)


def noindex(entry: Entry, story: Story, shared: Frame) -> bool:
    """Whether search engines are asked to leave it out: it says so, or copies are to be left out."""
    copied = shared.publication.noindex_syndicated and story.canonical != story.address
    return entry.card.noindex or copied


def scrollable(html: str) -> str:
    """Tables in a box that scrolls, and code, within reach of the keyboard (WCAG 2.2, criterion 2.1.1).

    Entry.html is sanitised: `<` stands in it for tags and nothing else.
    """
    html = _PRE.sub('<pre tabindex="0"', _endnotes(html)).replace("</table>", "</table></div>")
    return _TABLE.sub('<div class="wide" tabindex="0"><table', html)


def _endnotes(html: str) -> str:
    """Footnotes as what they are (DPUB-ARIA): a section would need a heading. They come last."""
    before, opening, notes = html.rpartition('<section class="footnotes">')
    if not opening:
        return html
    inside, _, after = notes.rpartition("</section>")
    return f'{before}<div class="footnotes" role="doc-endnotes">{inside}</div>{after}'


def contents(entry: Entry) -> tuple[Heading, ...]:
    """The main headings of a long article; nothing for a short one."""
    top = min((heading.level for heading in entry.headings), default=0)
    main = tuple(heading for heading in entry.headings if heading.level == top)
    return main if entry.card.words >= _LONG_WORDS and len(main) >= _LONG_HEADINGS else ()


def _entry(shared: Frame, place: int) -> Entry | None:
    return shared.entries[place] if 0 <= place < len(shared.entries) else None


def _story(shared: Frame, place: int) -> Story | None:
    entry = _entry(shared, place)
    return shared.stories[entry.card.path] if entry else None
