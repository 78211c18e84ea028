"""The life of a newsletter on one machine, all of it real: browser, endpoint, Postfix, daily runs.

One reader signs up on the built site and leaves by one click; the mails of another come back.
"""

import email
import email.policy
import http.client
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.postfix import MASTER
from tests.work.lists import sql

REPOSITORY = Path(__file__).parents[2]
URL = "https://news.example.org"
SETTINGS = f"""\
title = "The Harbour Ledger"
base_url = "https://ledger.example.org"
[images]
cards = false
[newsletter]
sender = "tide@ledger.example.org"
address = "1 Quay Street, Port Town"
[web]
url = "{URL}"
refuse = []
[sending]
bounces = "bounces.example.org"
[bounces]
mailbox = "maildir:{{boxes}}/returned"
[deploy.live]
to = "../www"
[relays.main]
host = "127.0.0.1"
port = {{port}}
security = "none"
"""
ARTICLE = "---\ntitle: {title}\ndate: {date}\n---\n\nAfter two weeks the ferry sails again.\n"
MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = mx.example.com
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = readers.example.com, bounces.example.org
virtual_mailbox_base = {home}/boxes
virtual_mailbox_maps = regexp:{home}/etc/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
notify_classes =
"""
MAILBOXES = """\
/^ana@readers\\.example\\.com$/ ana/
/^cy@readers\\.example\\.com$/ cy/
/^b\\+.*@bounces\\.example\\.org$/ returned/
"""


@dataclass(frozen=True)
class Post:
    """A Postfix of its own: where it listens, and its Maildirs."""

    port: int
    boxes: Path

    def mails(self, box: str, count: int) -> list[EmailMessage]:
        """Everything in a mailbox, the oldest first, once there are so many."""
        files: list[Path] = []
        for _ in range(200):
            files = sorted((self.boxes / box / "new").glob("*"), key=lambda file: file.stat().st_mtime_ns)
            if len(files) >= count:
                break
            time.sleep(0.05)
        return [
            email.message_from_bytes(file.read_bytes(), EmailMessage, policy=email.policy.default)
            for file in files
        ]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    program = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not program or os.geteuid() != 0:
        pytest.skip("postfix is not installed, or cannot be started: that takes root")
    home = Path(mkdtemp(prefix="publish-cycle-"))  # its parents have to be open to the user postfix
    home.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    owner = pwd.getpwnam("postfix")
    for name, user in (("queue", 0), ("data", owner.pw_uid), ("boxes", 65534), ("etc", 0)):
        (home / name).mkdir()
        os.chown(home / name, user, -1)
    for name, text in (("main.cf", MAIN), ("master.cf", MASTER), ("mailboxes", MAILBOXES)):
        (home / "etc" / name).write_text(text.replace("{home}", str(home)).replace("{port}", str(port)))
    for name in ("cur", "new", "tmp"):  # of the mailbox that is read before anything came back
        (home / "boxes/returned" / name).mkdir(parents=True)
    subprocess.run(["chown", "-R", "65534", home / "boxes"], check=True)
    postfix = [program, "-c", str(home / "etc")]
    try:
        started = subprocess.run([*postfix, "start"], check=False, capture_output=True, text=True)
        assert started.returncode == 0, started.stderr
        yield Post(port, home / "boxes")
    finally:
        subprocess.run([*postfix, "stop"], check=False, capture_output=True)
        shutil.rmtree(home)


@dataclass(frozen=True)
class Publication:
    root: Path

    def publish(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "publisher", "-C", str(self.root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())

    def daily(self, title: str, moment: datetime) -> None:
        """An article appears, and cron comes; nothing is said when all goes well."""
        date = (moment - timedelta(minutes=5)).isoformat()
        (self.root / "content" / f"{title}.md").write_text(ARTICLE.format(title=title, date=date), "utf-8")
        done = self.publish("daily", "--now", moment.isoformat())
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    def states(self) -> dict[str, str]:
        rows = sql(self.root / ".publish/ledger.sqlite", "SELECT address, state FROM subscribers")
        return {str(address).partition("@")[0]: str(state) for address, state in rows}


@pytest.fixture
def publication(tmp_path: Path, post: Post) -> Publication:
    found = Publication(tmp_path / "ledger")
    (found.root / "content").mkdir(parents=True)
    settings = SETTINGS.format(boxes=post.boxes, port=post.port)
    (found.root / "publish.toml").write_text(settings, "utf-8")
    for name in ("bo", "cy"):
        own = ("--confirmed", "--consent", "on paper", "--newsletter", "daily")
        assert found.publish("subscribers", "add", f"{name}@readers.example.com", *own).returncode == 0
    return found


@pytest.fixture
def web(publication: Publication) -> Iterator[int]:
    """The port of the endpoint, as a process of its own."""
    command = [sys.executable, "-m", "publisher", "-C", str(publication.root), "web", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment()) as running:
        assert running.stdout
        yield int(running.stdout.readline().split("127.0.0.1:")[1].split(";")[0])
        running.terminate()


@pytest.fixture
def page(browser: Browser, web: int, publication: Publication) -> Iterator[Page]:
    """A browser without scripts, in whose world both addresses lead to this machine."""
    context = browser.new_context(java_script_enabled=False)

    def endpoint(route: Route) -> None:
        """What the web server with the certificate does that stands in front."""
        request = urlsplit(route.request.url)
        address = f"http://127.0.0.1:{web}{request.path}{'?' if request.query else ''}{request.query}"
        answer = route.fetch(
            url=address, max_redirects=0, headers={**route.request.headers, "X-Forwarded-For": "192.0.2.7"}
        )
        route.fulfill(response=answer)

    def site(route: Route) -> None:
        file = publication.root.parent / "www" / urlsplit(route.request.url).path.lstrip("/")
        with suppress(FileNotFoundError):
            route.fulfill(path=file / "index.html" if file.is_dir() else file)
            return
        route.abort()

    context.route(f"{URL}/**", endpoint)
    context.route("https://ledger.example.org/**", site)
    yield context.new_page()
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}


def sign_up(page: Page, post: Post, address: str) -> None:
    """By the form on the site's first page, and the link in the mail that comes."""
    page.goto("https://ledger.example.org/")
    page.fill("form[action$='/subscribe'] input[type=email]", address)
    page.click("form[action$='/subscribe'] button")
    page.wait_for_timeout(4_000)  # a form that comes back at once is a machine's
    page.click("text=Sign up >> visible=true >> nth=-1")
    assert page.inner_text("h1") == "Look into your inbox"
    (mail,) = post.mails(address.partition("@")[0], 1)
    body = mail.get_body(("plain",))
    assert body
    found = re.search(rf"{re.escape(URL)}/c/\S+", body.get_content())
    assert found
    page.goto(found[0])
    page.click("text=Yes, sign me up")
    assert page.inner_text("h1") == "You are in"


