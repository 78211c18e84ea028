"""The publication here -> its pages and feed as a review should see them: without what changes by itself."""

import re
import shutil
import tempfile
from pathlib import Path

from tests.work.projects import PICTURE, built, tree, write

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
# One page of each type, the redirect of an alias, and what machines read.
PATHS = (
    "index.html",
    "2026/11/ferry/index.html",
    "2025/10/bell/index.html",
    "section/town/index.html",
    "tag/winter/index.html",
    "tag/index.html",
    "author/ana-lund/index.html",
    "archive/index.html",
    "archive/2026/index.html",
    "archive/2026/11/index.html",
    "search/index.html",
    "about/index.html",
    "winter/index.html",
    "404.html",
    "feed.xml",
    "sitemap.xml",
    "sitemap-news.xml",
    "robots.txt",
    "_redirects",
)
# Digests change with every edit of the style sheet or of a script, versions with every release.
_VOLATILE = (
    (re.compile(r"\.[0-9a-f]{10}\."), ".DIGEST."),
    (re.compile(r"sha256-[\w+/=]+"), "sha256-DIGEST"),
    (re.compile(r"(<script>).*?(</script>)", re.DOTALL), r"\1…\2"),
    (re.compile(r"(<generator>).*?(</generator>)"), r"\1…\2"),
)


def made() -> dict[str, str]:
    """The text of each of `PATHS`, built in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "publication"
        shutil.copytree(HERE / "publication", root)
        (root / "content" / "images").mkdir()
        (root / "content" / "images" / "quay.png").write_bytes(PICTURE)
        built(root)
        files = tree(root / "site")
    return {path: _settled(files[path].decode()) for path in PATHS}


def _settled(text: str) -> str:
    for pattern, instead in _VOLATILE:
        text = pattern.sub(instead, text)
    return text


def kept() -> dict[str, str]:
    """What stands in `EXPECTED`."""
    return {path: content.decode() for path, content in tree(EXPECTED).items()}


def renew() -> list[str]:
    """Writes `EXPECTED` anew; the paths whose text changed."""
    before, now = kept(), made()
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, text in now.items():
        write(EXPECTED / path, text)
    return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
