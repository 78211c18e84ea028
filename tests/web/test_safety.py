"""Whatever is sent to the endpoint: headers that keep tokens in, limits, and never an error of ours."""

import socket
import string
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.tokens import CONFIRM, PREFERENCES, leaving
from tests.web.servers import FORM, SECRETS, Endpoint

PROMISED = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
    "strict-transport-security": "max-age=31536000",
}
# No route limits how often something may be asked for that takes a token; those that take an address do.
FINE = {200, 400, 403, 404, 405, 408, 410, 413, 415, 422, 429}


def paths(web: Endpoint) -> list[str]:
    reader = web.add("safe@example.org", "tide")
    tokens = {purpose: web.token(purpose, reader.id) for purpose in (CONFIRM, PREFERENCES, leaving("tide"))}
    settings_page = f"/p/{tokens[PREFERENCES]}"
    return [
        *("/subscribe", "/mine", "/health", "/no-such-page", "/", "//", "/icon.svg"),
        *(f"/c/{tokens[CONFIRM]}", f"/u/{tokens[leaving('tide')]}", settings_page),
        *(f"{settings_page}/export", f"{settings_page}/erase", "/c/x", "/u/x", "/p/x"),
        *(f"/hook/{name}/{SECRETS['PUBLISH_HOOK_SECRET']}" for name in ("ses", "mailgun", "postmark", "x")),
    ]


@pytest.fixture(scope="module")
def known(web: Endpoint) -> Iterator[list[str]]:
    yield paths(web)


def test_every_answer_keeps_its_address_to_itself(web: Endpoint, known: list[str]) -> None:
    for path in known:
        for method in ("GET", "HEAD", "POST", "PUT"):
            answer = web.ask(method, path)
            assert answer.status in FINE
            assert {name: answer.headers.get(name) for name in PROMISED} == PROMISED
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none';")
            assert "frame-ancestors 'none'" in policy
            lasting = path == "/icon.svg" and answer.status == 200
            assert answer.headers["cache-control"].startswith("public" if lasting else "no-store")
            assert not {"set-cookie", "location", "server"} & set(answer.names)
            assert b"<script" not in answer.body


def test_pages_ask_for_nothing_elsewhere(web: Endpoint) -> None:
    page = web.get("/subscribe")
    style = next(each for each in page.links if each.endswith(".css"))
    assert web.get(style).headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in web.get(style).headers["cache-control"]
    assert web.get("/icon.svg").headers["content-type"].startswith("image/svg+xml")


def test_an_address_with_a_slash_too_many_is_not_redirected(web: Endpoint) -> None:
    """S02: not even by accident."""
    reader = web.add("slash@example.org")
    assert web.ask("POST", f"/u/{web.token(leaving('tide'), reader.id)}/").status == 404


def test_health_tells_nothing_but_that(web: Endpoint) -> None:
    assert web.get("/health").body == b'{"status":"ok"}'


@pytest.mark.parametrize("size", [16_385, 1_000_000])
def test_a_large_body_is_refused(web: Endpoint, size: int) -> None:
    for path in ("/subscribe", "/mine"):
        assert web.ask("POST", path, b"email=" + b"x" * size, FORM).status in {413, 429}


def test_a_large_body_without_a_length_is_refused(web: Endpoint) -> None:
    with closing(socket.create_connection(("127.0.0.1", web.port), timeout=10)) as raw:
        head = (
            b"POST /mine HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nX-Forwarded-For: 192.0.2.77\r\n"
        )
        raw.sendall(head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n")
        raw.sendall((b"4000\r\n" + b"x" * 0x4000 + b"\r\n") * 2)
        assert raw.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_does_not_come_holds_nobody_up(web: Endpoint) -> None:
    slow = [socket.create_connection(("127.0.0.1", web.port), timeout=10) for _ in range(50)]
    for n, each in enumerate(slow):
        head = f"POST /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nX-Forwarded-For: 192.0.{n}.9\r\n"
        each.sendall(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=")
    begun = time.monotonic()
    assert web.get("/subscribe").status == 200
    assert time.monotonic() - begun < 2
    for each in slow:
        each.close()


def test_garbage_is_no_request(web: Endpoint) -> None:
    for garbage in (b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n", b"A" * 40_000):
        with closing(socket.create_connection(("127.0.0.1", web.port), timeout=10)) as raw:
            raw.sendall(garbage)
            raw.shutdown(socket.SHUT_WR)
            assert not raw.recv(100).startswith((b"HTTP/1.1 2", b"HTTP/1.1 5"))
    assert web.get("/health").status == 200


NAMES = ["email", "newsletter", "shown", "topic", "leave", "sure", "language", "List-Unsubscribe"]
WORDS = ["tide", "all", "yes", "de", "ana@example.org", "One-Click", "\0"]
KINDS = [FORM["Content-Type"], "multipart/form-data; boundary=x", "multipart/form-data", "", "text/plain"]
fields = st.tuples(st.sampled_from(NAMES), st.one_of(st.text(max_size=60), st.sampled_from(WORDS)))
forms = st.lists(fields, max_size=6).map(
    lambda pairs: urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs]).encode()
)
kinds = st.one_of(st.sampled_from(KINDS), st.text(string.ascii_letters + "/;=\"' ", max_size=40))
methods = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
addresses = st.one_of(st.integers(0, 30), st.text(string.printable.strip(), max_size=40))


@given(request=st.tuples(methods, addresses, st.one_of(forms, st.binary(max_size=300)), kinds))
@settings(max_examples=250, deadline=None)
def test_nothing_is_an_error_of_ours(
    web: Endpoint, known: list[str], request: tuple[str, int | str, bytes, str]
) -> None:
    method, path, body, kind = request
    asked = known[path % len(known)] if isinstance(path, int) else "/" + quote(path, "/?&=%.;:@")
    headers = {"Content-Type": kind, "X-Forwarded-For": "192.0.2.1, 10.0.0.1"} if kind else {}
    assert web.ask(method, asked, body, headers).status in FINE
