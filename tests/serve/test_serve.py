"""`publish serve` as a browser meets it: real processes on loopback."""

import gzip
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.servers import Browser, serving
from tests.work.projects import ARTICLES, CONFIGURATION, built, make, tree, write

FERRY = "/2026/11/ferry/"
FERRY_FILE = "content/harbour/2026-11-18-ferry.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "ledger")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One server for all tests that change nothing."""
    with serving(make(tmp_path_factory.mktemp("quiet") / "ledger")) as one:
        yield one


def test_pages_feeds_and_files_have_their_types_and_may_be_kept(browser: Browser) -> None:
    status, headers, body = browser.get(FERRY)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"The ferry is back" in body
    assert browser.get("/feed.xml")[1]["content-type"] == "application/rss+xml; charset=utf-8"
    assert browser.get("/sitemap.xml")[1]["content-type"] == "application/xml; charset=utf-8"
    assert browser.get("/robots.txt")[1]["content-type"] == "text/plain; charset=utf-8"
    known = {"If-None-Match": headers["etag"]}
    status, again, body = browser.get(FERRY, headers=known)
    assert (status, body, again["etag"]) == (304, b"", headers["etag"])
    assert browser.get(FERRY, headers={"If-None-Match": '"other"'})[0] == 200
    since = {"If-Modified-Since": headers["last-modified"]}
    assert browser.get(FERRY, headers=since)[0] == 304
    assert browser.get(FERRY, headers={**since, "If-None-Match": '"other"'})[0] == 200
    assert browser.get(FERRY, headers={"If-Modified-Since": "Sat, 21 Nov 1999 06:00:00 GMT"})[0] == 200
    status, head, body = browser.get(FERRY, "HEAD")
    assert (status, body, head["content-length"]) == (200, b"", headers["content-length"])
    assert browser.get(FERRY, "POST")[0] == 405


