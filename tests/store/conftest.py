"""A folder in which the system's permissions count, also where the tests run as root."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def plain() -> Iterator[Path]:
    """An empty folder; the test runs as a user without privileges."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        root = os.geteuid() == 0
        if root:
            place.chmod(0o777)
            os.seteuid(NOBODY)
        try:
            yield place
        finally:
            if root:
                os.seteuid(0)
            for each, _, _ in os.walk(place):
                Path(each).chmod(0o700)
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(exist_ok=True)
