"""sfeed (codemadness.org/sfeed.html), which turns a feed into lines with tabs."""

import http.client
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.readers.served import Served

pytestmark = pytest.mark.skipif(shutil.which("sfeed") is None, reason="sfeed is not installed")


@pytest.mark.parametrize("path", ["feed.xml", "feed.atom", "feeds/smart.xml"])
def test_sfeed(feeds: Served, home: dict[str, str], path: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(feeds.address).netloc, timeout=20)
    connection.request("GET", f"/{path}")
    content = connection.getresponse().read()
    connection.close()
    done = subprocess.run(["sfeed"], input=content, env=home, check=True, timeout=60, capture_output=True)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    # sfeed(5): time, title, link, content, its type, id, author, enclosure, categories
    assert [(row[5], row[1], row[2]) for row in rows] == [
        (each.id, each.title, each.link) for each in feeds.items
    ]
    assert [int(row[0]) for row in rows] == sorted((int(row[0]) for row in rows), reverse=True)
    assert {(row[4], row[6], row[8]) for row in rows} == {("html", "Ana Lund", "Quay")}
    assert all("begins here, &amp; it has" in row[3] for row in rows)
