"""Steps that change how the publication is made: configuration, templates, what is known of sources, time."""

import shutil
from datetime import timedelta

from tests.laws.world import REPOSITORY, Change, Step, World, draw
from tests.work.projects import write

_THEME = REPOSITORY / "publisher/theme"
# None: the default.
_VALUES: dict[str, tuple[object, ...]] = {
    "title": ("The Walked Ledger", "Größe & Co", "مدّ"),
    "description": (None, "What the tide brings."),
    "language": ("en", "de", "ar"),
    "base_url": ("https://ledger.example.org/news", "https://ledger.example.org"),
    "time_zone": ("Europe/Berlin", "UTC", "Asia/Kathmandu", "America/St_Johns"),
    "author": (None, "The newsroom"),
    "rights": (None, "© 2026"),
    "accent": (None, "#114488"),
    "permalink": (None, "/{section}/{slug}/", "/{year}/{month}/{day}/{slug}/"),
    "page_size": (2, 4, 5, 50),
    "share": (None, [], ["mail", "bluesky"]),
    "noindex_syndicated": (None, True),
    "strict": (None, None, None, True),
    "output": (None, None, "public"),
    "logo": (None, "logo.png"),
    "clean.ignore": (None, ["CL"], ["DU001"], ["LK001", "FM"]),
    "clean.select": (None, None, ["DU", "CL001"]),
    "clean.confidence": (None, 0.5, 0.99),
    "clean.strict": (None, True),
    "clean.canonical": (None, "first"),
    "images.responsive": (None, None, False),
    "images.widths": ([16], [16, 40], [24]),
    "images.formats": (None, [], ["webp"]),
    "images.max_pixels": (None, None, 900),
    "images.cards": (False, False, False, True),
    "feed.items": (3, 4, 30),
    "feed.of": (None, ["section", "tag", "author", "language"], []),
    "feed.least": (None, 3),
    "feed.id": (None, "urn:uuid:6f0c1f0e-3d3b-4c55-9a0e-51c7a8c0b1d4"),
    "feed.content": (None, "summary"),
    "feed.hub": (None, "https://hub.example.org/"),
    "feeds.partner.path": (None, "partner", "feeds/other"),
    "feeds.partner.tags": (None, ["Ferry"]),
    "feeds.partner.sections": (None, ["Town", "Harbour"]),
    "feeds.partner.days": (None, 7),
    "feeds.partner.syndicated": (None, False),
    "feeds.partner.profile": (None, None, "flipboard"),
    "newsletter.title": (None, "The Tide"),
    "newsletter.subject": (None, "{title}, {date}"),
    "newsletter.intro": (None, "Good morning."),
    "newsletter.order": (None, "newest"),
    "newsletter.first": (None, ["Town"]),
    "newsletter.max_items": (None, 2),
    "newsletter.sections": (None, ["Town", "Sport"]),
    "newsletter.signup": (None, "https://letters.example.org/subscribe"),
    "newsletters.daily.title": (None, "The Daily Tide"),
    "newsletters.weekly.every": (None, "week"),
    "search.enabled": (None, None, False),
}
# A template may show whatever it sees; `curious` ones show what others do not.
_CURIOUS = (
    "<p>{{ site.title }}</p>\n",
    "<p>{{ page.title }} {{ page.url }}</p>\n",
    "<p>{{ words | length }}</p>\n",
    "<!-- the same for all -->\n",
)


def _configured(world: World) -> None:
    key = world.chance.choice(tuple(_VALUES))
    world.configure(key, world.chance.choice(_VALUES[key]))


def _overridden(world: World) -> None:
    """One of the theme's templates, with something more at its end."""
    names = [file for file in sorted(_THEME.rglob("*")) if file.suffix == ".html" and file.parts[-2] != "web"]
    file = world.chance.choice(names)
    text = file.read_text("utf-8")
    more = world.chance.choice(_CURIOUS)
    new = text.replace("</body>", f"{more}</body>") if "</body>" in text else text + _commented(text, more)
    write(world.root / "templates" / file.relative_to(_THEME), new)


def _commented(text: str, more: str) -> str:
    """What extends another template shows its blocks only."""
    return "{# more #}\n" if text.lstrip().startswith("{% extends") or "{% macro" in text else more


def _curious(world: World) -> None:
    """Parts of an article page that look at other articles."""
    name, text = world.chance.choice(
        (
            ("partials/related.html", "{% for each in related %}<p>{{ each.title }}</p>{% endfor %}\n"),
            ("partials/neighbours.html", "{{ newer.title if newer }} {{ older.title if older }}\n"),
            ("partials/byline.html", "{{ entry.card.words }} {{ entry.extra }}\n"),
            ("partials/footer.html", "{% for each in site.own_feeds %}{{ each.name }}{% endfor %}\n"),
        )
    )
    write(world.root / "templates" / name, text)


def _plain(world: World) -> None:
    """One of its own templates less."""
    folder = world.root / "templates"
    draw(world, [file for file in sorted(folder.rglob("*")) if file.is_file()]).unlink()


def _sheet(world: World) -> None:
    write(world.root / "templates/custom.css", f"p {{ margin: {world.number()}px }}\n")


def _broken_template(world: World) -> None:
    name = world.chance.choice(("listing.html", "article.html", "partials/card.html"))
    write(world.root / "templates" / name, world.chance.choice(("{{ heding }}", "{% if %}")))


def _unconfigured(world: World) -> None:
    """A key that nobody knows."""
    write(world.root / "publish.toml", f"titel = '{world.number()}'\n")


def _source(world: World) -> None:
    """A line that is known to be a source's own."""
    line = world.chance.choice(("Subscribe", "The quay", f"Read more {world.number()}"))
    text = f'names = ["Coastwire", "harbour"]\n\n[[line]]\ntext = "{line}"\n'
    write(world.root / "sources/coastwire.toml", text)


def _no_sources(world: World) -> None:
    shutil.rmtree(world.root / "sources", ignore_errors=True)


def _logo(world: World) -> None:
    (world.root / "logo.png").write_bytes((world.root / "content/images/quay.png").read_bytes())


def _later(least: int, most: int) -> Change:
    def passed(world: World) -> None:
        world.now += timedelta(minutes=world.chance.randrange(least, most))

    return passed


STEPS: tuple[Step, ...] = (
    Step("configuration", _configured, 14),
    Step("a template", _overridden, 4),
    Step("a curious template", _curious, 2),
    Step("a template less", _plain, 3),
    Step("a style sheet", _sheet),
    Step("a broken template", _broken_template, 0.5),
    Step("an unknown key", _unconfigured, 0.3),
    Step("a source's line", _source),
    Step("sources forgotten", _no_sources, 0.5),
    Step("a logo", _logo, 0.5),
    Step("an hour later", _later(1, 180), 4),
    Step("days later", _later(1_000, 9_000), 3),
    Step("a clock put back", _later(-3_000, -1), 0.7),
    Step("nothing", lambda _: None, 2),
)
