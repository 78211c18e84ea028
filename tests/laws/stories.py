"""Steps that change what authors write: articles, pages, authors, words for issues, pictures."""

import os
import subprocess
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.laws.world import Change, NothingToDo, Step, World, draw
from tests.work.projects import write

_SECTIONS = ("Harbour", "Town", "Culture & Food", "Sport", "Wissenschaft")
_AUTHORS = ("Ana Lund", "Bo Ek", "Émile Ôr", "ליאת ים", "Staff")
_TAGS = ("Ferry", "Winter", "Sea level", "C++", "Größe", "مدّ", "Rowing", "50 %")
_WORDS = ("quay", "tide", "ferry", "council", "eel", "lantern", "timetable", "harbour", "pilot", "ledger")
_CHROME = "Get the Coastwire newsletter delivered to your inbox\n\nSubscribe\n\nAdvertise with Us\n"

_BLOCKS = (
    "## What it costs",
    "```python\nx = [1, 2]\n```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "- [ ] a\n- [x] b",
    "A note.[^1]\n\n[^1]: Below.",
    "> Said.\n",
    "<b>bold</b> <script>x</script>",
    "    indented\n",
    _CHROME,
)


def sentence(world: World) -> str:
    words = [world.chance.choice(_WORDS) for _ in range(world.chance.randrange(6, 14))]
    return f"The {' and the '.join(words[:3])} were seen by {' '.join(words[3:])} number {world.number()}."


def new_story(world: World) -> None:
    """An article, mostly of the last weeks, sometimes of days to come; some linked, some without a head."""
    number, chance = world.number(), world.chance
    day = world.now + timedelta(hours=chance.choice((-900, -500, -200, -100, -50, -20, -3, 2, 9, 30, 90)))
    head = [
        f"title: {chance.choice(('Story', 'On', 'Why'))} {number} {chance.choice(_WORDS)}",
        f"date: {day:%Y-%m-%dT%H:%M%z}" if chance.random() < 0.9 else f"id: urn:walk:{number}",
        f"section: {chance.choice(_SECTIONS)}",
        f"tags: [{', '.join(chance.sample(_TAGS, 2))}]",
        f"authors: [{chance.choice(_AUTHORS)}]",
    ]
    body = "\n\n".join(sentence(world) for _ in range(chance.randrange(1, 5)))
    picture = "\n\n![The quay](../images/quay.png)" if chance.random() < 0.3 else ""
    ending = f"\n\n{_CHROME}" if chance.random() < 0.2 else "\n"
    folder = chance.choice(("harbour", "town", "2026"))
    text = "\n".join(["---", *head, "---", "", body + picture + ending])
    write(world.root / "content" / folder / f"story-{number}.md", text)


def _bare(world: World) -> None:
    """A scraped text without a head: its date is that of the file, or of its first commit."""
    number = world.number()
    title = f"A bare story, {number}"
    name = unicodedata.normalize(world.chance.choice(("NFC", "NFD")), f"größe-{number}.txt")
    lines = [
        title,
        f"{sentence(world)[:60]}...",
        title,
        "By Bo Ek",
        sentence(world),
        sentence(world),
        _CHROME,
    ]
    write(world.root / "content/town" / name, "\n\n".join(lines))


def _text(change: Callable[[World, str], str], folder: str = "") -> Change:
    """Changes one text."""

    def edit(world: World) -> None:
        file = draw(world, world.content(folder))
        write(file, change(world, file.read_text("utf-8")))

    return edit


def _field(key: str, *values: str) -> Change:
    """Sets a line of front matter, or takes it out (an empty value); `{}` is a new number."""

    def change(world: World, text: str) -> str:
        value = world.chance.choice(values).replace("{}", str(world.number()))
        head, body = _split(text)
        lines = [line for line in head if not line.startswith(f"{key}:")]
        lines += [f"{key}: {value}"] if value else []
        return "\n".join(["---", *lines, "---", body])

    return _text(change)


def _split(text: str) -> tuple[list[str], str]:
    if not text.startswith("---\n"):
        return [], text
    head, _, body = text[4:].partition("\n---\n")
    return head.split("\n"), body


def _dated(world: World) -> None:
    day = world.now + timedelta(hours=world.chance.randrange(-400, 60))
    _field("date", f"{day:%Y-%m-%dT%H:%M%z}")(world)


