"""`publish learn` over a publication on disk, and the build that uses what it wrote."""

from pathlib import Path

import pytest

from publisher.config.sources import MARK
from publisher.errors import PublishError
from publisher.work.learning import learn
from publisher.work.place import open_place
from publisher.work.tracing import trace
from tests.clean.test_recurring import NAMES, story
from tests.work.projects import built, make, tree, write

LABEL = "The night desk wishes its readers a calm sea"
FILE = "sources/example-courier.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make(tmp_path)
    for number, name in enumerate(NAMES):
        head = f"title: The day of {name}\ndate: 2026-11-1{number}\nid: urn:{name}\nsource: Example Courier\n"
        write(made / f"content/wire/{name}.md", f"---\n{head}---\n\n{story(name)}\n\n{LABEL}\n")
    return made


def test_what_is_learned_is_stripped_by_the_next_build(root: Path) -> None:
    before = built(root)
    assert any(LABEL.encode() in content for content in tree(root / "site").values())
    (learned,) = learn(open_place(root, None, {}))
    assert (learned.file, learned.articles, learned.before) == (FILE, 6, "")
    assert (root / FILE).read_text("utf-8") == learned.after
    after = built(root)
    assert len(after.site.entries) == len(before.site.entries)
    assert not any(LABEL.encode() in content for content in tree(root / "site").values())
    fate = trace(open_place(root, None, {}), Path("content/wire/Ana.md")).fates[-1]
    assert (fate.kind, fate.codes) == ("removed", ("CL021",))


def test_a_second_run_finds_the_same_and_writes_nothing(root: Path) -> None:
    learn(open_place(root, None, {}))
    stamp = (root / FILE).stat().st_mtime_ns
    (again,) = learn(open_place(root, None, {}))
    assert again.after == again.before
    assert (root / FILE).stat().st_mtime_ns == stamp


def test_the_editors_word_stands(root: Path) -> None:
    own = f'names = ["Example Courier"]\n# our own\n[[line]]\ntext = "{LABEL}"\naction = "keep"\n'
    write(root / FILE, own)
    learn(open_place(root, None, {}))
    assert (root / FILE).read_text("utf-8") == f"{own}{MARK}\n"
    built(root)
    assert any(LABEL.encode() in content for content in tree(root / "site").values())


def test_one_source_by_name_and_none_by_a_name_nobody_has(root: Path) -> None:
    assert [each.name for each in learn(open_place(root, None, {}), "example courier", write=False)] == [
        "Example Courier"
    ]
    assert not (root / "sources").exists()
    with pytest.raises(PublishError, match="did you mean 'example-courier'"):
        learn(open_place(root, None, {}), "Exmaple Courier")


def test_a_mistake_in_a_source_file_is_told(root: Path) -> None:
    write(root / FILE, "[[line]]\ntekst = 'x'\n")
    with pytest.raises(PublishError, match="did you mean 'text'"):
        open_place(root, None, {})


def test_a_byline_that_contradicts_front_matter_is_for_a_person(root: Path) -> None:
    for file in (root / "content/wire").iterdir():
        text = file.read_text("utf-8").replace("source:", "author: Ada Example\nsource:")
        write(file, text.replace(LABEL, "Written by Staff"))
    assert learn(open_place(root, None, {})) == ()
