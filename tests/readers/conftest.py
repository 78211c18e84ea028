"""One served publication for all readers; none of them changes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.readers.served import Served, served


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("readers")) as held:
        yield held


@pytest.fixture
def feeds(everything: Served) -> Served:
    """The same, with nothing noted yet."""
    everything.asked.clear()
    return everything


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which a reader finds nothing but what a test has put there."""
    return {"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