def _linked(world: World) -> None:
    """A link to another text, or to what is not there."""
    files = world.content()
    source, target = draw(world, files), draw(world, files)
    to = world.chance.choice((os.path.relpath(target, source.parent), "../no/where.md", "/author/ana-lund/"))
    anchor = world.chance.choice(("", "", "#what-it-costs", "#nothing"))
    write(source, f"{source.read_text('utf-8')}\nAs [we said]({to}{anchor}) before.\n")


def _copied(world: World) -> None:
    """The same story once more under another name, as agencies send it."""
    head, body = _split(draw(world, world.articles()).read_text("utf-8"))
    kept = [line for line in head if not line.startswith(("id:", "slug:", "aliases:"))]
    write(world.root / f"content/town/copy-{world.number()}.md", "\n".join(["---", *kept, "---", body]))


def _deleted(world: World) -> None:
    if len(files := world.articles()) > 6:
        draw(world, files).unlink()


def _renamed(world: World) -> None:
    file = draw(world, world.articles())
    name = world.chance.choice((f"renamed-{world.number()}{file.suffix}", file.name.swapcase(), file.name))
    target = world.root / "content" / world.chance.choice(("harbour", "town", "sport", "2026")) / name
    target.parent.mkdir(exist_ok=True)
    file.rename(target)


def _swapped(world: World) -> None:
    one, two = draw(world, world.articles()), draw(world, world.articles())
    first, second = one.read_text("utf-8"), two.read_text("utf-8")
    write(one, second)
    write(two, first)


def _kind(world: World) -> None:
    """An article becomes a page, or a page an article."""
    file, to = draw(world, world.content()), world.chance.choice(("pages", "authors", "harbour"))
    (world.root / "content" / to).mkdir(exist_ok=True)
    file.rename(world.root / "content" / to / file.name)


