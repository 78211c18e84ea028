"""An entry and its neighbours in -> its page out."""

import re

from publisher.model import Entry, Heading, Output
from publisher.site.frame import Frame, Page
from publisher.site.links import within
from publisher.site.story import Story
from publisher.site.structured import digest, linked_data, script

# Below this many words, or with fewer headings, a table of contents is longer to read than to scroll.
_LONG_WORDS = 700
_LONG_HEADINGS = 3
# As many characters as no editor writes twice by chance.
_SAME = 60
_PRE = re.compile(r"<pre(?=[ >])")
_TABLE = re.compile(r"<table(?=[ >])")


def article(shared: Frame, place: int) -> Output:
    """The page of the entry at `place`; `newer` and `older` are the articles around it in time."""
    entry = shared.entries[place]
    story = shared.stories[entry.card.path]
    data = script(linked_data(entry, story, shared.publication))
    own, canonical = story.address, story.canonical
    page = Page("article", story.title, entry.card.url, own, canonical, story.summary, digest(data))
    values: dict[str, object] = {
        "entry": entry,
        "story": story,
        "standfirst": standfirst(entry),
        "contents": contents(entry),
        "body": within(scrollable(entry.html), shared.publication),
        "newer": _story(shared, place - 1),
        "older": _story(shared, place + 1),
        "data": data,
    }
    return shared.write("article.html", page, values)


def scrollable(html: str) -> str:
    """Tables in a box that scrolls, and code, within reach of the keyboard (WCAG 2.2, criterion 2.1.1).

    Entry.html is sanitised: `<` stands in it for tags and nothing else.
    """
    html = _PRE.sub('<pre tabindex="0"', html).replace("</table>", "</table></div>")
    return _TABLE.sub('<div class="wide" tabindex="0"><table', html)


def standfirst(entry: Entry) -> str:
    """The summary, unless the text says the same: a teaser cut out of the text must not be read twice."""
    said = " ".join(entry.card.summary.split())
    return "" if said[:_SAME].rstrip("… .") in " ".join(entry.text.split()) else said


def contents(entry: Entry) -> tuple[Heading, ...]:
    """The main headings of a long article; nothing for a short one."""
    top = min((heading.level for heading in entry.headings), default=0)
    main = tuple(heading for heading in entry.headings if heading.level == top)
    return main if entry.card.words >= _LONG_WORDS and len(main) >= _LONG_HEADINGS else ()


def _story(shared: Frame, place: int) -> Story | None:
    inside = 0 <= place < len(shared.entries)
    return shared.stories[shared.entries[place].card.path] if inside else None
