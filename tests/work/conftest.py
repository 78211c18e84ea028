"""What several tests of whole sites read and none changes."""

from pathlib import Path

import pytest

from tests.work.demo import copy_demo
from tests.work.projects import built


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's site, built once."""
    root = copy_demo(tmp_path_factory.mktemp("demo"))
    built(root, jobs=2)
    return root / "site"
