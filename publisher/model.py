"""The values that flow, each frozen: Source -> Article -> CleanArticle -> Entry -> Output.

A stage cannot be skipped, because the next one does not accept the value before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from publisher.image import Image as Image  # noqa: PLC0414 - given on: it is one of these values
from publisher.prose import Bodied, Prose

Kind = Literal["article", "page", "author", "note"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date taken from outside the text: the file's first commit, or its modification time."""

    moment: datetime
    origin: Literal["commit", "modified"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file below `content/` as it was read: decoded, BOM gone, line ends `\\n`, Unicode NFC.

    `path` is relative to `content/`, with forward slashes. `fallback` is given only for a text
    that carries no date of its own.
    """

    path: str
    text: str
    fallback: Dated | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `number` is its place in the source file (from 1) and stays with it for life."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Edit:
    """What a finding would change: its lines become `texts` (none: they leave the article).

    With `field`, `value` moves to that front-matter field, if the field is empty; `moves` are further
    (field, value) of a line that states several. More texts than lines: the surplus takes the number
    of the last line (only blank lines are ever added).
    """

    texts: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    moves: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Every (field, value) that moves."""
        return (*(((self.field, self.value),) if self.field else ()), *self.moves)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person may want to know of an article, with the line numbers it is about.

    `confidence` in 0..1. Without `edit` it is only a report. `applied` says that the edit was made.
    `evidence` of a likelihood: what speaks for it (above 0) or against it in words, and how much (logits).
    """

    code: str
    lines: tuple[int, ...]
    message: str
    confidence: float = 1.0
    edit: Edit | None = None
    applied: bool = False
    evidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a syndicated article comes from (front matter `source:`)."""

    name: str
    url: str = ""
    license: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The typed head of an article. Empty fields are empty strings, empty tuples or None.

    `extra` holds keys that are not ours, for templates; `lines` tells where each key stands.
    """

    title: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    slug: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    image: Image | None = None
    language: str = ""
    draft: bool = False
    featured: bool = False
    canonical_url: str = ""
    source: Origin | None = None
    id: str = ""
    keep: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    noindex: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A parsed source: front matter, and the body as numbered lines. `raw` marks `.txt` files."""

    path: str
    front: FrontMatter
    lines: tuple[Line, ...]

    @property
    def raw(self) -> bool:
        return self.path.lower().endswith(".txt")


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article that has been through the rules; only these can be rendered."""

    article: Article
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or picture of the text that points into the publication.

    `target` is the path that the author wrote, percent-decoded, `fragment` and `query` what follows it;
    `line` is its number in the source file.
    """

    kind: Literal["page", "image"]
    target: str
    fragment: str
    line: int
    query: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text; `anchor` is its id within the page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Card:
    """What lists, feeds and the digest show of an article. `url` is site-relative (`/2026/03/slug/`).

    `image` has a `src` relative to the publication or absolute until the entry is arranged, and an
    absolute URL afterwards; `preview` stands for one that has none where links to it are shown.
    `minutes` is reading time. `aliases` are further addresses that lead here.
    """

    path: str
    id: str
    url: str
    slug: str
    title: str
    date: datetime
    updated: datetime | None
    authors: tuple[str, ...]
    summary: str
    section: str
    tags: tuple[str, ...]
    image: Image | None
    language: str
    featured: bool
    draft: bool
    canonical_url: str
    source: Origin | None
    words: int
    minutes: int
    kind: Kind = "article"
    preview: Image | None = None
    aliases: tuple[str, ...] = ()
    noindex: bool = False


@dataclass(frozen=True, slots=True)
class Entry(Bodied):
    """An article ready for every output: card, one HTML fragment, plain text.

    Before arranging, internal links in `html` read `href="@@ref:N@@"` (likewise `src`), N an index into
    `references`; arranging sets absolute URLs. `findings` are in the order of their lines, `keywords` one a
    line; `standfirst` is the summary, unless the text says it. `written` is a digest of the file's text,
    `seen` of what readers see; `made_from`, if known, differs as soon as anything but the card does.
    """

    card: Card
    prose: Prose
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
    lines: Mapping[str, int] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
    keywords: str = ""
    standfirst: str = ""
    written: str = ""
    seen: str = ""
    made_from: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Undated:
    """A source whose text carries no date: it has to be compiled again with a `fallback`."""

    path: str


@dataclass(frozen=True, slots=True)
class Output:
    """A finished file of the site: `path` relative to the output folder, with forward slashes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Template:
    """The text of one template and the file it came from, for messages."""

    name: str
    text: str
    origin: str
