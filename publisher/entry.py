"""Source -> Entry: parse, clean, render. The one function whose results are remembered.

It is pure: the same source and configuration give the same entry, on any machine, at any time.
"""

import hashlib
import re
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from publisher.clean.engine import clean
from publisher.content.aliases import below
from publisher.content.article import named_slug, parse
from publisher.content.dates import in_zone
from publisher.content.kinds import UNDATED, kind_of, url_of
from publisher.content.notes import note_place, read_note
from publisher.content.slugs import slugify
from publisher.model import Article, Card, CleanArticle, Entry, Finding, FrontMatter, Source, Undated
from publisher.prose import Prose
from publisher.render.body import Body, render_body
from publisher.render.edition import digest, edition
from publisher.render.text import summarise
from publisher.settings import Publication
from publisher.similar.keywords import keywords

_WORDS_PER_MINUTE = 230
# As many characters as no editor writes twice by chance.
_SAME = 60


def compile_source(source: Source, publication: Publication) -> Entry | Undated:
    """The finished entry; Undated where the text has no date of its own and no fallback was given.

    Raises PublishError or Problems for front matter or Markdown that cannot be used.
    """
    if kind_of(source.path) == "note":
        return _note(source)
    cleaned = prepare(source, publication)
    if (date := cleaned.article.front.date) is None:
        return Undated(source.path)
    body = render_body(cleaned.article)
    front, card = cleaned.article.front, _card(cleaned.article, date, body, publication)
    noticed = (f for f in (*cleaned.findings, *body.findings) if _wanted(f, front, publication))
    return Entry(
        card=card,
        prose=Prose(body.html, body.text),
        headings=body.headings,
        references=body.references,
        findings=tuple(sorted(noticed, key=lambda finding: (finding.lines, finding.code))),
        lines=front.lines,
        extra=front.extra,
        keywords="\n".join(keywords(front.title, body.text)) if card.kind == "article" else "",
        standfirst=standfirst(card.summary, body.text),
        written=digest(source.text),
        seen=edition(front.title, body),
    )


def _note(source: Source) -> Entry:
    """An editor's file for one issue: as it is written, nothing stripped; its front matter is in `extra`."""
    note_place(source.path)
    head, lines = read_note(source.path, source.text)
    body = render_body(Article(source.path, FrontMatter(), lines))
    card = Card(
        path=source.path,
        id=source.path,
        url="",
        slug="",
        title="",
        date=UNDATED,
        updated=None,
        authors=(),
        summary="",
        section="",
        tags=(),
        image=head.image,
        language="",
        featured=False,
        draft=False,
        canonical_url="",
        source=None,
        words=body.words,
        minutes=0,
        kind="note",
    )
    extra = {**head.texts, "first": list(head.first), "sponsor": dict(head.sponsor)}
    prose = Prose(body.html, body.text)
    return Entry(card, prose, body.headings, body.references, body.findings, head.lines, extra)


def prepare(source: Source, publication: Publication) -> CleanArticle:
    """The article cleaned, with what every entry needs filled in: title, date, id. Findings say so."""
    cleaned = clean(parse(source, publication), publication.clean)
    front, findings = cleaned.article.front, list(cleaned.findings)
    if front.date is not None:
        front = replace(front, date=in_zone(front.date, publication.zone))
    elif source.fallback:
        front = replace(front, date=source.fallback.moment.astimezone(publication.zone))
        findings.append(_dated(source.fallback.origin, front.date))
    if front.updated is not None:
        front = replace(front, updated=in_zone(front.updated, publication.zone))
    if not front.title:
        front = replace(front, title=_title_from_name(source.path))
    if not front.id:
        front = replace(front, id=derived_id(source.path))
        if kind_of(source.path) == "article":
            message = "no permanent id; derived from the file's path until one is written"
            findings.append(Finding("FM005", (1,), message))
    return CleanArticle(replace(cleaned.article, front=front), tuple(findings))


def _wanted(finding: Finding, front: FrontMatter, publication: Publication) -> bool:
    """Neither the publication's configuration nor the article's `keep` says that it is fine as it is."""
    kept = {finding.code, finding.code[:2]} & set(front.keep)
    return publication.clean.wants(finding.code) and not kept


def standfirst(summary: str, text: str) -> str:
    """The summary, unless the text says the same: a teaser cut out of the text must not be read twice."""
    said = " ".join(summary.split())
    return "" if said[:_SAME].rstrip("… .") in " ".join(text.split()) else said


def derived_id(path: str) -> str:
    """The id of an article that has none: it holds as long as the file keeps its place (RFC 9562, v5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"publisher:{path}").urn


def _card(article: Article, date: datetime, body: Body, publication: Publication) -> Card:
    front = article.front
    slug = front.slug or slugify(named_slug(article.path)) or _nameless(front)
    section = front.section or _folder(article.path)
    url = _url(publication, date, slug, section)
    kind = kind_of(article.path)
    if kind != "article":
        section, url = "", url_of(article.path, slug, front.title)
    return Card(
        path=article.path,
        id=front.id,
        url=url,
        slug=slug,
        title=front.title,
        date=date,
        updated=front.updated,
        authors=front.authors or ((publication.author,) if publication.author else ()),
        summary=front.summary or summarise(body.text),
        section=section,
        tags=front.tags,
        image=front.image,
        language=front.language or publication.language,
        featured=front.featured,
        draft=front.draft,
        canonical_url=front.canonical_url,
        source=front.source,
        words=body.words,
        minutes=max(1, round(body.words / _WORDS_PER_MINUTE)),
        kind=kind,
        aliases=tuple(below(alias, url) for alias in front.aliases),
        noindex=front.noindex,
    )


def _url(publication: Publication, date: datetime, slug: str, section: str) -> str:
    day = date.astimezone(publication.zone)
    parts = {"year": f"{day.year:04}", "month": f"{day.month:02}", "day": f"{day.day:02}", "slug": slug}
    return publication.permalink.format(**parts, section=slugify(section) or "news")


def _folder(path: str) -> str:
    """`harbour/2026-tide.md` -> `Harbour`: the section of an article that names none."""
    parts = PurePosixPath(path).parts[:-1]
    return re.sub(r"[-_]+", " ", parts[0]).strip().capitalize() if parts else ""


def _title_from_name(path: str) -> str:
    words = re.sub(r"[-_\s]+", " ", named_slug(path)).strip()
    return words[:1].upper() + words[1:] or "Untitled"


def _nameless(front: FrontMatter) -> str:
    return "article-" + hashlib.blake2b(front.id.encode(), digest_size=4).hexdigest()


def _dated(origin: str, date: datetime | None) -> Finding:
    day = date.date().isoformat() if date else ""
    if origin == "commit":
        return Finding("FM003", (1,), f"no date in the text; {day} is that of the file's first commit")
    return Finding(
        "FM004", (1,), f"no date in the text; {day} is when the file was last changed, and will move"
    )
