"""The manual's own configuration of nginx, run in front of the endpoint: what the two do together."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from publisher.audience.tokens import leaving
from tests.web.raw import raw
from tests.web.servers import FORM, Endpoint, endpoint

MANUAL = Path(__file__).parents[2] / "docs" / "web.md"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
MAIN = """\
daemon off; master_process off; worker_processes 1; error_log stderr warn; pid {root}/pid;
events {{ worker_connections 128; }}
http {{
    client_body_temp_path {root}/b; proxy_temp_path {root}/p; fastcgi_temp_path {root}/f;
    uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;
{server}
}}
"""
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


def manual(front: int, behind: int) -> str:
    """The manual's block, without the certificate and on ports of loopback."""
    (block,) = re.findall(r"```nginx\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    block = re.sub(r" *(?:ssl_certificate|error_log).*\n", "", block).replace(
        "listen 443 ssl;", f"listen 127.0.0.1:{front};"
    )
    assert "http://127.0.0.1:8025" in block
    return str(block.replace("http://127.0.0.1:8025", f"http://127.0.0.1:{behind}"))


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with endpoint(tmp_path_factory.mktemp("behind")) as running:
        yield running


@pytest.fixture(scope="module")
def front(behind: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The endpoint as visitors see it, through nginx."""
    root, port = tmp_path_factory.mktemp("nginx"), free_port()
    file = root / "nginx.conf"
    file.write_text(MAIN.format(root=root, server=manual(port, behind.port)), "utf-8")
    command = [str(NGINX), "-p", str(root), "-c", str(file), "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert came(port), server.communicate(timeout=5)[1]
            yield Endpoint(behind.place, port, behind.script)
        finally:
            server.terminate()


def came(port: int) -> bool:
    for _ in range(100):
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
            return True
        time.sleep(0.05)
    return False


def test_pages_pass_as_they_are(front: Endpoint, behind: Endpoint) -> None:
    for path in ("/subscribe", "/mine", "/health", "/c/x", "/nothing"):
        here, there = front.get(path), behind.get(path)
        assert here.status == there.status
        own = {"date", "connection", "server"}
        assert {k: v for k, v in here.headers.items() if k not in own} == {
            k: v for k, v in there.headers.items() if k not in own
        }
        assert "/" not in here.headers["server"], "no version"
        head = front.ask("HEAD", path)
        assert (head.status, head.body) == (here.status, b"")


def test_one_click_passes_as_mail_services_send_it(front: Endpoint) -> None:
    """RFC 8058, both ways of sending the form."""
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    ways = (
        (b"List-Unsubscribe=One-Click", FORM),
        (body, {"Content-Type": "multipart/form-data; boundary=x"}),
    )
    for number, (sent, kind) in enumerate(ways):
        reader = front.add(f"click{number}@example.org")
        answer = front.ask("POST", f"/u/{front.token(leaving('tide'), reader.id)}", sent, kind)
        assert answer.status == 200
        assert not {"set-cookie", "location"} & set(answer.names)
        after = front.reader(f"click{number}@example.org")
        assert after
        assert after.state == "unsubscribed"


def test_a_visitor_cannot_choose_his_address(front: Endpoint, behind: Endpoint) -> None:
    """What he says of himself is not believed, and each visitor has his own limit."""
    for number in range(25):
        front.sign_up(f"r{number}@example.org", f"198.51.{number}.1")
    assert front.sign_up("one-more@example.org", "198.51.99.1").status == 429
    assert behind.sign_up("neighbour@example.org", "198.51.99.1").status == 200
    kept = {
        row[0]
        for row in front.rows("SELECT DISTINCT evidence FROM signups UNION SELECT evidence FROM consents")
    }
    assert "127.0.0.0/24" in kept
    assert not any(each.startswith("198.51.") and each != "198.51.99.0/24" for each in kept)


@pytest.mark.parametrize(
    ("path", "size", "statuses"), [("/mine", 17_000, {413, 429}), ("/hook/x/y", 400_000, {413})]
)
def test_bodies_that_are_too_large_are_refused(
    front: Endpoint, path: str, size: int, statuses: set[int]
) -> None:
    head = b"POST %b HTTP/1.1\r\nHost: news.example.org\r\nContent-Length: %d\r\n\r\n" % (path.encode(), size)
    answer = raw(front.port, head, b"a" * 1_000, method="POST", ends=True)
    if size > 300_000:
        assert answer
        assert answer.status in statuses
    else:
        body = front.ask("POST", path, b"a" * size, FORM)
        assert body.status in statuses


def test_broken_requests_do_not_come_through(front: Endpoint) -> None:
    for request in (
        b"GET /subscribe HTTP/1.1\r\n\r\n",
        b"POST /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
    ):
        answer = raw(front.port, request, ends=True)
        assert answer
        assert answer.status in {400, 405}
    assert front.get("/health").status == 200