def test_what_shrinks_is_sent_packed_to_those_who_take_it(browser: Browser) -> None:
    plain = browser.get(FERRY)
    packed = browser.get(FERRY, headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed[1]["content-encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]
    assert packed[1]["etag"] != plain[1]["etag"]
    assert packed[1]["vary"] == "Accept-Encoding"
    assert "content-encoding" not in browser.get(FERRY, headers={"Accept-Encoding": "gzip;q=0"})[1]


def test_what_is_not_there_is_answered_with_the_sites_own_page(browser: Browser) -> None:
    status, headers, body = browser.get("/no/such/page")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"The Test Ledger" in body
    status, headers, _ = browser.get("/2026/11/ferry?a=1")
    assert (status, headers["location"]) == (301, "/2026/11/ferry/?a=1")


OUTSIDE = (
    *("/../publish.toml", "/%2e%2e/publish.toml", "/..%2fpublish.toml", "/2026/../../publish.toml"),
    *("//etc/passwd", "/.publish/memo.sqlite", "/content/harbour/2026-11-18-ferry.md", "/%00", "/a\\..\\b"),
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_address_leads_out_of_the_site(browser: Browser, path: str) -> None:
    status, _, body = browser.get(path)
    assert status == 404
    assert b"base_url" not in body
    assert b"root:" not in body


def test_the_script_is_in_responses_only_and_the_policy_allows_it_and_no_more(root: Path) -> None:
    with serving(root) as browser:
        _, _, body = browser.get(FERRY)
        page = body.decode()
        nonce = re.search(r'<script src="/_publish/reload.js" data-version="1" nonce="([^"]+)"', page)
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
        assert nonce
        assert policy
        parts = dict(part.strip().partition(" ")[::2] for part in policy[1].replace("&#x27;", "'").split(";"))
        assert parts["default-src"] == "'none'"
        assert f"'nonce-{nonce[1]}'" in parts["script-src"]
        assert parts["connect-src"].split()[-1] == f"http://127.0.0.1:{browser.port}/_publish/events"
        assert "unsafe" not in policy[1]
        assert browser.get("/_publish/reload.js")[1]["content-type"] == "text/javascript; charset=utf-8"
        assert b"_publish" not in browser.get("/feed.xml")[2]
    assert not (root / "site").exists()
    assert {file.name for file in (root / ".publish").iterdir()} <= {
        "bodies.sqlite",
        "memo.sqlite",
        "similar.sqlite",
        "images",
        "search.sqlite",
        "tables",
    }


def test_drafts_and_the_future_are_shown_and_say_so(root: Path) -> None:
    with serving(root) as browser:
        assert b"Draft: a build leaves this out." in browser.get("/2026/11/draft/")[2]
        assert b"Future: a build leaves this out until 2031-01-01" in browser.get("/2031/01/later/")[2]
        assert b"_publish-mark" not in browser.get(FERRY)[2]
        style = browser.get("/_publish/preview.css")[2].decode()
        assert 'a[href="/2026/11/draft/"]::after{content:"draft"}' in style
    with serving(root, "--no-drafts", "--no-future") as browser:
        assert browser.get("/2026/11/draft/")[0] == 404
        assert browser.get("/2031/01/later/")[0] == 404


def test_a_saved_file_is_told_and_shown_at_once(root: Path) -> None:
    with serving(root) as browser, browser.events() as events:
        assert next(events) == {"version": 1, "problems": []}
        text = (root / FERRY_FILE).read_text()
        write(root / FERRY_FILE, text.replace("forty-one", "forty-two"))
        assert next(events)["version"] == 2
        assert b"forty-two passengers" in browser.get(FERRY)[2]
        write(root / "templates" / "404.html", "Nothing here.")
        while b"Nothing here." not in browser.get("/nothing")[2]:
            next(events)
        write(root / "templates" / "404.html", "Nothing at all.")
        while b"Nothing at all." not in browser.get("/nothing")[2]:
            next(events)
        write(root / "publish.toml", CONFIGURATION.replace("The Test Ledger", "The Evening Ledger"))
        while b"The Evening Ledger" not in browser.get("/")[2]:
            next(events)
        (root / "content/town/2026-11-19-timetable.md").unlink()
        while browser.get("/2026/11/timetable/")[0] != 404:
            next(events)


def test_a_mistake_is_told_with_its_place_and_the_old_page_stays(root: Path) -> None:
    with serving(root) as browser, browser.events() as events:
        next(events)
        good = (root / FERRY_FILE).read_text()
        write(root / FERRY_FILE, good.replace("title: The", "titel: The"))
        write(root / FERRY_FILE, good.replace("section: Harbour", "date: [nonsense"))
        state = next(event for event in events if event["problems"])
        assert state["version"] == 1
        assert state["problems"][0]["where"].startswith(f"{FERRY_FILE}:")
        assert b"forty-one passengers" in browser.get(FERRY)[2]
        write(root / FERRY_FILE, good)
        assert next(event for event in events if not event["problems"])["version"] > 1


def test_a_broken_template_shows_where_on_the_page_that_needs_it(root: Path) -> None:
    write(root / "templates" / "article.html", "{{ nothing_of_the_kind }}")
    with serving(root) as browser:
        status, _, body = browser.get(FERRY)
        assert status == 500
        assert b"templates/article.html:1" in body
        assert b"/_publish/reload.js" in body
        assert browser.get("/")[0] == 200
        with browser.events() as events:
            state = next(event for event in events if event["problems"])
            assert state["problems"][0]["where"] == "templates/article.html:1"
            (root / "templates" / "article.html").unlink()
            next(event for event in events if not event["problems"])
        assert browser.get(FERRY)[0] == 200


def test_a_site_that_was_never_good_is_served_as_its_mistakes(root: Path) -> None:
    write(root / FERRY_FILE, "---\ntitle: [\n---\n")
    command = serving(root)
    with command as browser:
        status, _, body = browser.get("/")
        assert status == 500
        assert FERRY_FILE.encode() in body
        with browser.events() as events:
            assert next(events)["version"] == 0
            write(root / FERRY_FILE, ARTICLES["harbour/2026-11-18-ferry.md"])
            assert next(event for event in events if event["version"])["problems"] == []
        assert browser.get(FERRY)[0] == 200


def test_an_address_with_a_path_is_served_below_it(tmp_path: Path) -> None:
    root = make(tmp_path, configuration=CONFIGURATION.replace("example.org", "example.org/news"))
    with serving(root) as browser:
        assert browser.address.endswith("/news/")
        assert browser.get("/")[1]["location"] == "/news/"
        assert browser.get(f"/news{FERRY}")[0] == 200
        assert browser.get(FERRY)[0] == 404


def test_former_addresses_lead_on(root: Path) -> None:
    text = ARTICLES["harbour/2026-11-18-ferry.md"].replace("id: urn", "aliases: [/old/ferry/]\nid: urn")
    write(root / FERRY_FILE, text)
    with serving(root) as browser:
        status, headers, body = browser.get("/old/ferry/")
        assert status in {200, 301}
        assert FERRY.encode() in body or headers["location"] == FERRY


def test_other_hosts_are_refused(browser: Browser) -> None:
    assert browser.get("/", headers={"Host": "evil.example.com"})[0] == 421
    assert browser.get("/", headers={"Host": f"localhost:{browser.port}"})[0] == 200


def test_two_servers_and_a_build_do_not_disturb_each_other(root: Path) -> None:
    build = [sys.executable, "-m", "publisher", "-C", str(root), "build", "-q"]
    with serving(root) as one, serving(root) as two:
        subprocess.run(build, check=True)
        before = tree(root / "site")
        assert one.get(FERRY)[0] == two.get(FERRY)[0] == 200
        assert tree(root / "site") == before
        assert not any(b"_publish/reload" in content for content in before.values())


def test_a_taken_port_is_told_with_a_way_out(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "publisher", "-C", str(root), "serve", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "the port is taken" in done.stderr
    assert "--port" in done.stderr


def test_without_the_extra_it_says_how_to_get_it(root: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    write(hidden / "starlette" / "__init__.py", "raise ModuleNotFoundError('no', name='starlette')")
    command = [sys.executable, "-m", "publisher", "-C", str(root), "serve"]
    environment = {**os.environ, "PYTHONPATH": str(hidden)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 2
    assert "pip install 'publisher[serve]'" in done.stderr


@pytest.mark.parametrize("base", ["", "/news"])
def test_what_was_withdrawn_answers_as_gone(tmp_path: Path, base: str) -> None:
    text = CONFIGURATION.replace("ledger.example.org", f"ledger.example.org{base}")
    root = make(
        tmp_path,
        {**ARTICLES, "a/größe.md": "---\ntitle: G\nid: g\ndate: 2026-11-19\nslug: größe\n---\n\nT.\n"},
        text,
    )
    built(root)
    (root / FERRY_FILE).unlink()
    (root / "content/a/größe.md").unlink()
    before = (root / ".publish/ledger.sqlite").read_bytes()
    with serving(root) as browser:
        for address in (f"{base}{FERRY}", f"{base}/2026/11/gr%C3%B6%C3%9Fe/"):
            status, headers, body = browser.get(address)
            assert (status, headers["content-type"]) == (410, "text/html; charset=utf-8")
            assert b"Article withdrawn" in body
        assert browser.get(f"{base}/2026/11/nothing/")[0] == 404
        assert b"deleted-entry" in browser.get(f"{base}/feed.atom")[2]
    assert (root / ".publish/ledger.sqlite").read_bytes() == before
