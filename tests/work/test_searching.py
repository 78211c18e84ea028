"""The index on disk: what it holds, that little is rewritten, and that what is remembered is right."""

import json
import shutil
from pathlib import Path

import pytest

from publisher.model import Output
from publisher.search.index import Indexed, bucket
from tests.search.reader import find
from tests.work.projects import ARTICLES, built, make, tree, write

_ARTICLE = "---\ntitle: Article {0}\ndate: 2026-10-{1:02}\nid: urn:{0}\n{2}---\n\n{3}\n"


def searched(root: Path, query: str) -> list[str]:
    """What the built site finds."""
    outputs = tree(root / "site")
    made = []
    for name, documents, buckets, stamp in json.loads(outputs["search/index.json"]):
        own = tuple(Output(path, content) for path, content in outputs.items() if f"search/{name}/" in path)
        made.append(Indexed(name, documents, buckets, stamp, own))
    return find(made, query)


def articles(number: int) -> dict[str, str]:
    """Each of the same words and of some that no other has."""
    return {
        f"a{n}.md": _ARTICLE.format(n, n % 28 + 1, "", " ".join(f"w{n}x{k}" for k in range(400)) + " shared")
        for n in range(number)
    }


def test_articles_are_found_by_text_title_tag_and_author(tmp_path: Path) -> None:
    built(make(tmp_path, ARTICLES))
    ferry = "/2026/11/ferry/"
    for query in ("forty-one passengers", "FERRY", "harbour", "Ana Lund"):
        assert ferry in searched(tmp_path, query), query
    assert searched(tmp_path, "submarine") == []
    assert searched(tmp_path, "advertise") == [], "what cleaning took out is not found"


def test_drafts_future_articles_and_those_with_noindex_are_not_found(tmp_path: Path) -> None:
    texts = {
        "d.md": _ARTICLE.format("d", 1, "draft: true\n", "secret"),
        "n.md": _ARTICLE.format("n", 2, "noindex: true\n", "secret"),
        "f.md": _ARTICLE.format("f", 3, "", "secret").replace("2026-10", "2031-10"),
        "p.md": _ARTICLE.format("p", 4, "", "public"),
    }
    built(make(tmp_path, texts))
    assert searched(tmp_path, "public") == ["/2026/10/p/"]
    assert searched(tmp_path, "secret") == []
    assert not any(
        b"secret" in content for path, content in tree(tmp_path / "site").items() if "search" in path
    )


def test_what_is_remembered_gives_the_bytes_of_a_build_from_scratch(tmp_path: Path) -> None:
    built(make(tmp_path, articles(40)))
    write(tmp_path / "content" / "a3.md", _ARTICLE.format(3, 4, "", "mended shared"))
    write(tmp_path / "content" / "new.md", _ARTICLE.format("new", 28, "", "brand new"))
    (tmp_path / "content" / "a5.md").unlink()
    built(tmp_path)
    incremental = tree(tmp_path / "site")
    assert searched(tmp_path, "mended") == ["/2026/10/a3/"]
    shutil.rmtree(tmp_path / "site")
    for file in (tmp_path / ".publish").glob("*.sqlite"):
        if file.name != "ledger.sqlite":  # when an edit was first seen stands nowhere else
            file.unlink()
    built(tmp_path)
    assert tree(tmp_path / "site") == incremental


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_the_memory_of_the_index_may_be_lost_or_damaged(tmp_path: Path, damage: bytes | None) -> None:
    built(make(tmp_path, articles(3)))
    before = tree(tmp_path / "site")
    memory = tmp_path / ".publish" / "search.sqlite"
    assert memory.is_file()
    if damage is None:
        memory.unlink()
    else:
        memory.write_bytes(damage)
    assert not built(tmp_path).written.changed
    assert tree(tmp_path / "site") == before


def test_one_mended_word_rewrites_one_file_of_the_index(tmp_path: Path) -> None:
    texts = articles(30)
    built(make(tmp_path, texts))
    buckets = json.loads(tree(tmp_path / "site")["search/index.json"])[0][2]
    assert buckets > 3
    write(tmp_path / "content" / "a7.md", texts["a7.md"].replace("w7x399", "mended"))
    changed = [path for path in built(tmp_path).written.changed if path.startswith("search/")]
    expected = {f"search/2026-10/{bucket(term, buckets)}.json" for term in ("mended", "w7x399")}
    assert set(changed) == expected


def test_search_can_be_switched_off(tmp_path: Path) -> None:
    site = built(make(tmp_path, ARTICLES, "[search]\nenabled = false\n")).site
    assert not [output.path for output in site.outputs if output.path.startswith("search/")]
    assert b"/search/" not in tree(tmp_path / "site")["index.html"]
