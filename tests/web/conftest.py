"""An endpoint for tests that leave it as it is, or touch readers of their own only."""

from collections.abc import Iterator

import pytest

from tests.web.servers import Endpoint, endpoint


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with endpoint(tmp_path_factory.mktemp("publication")) as running:
        yield running
