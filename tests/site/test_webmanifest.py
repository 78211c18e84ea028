"""The web manifest."""

import json

from publisher.settings import Publication
from publisher.site.webmanifest import webmanifest


def test_addresses_are_below_the_sites_own() -> None:
    output = webmanifest(Publication(title="The Harbour Ledger", base_url="https://example.org/news"))
    record = json.loads(output.content)
    assert output.path == "site.webmanifest"
    assert (record["start_url"], record["scope"]) == ("/news/", "/news/")
    assert [icon["src"] for icon in record["icons"]] == [
        "/news/icon-192.png",
        "/news/icon-512.png",
        "/news/icon-maskable-512.png",
    ]
    assert record["short_name"] == "Ledger"
    assert "description" not in record
