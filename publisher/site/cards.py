"""Stories of lists in -> their HTML out, by the template `partials/card.html`; each is made once for all pages.

A story stands in some eight lists: on the front page or one behind it, under its section, its tags, its month.
"""

from dataclasses import dataclass, field
from functools import cached_property, partial

from jinja2 import Environment, meta, nodes
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from publisher.site.story import Story
from publisher.templating import fill

_TEMPLATE = "partials/card.html"
_MOST = 32_768  # as many are held, in UTF-8, which is half as large as most texts are in memory
_SHARED = frozenset({"story", "level", "site", "words"})


@dataclass(eq=False)
class Cards:
    """What all cards see: `site` and `words`."""

    made: Environment
    site: object
    words: object
    known: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def seen(self, page: object) -> dict[str, object]:
        """What every template sees on `page`."""
        return {"site": self.site, "words": self.words, "page": page, "card": partial(self.card, page)}

    def card(self, page: object, story: Story, level: int) -> Markup:
        """The card on `page`, its heading of rank `level`. Raises PublishError with file and line."""
        key = story.href, level
        if (known := self.known.get(key)) is not None:
            return Markup(known.decode())  # noqa: S704 - as below
        values = {"story": story, "level": level, **self.seen(page)}
        made = fill(self.made, _TEMPLATE, values)
        if self._alike:
            if len(self.known) >= _MOST:
                self.known.clear()
            self.known[key] = made.encode()
        return Markup(made)  # noqa: S704 - a template's text, which has escaped

    @cached_property
    def _alike(self) -> bool:
        """Whether a card reads the same on all pages: a template of the publication's own may look at `page`."""
        try:
            loader = self.made.loader
            source = loader.get_source(self.made, _TEMPLATE)[0] if loader else ""
            tree = self.made.parse(source)
        except TemplateError:
            return False
        within = tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport))
        alone = not any(getattr(each, "with_context", True) for each in within)
        return alone and meta.find_undeclared_variables(tree) <= _SHARED
