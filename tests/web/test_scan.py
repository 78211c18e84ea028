"""The usual faults of web applications, looked for on every route, by every method, in every answer."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.audience.tokens import CONFIRM, PREFERENCES, leaving
from tests.web.raw import raw
from tests.web.servers import FORM, SECRETS, Answer, Endpoint

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X")
GUARDS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "interest-cohort=(), browsing-topics=()",
}
TELLTALE = re.compile(rb"uvicorn|starlette|h11|python|traceback|sqlite|publisher/", re.IGNORECASE)
ODD = "\"'><script>alert(1)</script>{{7777777*3}}%0d%0aX-Odd:%201"
GAMES = (
    *(
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/subscribe/../../x",
        "/./x",
    ),
    *(
        "/subscribe%00.css",
        "/subscribe;x=1",
        "/subscribe/",
        "//subscribe",
        "/SUBSCRIBE",
        "/subscribe%2f",
        "/.env",
    ),
    *(
        "/.git/config",
        "/style.css",
        "/icon.svg/..",
        "/c/",
        "/c",
        "/u//",
        "/p/x/../../health",
        "/hook/ses",
        "/hook/ses/",
    ),
    *(
        "/docs",
        "/openapi.json",
        "/admin",
        "/metrics",
        "/server-status",
        "/static/../x",
        "/%c0%ae%c0%ae/",
        "/\\..\\x",
    ),
)


def guarded(answer: Answer) -> None:
    assert {name: answer.headers.get(name) for name in GUARDS} == GUARDS
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
    assert policy.endswith("form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert len(answer.names) == len(set(answer.names))
    assert not {"server", "set-cookie", "location", "x-powered-by", "refresh", "link"} & set(answer.names)
    assert not {name for name in answer.names if name.startswith("access-control-")}
    assert not TELLTALE.search(answer.body + repr(answer.headers).encode())


@pytest.fixture(scope="module")
def paths(web: Endpoint) -> list[str]:
    """Every route, with good tokens."""
    reader = web.add("scan@example.org", "tide")
    page = f"/p/{web.token(PREFERENCES, reader.id)}"
    return [
        *("/subscribe", "/mine", "/health", "/icon.svg", "/no-such-page"),
        *(f"/c/{web.token(CONFIRM, reader.id)}", f"/u/{web.token(leaving('tide'), reader.id)}", page),
        *(f"{page}/export", f"{page}/erase", "/c/x", "/u/x", "/p/x", "/p/x/export", "/p/x/erase"),
        *(f"/hook/{name}/{SECRETS['PUBLISH_HOOK_SECRET']}" for name in ("ses", "mailgun", "postmark")),
        *(each for each in web.get("/subscribe").links if each.endswith(".css")),
    ]


def test_every_method_on_every_route(web: Endpoint, paths: list[str]) -> None:
    for path, method in product(paths, METHODS):
        answer = web.ask(method, path, headers={"X-Odd": "seen", "X-Forwarded-For": "203.0.113.250"})
        guarded(answer)
        assert b"X-Odd" not in answer.body, "TRACE must not tell what was asked"
        if answer.status == 405:
            allowed = set(answer.headers["allow"].replace(" ", "").split(","))
            assert method not in allowed
            assert allowed <= {"GET", "HEAD", "POST"}
        elif method not in {"GET", "HEAD", "POST"}:
            assert answer.status == 404
        public = path.endswith((".css", ".svg")) and answer.status == 200
        assert answer.headers["cache-control"].startswith("public" if public else "no-store")


def test_head_is_get_without_the_body(web: Endpoint, paths: list[str]) -> None:
    for path in paths:
        get, head = web.get(path), web.ask("HEAD", path)
        assert (head.status, head.body) == (get.status, b"")
        assert [name for name in head.names if name != "date"] == [n for n in get.names if n != "date"]
        if path != "/health":
            assert head.headers["content-length"] == get.headers["content-length"]


def test_every_kind_of_answer(web: Endpoint) -> None:
    hook = SECRETS["PUBLISH_HOOK_SECRET"]
    old = web.token(CONFIRM, 999_999)
    asked: dict[int, tuple[str, str, bytes, str]] = {
        400: ("POST", "/subscribe", b"&".join(b"a=%d" % n for n in range(60)), FORM["Content-Type"]),
        403: ("POST", f"/hook/ses/{hook}", b"{}", "application/json"),
        404: ("GET", "/nothing", b"", ""),
        405: ("DELETE", "/subscribe", b"", ""),
        410: ("GET", f"/c/{old}", b"", ""),
        413: ("POST", "/subscribe", b"a" * 16_385, FORM["Content-Type"]),
        415: ("POST", "/subscribe", b"{}", "application/json"),
        422: ("POST", "/subscribe", b"email=x", FORM["Content-Type"]),
    }
    for status, (method, path, body, kind) in asked.items():
        headers = {"X-Forwarded-For": f"203.0.{status % 256}.1", **({"Content-Type": kind} if kind else {})}
        answer = web.ask(method, path, body, headers)
        assert (answer.status, path) == (status, path)
        guarded(answer)
        assert answer.headers["cache-control"] == "no-store"
    while (busy := web.post("/mine", {}, "203.0.113.9")).status != 429:
        assert busy.status == 422
    guarded(busy)


@pytest.mark.parametrize("path", ["/subscribe", "/mine", "/nothing", "/c/x"])
def test_no_host_or_address_of_the_visitors_choice_comes_back(web: Endpoint, path: str) -> None:
    """Neither in links nor in redirects: pages and mails know their address from the configuration alone."""
    forged = b"X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil\r\nForwarded: host=evil.example\r\n"
    forged += b"X-Original-URL: /evil\r\nX-Rewrite-URL: /evil\r\nOrigin: https://evil.example\r\n"
    for target in (path, f"http://evil.example{path}", f"{path}?next=https://evil.example&evil"):
        for host in (
            b"evil.example",
            b"evil.example:80",
            b"",
            b'x"><b>evil',
            b"news.example.org@evil.example",
        ):
            head = b"GET %b HTTP/1.1\r\nHost: %b\r\n%b\r\n" % (target.encode(), host, forged)
            answer = raw(web.port, head)
            assert answer
            assert answer.status in {200, 400, 404}
            assert "evil" not in answer.text + repr(answer.headers)
            guarded(answer)


def test_paths_that_play_games_lead_nowhere(web: Endpoint) -> None:
    for path in GAMES:
        answer = raw(web.port, b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n" % path.encode())
        assert answer
        assert (path, answer.status) in {(path, 404), (path, 400)}
        assert "root:" not in answer.text
        guarded(answer)


def test_nothing_typed_comes_back_as_markup(web: Endpoint) -> None:
    for number, path in enumerate(("/subscribe", "/mine")):
        for name in ("email", "newsletter", "shown", ODD):
            fields = {"email": "x", "newsletter": "tide", "shown": web.stamp(), name: ODD}
            answer = web.post(path, fields, f"203.0.{100 + number}.7")
            assert answer.status == 422
            assert b"<script" not in answer.body
            assert b"23333331" not in answer.body
            assert "x-odd" not in answer.names
            guarded(answer)
    for path in (f"/c/{ODD}", f"/u/{ODD}?{ODD}", f"/nothing?{ODD}"):
        answer = web.get(path.replace(" ", "%20").replace('"', "%22").replace("<", "%3C").replace(">", "%3E"))
        assert answer.status == 404
        assert b"alert(1)" not in answer.body


def test_pages_are_of_one_piece(web: Endpoint, paths: list[str]) -> None:
    """No script, no style or handler within, no form and no file that is anybody else's."""
    for path in paths:
        page = web.get(path)
        if not page.headers["content-type"].startswith("text/html"):
            continue
        assert not re.search(
            r"<(?:script|style|iframe|object|embed|base)|\son\w+=|\sstyle=|javascript:", page.text
        )
        assert not re.search(r'target="_blank"', page.text)
        for action in re.findall(r'action="([^"]*)"', page.text):
            assert action.startswith("/")
            assert not action.startswith("//")
        assert set(re.findall(r'https?://([^"/ ]+)', page.text)) <= {"ledger.example.org"}


@given(
    path=st.text(st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f"), max_size=40),
    method=st.sampled_from(METHODS),
)
@settings(max_examples=80, deadline=None)
def test_any_path_is_guarded(web: Endpoint, path: str, method: str) -> None:
    head = f"{method} /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode("latin-1")
    answer = raw(web.port, head, method=method)
    assert answer
    assert answer.status in {200, 400, 404, 405, 422, 429}
    guarded(answer)
