"""Only what depends on an edit is made anew, and what comes of it is what a build from scratch gives."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publisher.errors import PublishError
from publisher.templating import Later
from publisher.work.building import Built
from tests.work.corpus import articles
from tests.work.projects import built, from_scratch, make, tree, write

COUNT = 12
CONFIGURATION = """\
title = "The Long Ledger"
base_url = "https://ledger.example.org/news"
time_zone = "Europe/Berlin"
page_size = 4
author = "The newsroom"
[images]
widths = [16]
cards = false
[feed]
items = 3
of = ["section", "language"]
[feeds.partner]
path = "partner"
"""
Edit = Callable[[Path], None]


def publication(root: Path) -> Path:
    make(root, articles(COUNT), CONFIGURATION)
    write(root / "content/authors/ana.md", "---\ntitle: Ana Lund\nemail: ana@example.org\n---\n\nShe rows.\n")
    picture(root, 1)
    return root


def picture(root: Path, shade: int) -> None:
    content = BytesIO()
    Image.new("L", (40, 40), shade).save(content, "PNG")
    (root / "content/images/quay.png").write_bytes(content.getvalue())


def story(root: Path, number: int) -> Path:
    files = sorted((root / "content").glob("20*/*.md"))
    return files[number % len(files)]


def changed(number: int, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        file = story(root, number)
        write(file, file.read_text("utf-8").replace(old, new, 1))

    edit.__name__ = f"{new.split(maxsplit=1)[0].strip(':')} of {number}"
    return edit


def added(root: Path) -> None:
    number = len(list((root / "content").glob("20*/*.md")))
    text = story(root, 0).read_text("utf-8").replace("urn:long:", f"urn:new{number}:")
    text = text.replace("slug: ", f"slug: new{number}-").replace("aliases: ", "was: ").replace("Ana", "Eva")
    write(root / f"content/2026/new{number}.md", text)


def deleted(root: Path) -> None:
    story(root, 5).unlink()


def renamed(root: Path) -> None:
    file = story(root, 3)
    file.rename(file.with_name(f"renamed-{file.name}"))


def partial(root: Path) -> None:
    file = root / "templates/partials/footer.html"
    write(file, (file.read_text("utf-8") if file.exists() else "") + "<footer>{{ site.title }}</footer>\n")


def sheet(root: Path) -> None:
    write(root / "templates/custom.css", "body { color: red }\n")


def configured(old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        text = (root / "publish.toml").read_text("utf-8")
        write(root / "publish.toml", text.replace(old, new))

    edit.__name__ = new
    return edit


def other_picture(root: Path) -> None:
    picture(root, 2)


def lost_picture(root: Path) -> None:
    (root / "content/images/quay.png").unlink(missing_ok=True)


def profile(root: Path) -> None:
    write(
        root / "content/authors/ana.md", "---\ntitle: Ana Lund\nemail: al@example.org\n---\n\nShe rows far.\n"
    )


def about(root: Path) -> None:
    write(root / "content/pages/about.md", "---\ntitle: About us\nnav: 1\n---\n\nWho we are.\n")


def spoilt_outputs(root: Path) -> None:
    for number, file in enumerate(sorted((root / "site").rglob("*.html"))):
        if number % 3 == 0:
            file.unlink()
        elif number % 3 == 1:
            file.write_bytes(file.read_bytes()[::-1])


def lost_memory(root: Path) -> None:
    (root / ".publish/rendered").unlink(missing_ok=True)


def damaged_memory(root: Path) -> None:
    file = root / ".publish/rendered"
    if file.exists():
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 1
        file.write_bytes(bytes(raw))


def refused(root: Path) -> None:
    """A build that fails leaves nothing behind that the next one could trip over."""
    file = root / "templates/listing.html"
    before = file.read_text("utf-8") if file.exists() else None
    write(file, "{{ heding }}")
    with pytest.raises(PublishError):
        built(root)
    file.unlink() if before is None else write(file, before)


EDITS: tuple[Edit, ...] = (
    *(changed(number, "Story number", "A story of number") for number in (0, 4, 9)),
    *(changed(number, "title: 'Story", "title: 'News") for number in (1, 7)),
    changed(2, "section: ", "section: New "),
    changed(6, "tags: [", "tags: [Eels, "),
    changed(8, "authors: [", "authors: [Ana Lund, "),
    changed(10, "language: ", "featured: true\nlanguage: "),
    changed(11, "![The quay]", "![The old quay]"),
    added, added, deleted, renamed, partial, sheet, other_picture, lost_picture, profile, about,
    configured("Long", "Longer"), configured("page_size = 4", "page_size = 5"),
    configured("items = 3", "items = 4"),
    configured("widths = [16]", "widths = [24]"), configured("Europe/Berlin", "Asia/Kathmandu"),
    spoilt_outputs, lost_memory, damaged_memory, refused,
)  # fmt: skip


@contextmanager
def scratch(root: Path) -> Iterator[dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        yield from_scratch(root, Path(folder))


@pytest.mark.parametrize("start", range(3))
def test_each_edit_gives_what_a_clean_build_gives(tmp_path: Path, start: int) -> None:
    root = publication(tmp_path)
    built(root)
    for edit in EDITS[start::3]:
        edit(root)
        built(root)
        with scratch(root) as clean:
            assert tree(root / "site") == clean, edit.__name__


@settings(max_examples=3, deadline=None)
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=5))
def test_so_does_any_sequence_of_edits(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = publication(Path(folder))
        for edit in edits:
            built(root)
            edit(root)
        built(root)
        with scratch(root) as clean:
            assert tree(root / "site") == clean


def made(done: Built) -> set[str]:
    """The pages and feeds that were rendered."""
    every = (each for each in done.site.outputs if isinstance(each, Later))
    return {each.path for each in every if each._content is not None or each._away}


def test_the_first_build_makes_everything_the_next_nothing(tmp_path: Path) -> None:
    root = publication(tmp_path)
    first, second = built(root), built(root)
    assert {each.path for each in first.site.outputs if each.path.endswith(".html")} <= made(first)
    assert made(second) == set()


def test_a_body_is_made_with_what_shows_it_and_nothing_else(tmp_path: Path) -> None:
    root = publication(tmp_path)
    built(root)
    file = story(root, 5)
    write(file, file.read_text("utf-8") + "\nOne sentence more, far below what lists and cards show.\n")
    again = built(root)
    pages = {path for path in made(again) if path.endswith("/index.html") and path.count("/") == 4}
    assert set(again.written.changed) & made(again)
    assert len(made(again)) < len(again.site.outputs) / 2
    assert pages < {each.path for each in again.site.outputs}


def test_a_new_article_leaves_most_pages_alone(tmp_path: Path) -> None:
    root = publication(tmp_path)
    built(root)
    added(root)
    again = built(root)
    old = {path for path in made(again) if path[:2] == "20"} - set(again.written.new)
    assert len(old) <= 2


def test_another_picture_is_told_by_the_pages_that_show_it(tmp_path: Path) -> None:
    root = publication(tmp_path)
    write(root / "content/bare.md", "---\ntitle: Bare\ndate: 2020-01-01\nid: urn:bare\n---\n\nNo picture.\n")
    built(root)
    other_picture(root)
    again = made(built(root))
    assert "2020/01/bare/index.html" not in again
    assert "404.html" not in again
    assert any("story-1/" in path for path in again)


@pytest.mark.parametrize("edit", [partial, configured("Long", "Longer")], ids=["partial", "title"])
def test_what_every_page_shows_makes_every_page(tmp_path: Path, edit: Edit) -> None:
    root = publication(tmp_path)
    built(root)
    edit(root)
    again = built(root)
    assert {each.path for each in again.site.outputs if each.path.endswith(".html")} <= made(again)


def test_a_preview_elsewhere_is_made_whole(tmp_path: Path) -> None:
    root = publication(tmp_path)
    built(root)
    before = tree(root / "site")
    configured('title = "The', 'output = "preview"\ntitle = "The')(root)
    built(root)
    assert tree(root / "preview").keys() == before.keys()