def _same_look(world: World) -> None:
    """Another text of the same size, and the file's old times put back."""
    file = draw(world, world.content())
    before = file.stat()
    text = file.read_text("utf-8")
    write(file, text.swapcase() if text.find("---") < 0 else text[::-1].replace("e", "o", 1)[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _touched(world: World) -> None:
    moment = world.now.timestamp() - world.chance.randrange(0, 10**6)
    os.utime(draw(world, world.content()), (moment, moment))


def _committed(world: World) -> None:
    """Everything in git, at the world's time; the first time it becomes a repository."""
    date = world.now.isoformat()
    who = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    for key in ("AUTHOR", "COMMITTER"):
        who |= {f"GIT_{key}_NAME": "Ana", f"GIT_{key}_EMAIL": "ana@example.org"}
    commands = [["init", "-q"], ["add", "content"], ["commit", "-q", "--allow-empty", "-m", "Stories"]]
    for command in commands:
        subprocess.run(["git", *command], cwd=world.root, check=True, env={**os.environ, **who})


def _page(world: World) -> None:
    name, number = world.chance.choice(("about", "help/faq", "index/help")), world.number()
    text = f"---\ntitle: Page {number}\nnav: {number % 3}\n---\n\n## What it costs\n\n{sentence(world)}\n"
    write(world.root / f"content/pages/{name}.md", text)


def _author(world: World) -> None:
    name = world.chance.choice(_AUTHORS)
    head = f"title: {name}\nemail: a{world.number()}@example.org\n"
    write(world.root / f"content/authors/{name[0]}.md", f"---\n{head}---\n\n{sentence(world)}\n")


def _gone(folder: str) -> Change:
    return lambda world: draw(world, world.content(folder)).unlink()


def _note(world: World) -> None:
    day = (world.now + timedelta(days=world.chance.randrange(-3, 2))).date()
    place = world.chance.choice(("", "daily/", "weekly/"))
    head = world.chance.choice(("subject: Tides", "order: oldest", "preheader: All of it", "first: [Town]"))
    write(world.root / f"content/newsletter/{place}{day}.md", f"---\n{head}\n---\n\n{sentence(world)}\n")


def _pictures(world: World) -> Path:
    folder = world.root / "content/images"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _picture(world: World) -> None:
    """A new one, or another in its place; now and then it is torn."""
    kind = world.chance.choice(("PNG", "PNG", "JPEG", "GIF", "WEBP"))
    size, content = (world.chance.randrange(1, 70), world.chance.randrange(1, 70)), BytesIO()
    Image.new("RGB", size, (world.chance.randrange(256), 9, 99)).save(content, kind)
    raw = content.getvalue()
    name = world.chance.choice(("quay.png", "quay.png", "boat.jpg", "tide.webp"))
    (_pictures(world) / name).write_bytes(raw[: len(raw) // 2] if world.chance.random() < 0.1 else raw)


def _shown(world: World) -> None:
    name = world.chance.choice(("quay.png", "boat.jpg", "tide.webp", "paper.pdf", "nothing.png"))
    file = draw(world, world.content())
    write(file, f"{file.read_text('utf-8')}\n![What it shows](../images/{name})\n")


def _download(world: World) -> None:
    (_pictures(world) / "paper.pdf").write_bytes(b"%PDF-1.4 " + str(world.number()).encode())


def _lost_picture(world: World) -> None:
    draw(world, sorted(_pictures(world).iterdir())).unlink()


def _broken(world: World) -> None:
    """A text that no build can take."""
    file = draw(world, world.content())
    write(file, world.chance.choice(("---\ntitle: a: b\n---\n", "---\ntilte: x\n---\n", "te\0xt\n")))


def _block(world: World, text: str) -> str:
    return f"{text}\n{world.chance.choice(_BLOCKS)}\n"


def _first(world: World, text: str) -> str:
    head, body = _split(text)
    start = "\n".join(["---", *head, "---", ""]) if head else ""
    return f"{start}\n{sentence(world)}\n\n{body.lstrip()}"


STEPS: tuple[Step, ...] = (
    Step("a new story", new_story, 5),
    Step("a bare story", _bare, 1),
    Step("a sentence at the end", _text(lambda world, text: f"{text}\n{sentence(world)}\n"), 5),
    Step("a sentence in front", _text(_first), 3),
    Step("a block", _text(_block), 3),
    Step("a title", _field("title", "News {}", "Story {} & more", "'“Quoted” {}'"), 3),
    Step("a section", _field("section", *_SECTIONS, ""), 2),
    Step("tags", _field("tags", "[Ferry, Eels]", "[Winter]", "[Größe, 'C++', Tag {}]", ""), 2),
    Step("authors", _field("authors", *(f"[{name}]" for name in _AUTHORS), "[Bo Ek, Ana Lund]", ""), 2),
    Step("a language", _field("language", "de", "ar", "en-GB", "fr", "")),
    Step("featured", _field("featured", "true", "")),
    Step("a draft", _field("draft", "true", "", ""), 2),
    Step("a date", _dated, 2),
    Step("an update", _field("updated", "2026-11-21T08:00", "2026-11-01", "")),
    Step("a slug", _field("slug", "story-{}", "größe-{}", "same", "")),
    Step("aliases", _field("aliases", "[/old/{}/]", "[/alt-{}.html]", "[/old/same/]", "")),
    Step("an id", _field("id", "urn:new:{}", "urn:same", "")),
    Step("noindex", _field("noindex", "true", "")),
    Step("a source", _field("source", "Coastwire", "{name: Eels, url: 'https://example.com/{}'}", "")),
    Step("a canonical address", _field("canonical_url", "https://example.com/c{}", "")),
    Step("a summary", _field("summary", "What it says, {}.", "")),
    Step("a lead picture", _field("image", "../images/quay.png", "../images/boat.jpg", "")),
    Step("a key of one's own", _field("mood", "calm {}", "2026-11-20", "[1, two]", "")),
    Step("what is kept", _field("publish", "{keep: [CL]}", "{keep: [DU001, 'Subscribe']}", "")),
    Step("a link", _linked, 3),
    Step("a copy of a story", _copied),
    Step("a deleted story", _deleted, 3),
    Step("a renamed story", _renamed, 3),
    Step("two stories swapped", _swapped),
    Step("another kind", _kind, 0.5),
    Step("an edit that shows in no time", _same_look, 2),
    Step("a touched file", _touched, 2),
    Step("a commit", _committed, 1),
    Step("a page", _page, 2),
    Step("a page gone", _gone("pages")),
    Step("an author", _author, 2),
    Step("an author gone", _gone("authors")),
    Step("words for an issue", _note, 2),
    Step("words for an issue gone", _gone("newsletter")),
    Step("a picture", _picture, 3),
    Step("a picture shown", _shown, 3),
    Step("a download", _download),
    Step("a picture gone", _lost_picture),
    Step("a broken text", _broken, 0.5),
)  # fmt: skip

__all__ = ["STEPS", "NothingToDo", "new_story", "sentence"]