def leave_as_gmail_does(port: int, mail: EmailMessage) -> int:
    """RFC 8058: a POST of its servers to the address in the header; no cookie, no page, no referrer."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.search(r"<(https://[^>]+)>", mail["List-Unsubscribe"])
    assert address
    assert address[1].startswith(f"{URL}/u/")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": "news.example.org"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("POST", urlsplit(address[1]).path, b"List-Unsubscribe=One-Click", headers)
        return connection.getresponse().status


def subjects(post: Post, box: str, count: int) -> list[str]:
    return [mail["Subject"].removeprefix("The Harbour Ledger: ") for mail in post.mails(box, count)]


def test_readers_come_read_and_go(publication: Publication, post: Post, page: Page, web: int) -> None:
    today = datetime.now(UTC)
    publication.daily("quay", today - timedelta(days=1))
    assert subjects(post, "cy", 1) == ["quay"]
    sign_up(page, post, "ana@readers.example.com")
    assert publication.states() == {"ana": "confirmed", "bo": "confirmed", "cy": "confirmed"}
    # Postfix knows no bo: what yesterday brought is read from the Maildir before the issue goes out.
    post.mails("returned", 1)
    publication.daily("ferry", today)
    assert publication.states()["bo"] == "bounced"
    evidence = sql(publication.root / ".publish/ledger.sqlite", "SELECT kind, status FROM returns")
    assert evidence == [("hard", "5.1.1")]
    confirmation, issue = post.mails("ana", 2)
    assert subjects(post, "cy", 2) == ["quay", "ferry"]
    assert confirmation["Message-ID"] != issue["Message-ID"]
    assert leave_as_gmail_does(web, issue) == 200
    assert publication.states() == {"ana": "unsubscribed", "bo": "bounced", "cy": "confirmed"}
    publication.daily("market", today + timedelta(days=1))
    assert subjects(post, "cy", 3) == ["quay", "ferry", "market"]
    assert (len(post.mails("ana", 2)), len(post.mails("returned", 0))) == (2, 0)
    rows = sql(publication.root / ".publish/ledger.sqlite", "SELECT count(*) FROM suppressions")
    assert rows == [(2,)]
