"""Deploying to a folder of this machine: a mounted share, a web server's folder, a test."""

from collections.abc import Sequence
from pathlib import Path

from publisher.deploy.plan import Local
from publisher.errors import PublishError
from publisher.store.atomic import replace
from publisher.store.failures import naming
from publisher.store.obstacles import Tree
from publisher.store.paths import ancestors


class Folder:
    """`site` is the built site, `root` the folder it goes to. Nothing is written through links."""

    def __init__(self, site: Path, root: Path) -> None:
        self._site = site
        self._root = root

    def read(self, path: str) -> bytes | None:
        file = self._root / path
        with naming(file, "read it"):
            return file.read_bytes() if file.is_file() and not file.is_symlink() else None

    def put(self, files: Sequence[Local]) -> None:
        for each in files:
            with naming(self._site / each.path, "read it"):
                content = (self._site / each.path).read_bytes()
            self.write(each.path, content)

    def write(self, path: str, content: bytes) -> None:
        file = self._root / path
        self._refuse_links(path)
        with naming(file, "write it"):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace(file, content, durable=path.startswith("."))

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._refuse_links(path)
            with naming(self._root / path, "remove it"):
                (self._root / path).unlink(missing_ok=True)
            for folder in ancestors(path):
                if not _rmdir(self._root / folder):
                    break

    def _refuse_links(self, path: str) -> None:
        tree = Tree(self._root)
        for folder in ancestors(path):
            if tree.kind(folder) == "link":
                hint = "remove it; nothing is written through links"
                raise PublishError(
                    str(self._root / folder), "a symbolic link where the site needs a folder", hint
                )


def _rmdir(folder: Path) -> bool:
    """Removes the folder if it is empty."""
    try:
        folder.rmdir()
    except OSError:
        return False
    return True
