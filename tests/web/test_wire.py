"""What is no request, or one only in part: one answer like all others, the end, and no word in the log."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.fuzz import known_of, probe, twins
from publisher.web import wire
from tests.web.raw import raw
from tests.web.servers import SECRETS, Endpoint, endpoint

POST = b"POST /mine HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n"
CHUNKED = b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture
def quiet(web: Endpoint, capfd: pytest.CaptureFixture[str]) -> Iterator[Endpoint]:
    """The endpoint, which had nothing to say."""
    yield web
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("GET", b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
        ("GET", b"GET /\r\n\r\n"),
        ("GET", b"GET / HTTP/1.1\r\n\r\n"),  # no Host
        ("GET", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ("GET", b"GET /\x7f HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("GET", b"GET / HTTP/1.1\r\nHost: x\r\n folded\0: y\r\n\r\n"),
        ("GET", b"A" * 17_000),
        ("GET", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 17_000),
        ("POST", POST + b"Content-Length: -1\r\n\r\n"),
        ("POST", POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        ("POST", POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n"),
        ("HEAD", b"HEAD /subscribe HTTP/1.1\r\nHost:\0x\r\n\r\n"),
    ],
)
def test_what_is_no_request_is_answered_as_all_are(quiet: Endpoint, method: str, request_: bytes) -> None:
    answer = raw(quiet.port, request_, method=method, ends=True)
    assert answer
    assert answer.status in {400, 501}
    assert answer.body == b""
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert not {"server", "set-cookie", "location"} & set(answer.names)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize("body", [b"zz\r\nx", b"3\r\nabcdef\r\n0\r\n\r\n", b"-1\r\n\r\n"])
def test_a_body_that_turns_out_to_be_none(quiet: Endpoint, method: str, body: bytes) -> None:
    """The answer to its head may be under way, or there already: two answers must not run into another."""
    for _ in range(5):
        answer = raw(quiet.port, POST.replace(b"POST", method.encode()) + CHUNKED, body, method=method)
        assert answer is None or answer.status in {200, 400, 405, 429}
    assert quiet.get("/health").status == 200


def test_two_requests_at_once_get_two_answers(web: Endpoint) -> None:
    with closing(socket.create_connection(("127.0.0.1", web.port), timeout=10)) as both:
        both.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
        found = b""
        while found.count(b'{"status":"ok"}') < 2:
            found += both.recv(4_096) or pytest.fail("one answer is missing")


def test_a_head_that_never_ends_does_not_hold_a_connection(
    web: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.3)
    for begun in (b"", b"GET /health HT", b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /he"):
        with closing(socket.create_connection(("127.0.0.1", web.port), timeout=10)) as slow:
            slow.sendall(begun)
            since, found = time.monotonic(), slow.recv(4_096)
            if found:
                slow.sendall(b"a")  # one byte now and then is no head either
                found += slow.recv(4_096)
            assert time.monotonic() - since < 5
            assert (b"200 OK" in found) == (b"\r\n\r\n" in begun)


def test_a_slow_request_that_is_whole_in_time_is_answered(
    web: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.5)
    with closing(socket.create_connection(("127.0.0.1", web.port), timeout=10)) as patient:
        patient.sendall(POST + b"Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nab")
        time.sleep(0.7)  # the head was there; a body has its own time
        patient.sendall(b"cd")
        assert patient.recv(100).startswith((b"HTTP/1.1 415", b"HTTP/1.1 429"))


def test_too_many_at_once_are_told_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.web.app._AT_ONCE", 2)
    with endpoint(tmp_path) as web:
        slow = [socket.create_connection(("127.0.0.1", web.port), timeout=10) for _ in range(2)]
        for each in slow:
            each.sendall(POST + b"Content-Length: 9\r\n\r\n")
        time.sleep(0.3)
        full = web.get("/subscribe")
        assert (full.status, full.headers["retry-after"]) == (503, "5")
        assert full.headers["cache-control"] == "no-store"
        assert full.headers["content-security-policy"].startswith("default-src 'none'")
        for each in slow:
            each.close()
        end = time.monotonic() + 10
        while web.get("/subscribe").status != 200:
            assert time.monotonic() < end


def test_broken_requests_of_every_kind(quiet: Endpoint) -> None:
    """The short form of `python -m benchmarks.fuzz wire`."""
    opened = [f"open{n}@example.org" for n in range(5)]
    for n in range(3):
        quiet.add(f"private{n}@example.org")
    readers = [quiet.add(each).id for each in opened]
    known = known_of(quiet.keys, readers, opened, "tide", SECRETS["PUBLISH_HOOK_SECRET"])
    for number in range(150):
        probe(quiet.port, known, f"test {number}")
    for number in range(6):
        pair = (f"private{number % 3}@example.org", f"unknown{number % 3}@example.org")
        twins(quiet.port, f"test {number}", pair, quiet.stamp())
