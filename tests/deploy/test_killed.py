"""A deployment that is killed between any two files is completed by the next one."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from publisher.deploy.folder import Folder
from publisher.deploy.plan import RECORD, Local, make_plan, read_record
from publisher.deploy.ship import ship
from publisher.work.deploying import built_files
from tests.deploy.sites import PAGES, built
from tests.work.projects import tree

NEW = {**PAGES, "index.html": "<p>New</p>", "new/index.html": "<p>New</p>"}
GONE = "tag/harbour/index.html"


class Killed(BaseException):
    """What a kill looks like from inside."""


class Dying(Folder):
    """Ends after so many files have been written or removed."""

    left = 0

    def write(self, path: str, content: bytes) -> None:
        self._live()
        super().write(path, content)

    def delete(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._live()
            super().delete([path])

    def _live(self) -> None:
        if self.left == 0:
            raise Killed
        self.left -= 1


def deployed(target: Folder, local: tuple[Local, ...]) -> None:
    ship(make_plan(local, read_record("live", target.read(RECORD))), target, lambda *_: None)


@pytest.mark.parametrize("steps", range(9))
def test_a_killed_deployment_is_completed(tmp_path: Path, steps: int) -> None:
    place = built(tmp_path / "ledger", 'to = "../www"')
    www = tmp_path / "www"
    deployed(Folder(place.output, www), built_files(place))
    (www / "theirs.txt").write_text("stays")
    pages = {path: text for path, text in NEW.items() if path != GONE}
    place = built(tmp_path / "ledger", 'to = "../www"', pages)
    dying = Dying(place.output, www)
    dying.left = steps
    try:
        deployed(dying, built_files(place))
    except Killed:
        assert steps < 8
    deployed(Folder(place.output, www), built_files(place))
    found = {path: body.decode() for path, body in tree(www).items() if path != RECORD}
    assert found == {**pages, "theirs.txt": "stays"}
