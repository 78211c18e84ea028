"""Chance and what is there to be asked for, in -> requests out, most of them broken in one way or several.

Words of RFC 9110 and 9112 for the parts of a request. The same chance gives the same request.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote_plus

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "PRI", "get")
ODD_METHODS = ("", "PO ST", "G\0T", "A" * 5_000, "PROPFIND", "\xff\xfe", "GET\tX", "POST\r")
TAILS = (
    *("%", "%zz", "%00", "%ff", "%c0%ae%c0%ae/", "%252e%252e/", "/../../etc/passwd", "/./", "//", "/"),
    *(
        "%0d%0aSet-Cookie:%20a=b",
        "..;/",
        "\\evil",
        "#x",
        "?a=%",
        "?next=https://evil.example/",
        "?" + "a" * 9_000,
    ),
    *("?<script>alert(1)</script>", "'\"><img src=x>", "%E2%80%AE", "\xe9", "?confirm=true&confirm=1"),
)
TARGETS = (
    "*",
    "",
    "evil",
    "http://evil.example/subscribe",
    "//evil.example/",
    "/" * 900,
    "evil.example:443",
    "/%2e%2e/",
)
VERSIONS = ("HTTP/1.1",) * 12 + (
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/1.1 ",
    "http/1.1",
    "",
    "HTTP/9.9",
    "ICY",
)
HOSTS = ("news.example.org",) * 6 + (
    "evil.example",
    "a:b@c",
    "",
    'x"><script>',
    "[::1",
    "news.example.org:99999",
)
FORM = "application/x-www-form-urlencoded"
KINDS = (FORM,) * 6 + (
    *(
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        'multipart/form-data; boundary="',
        "text/plain",
    ),
    *(
        "application/json",
        "application/xml",
        "",
        ";;;",
        f"{FORM}; charset=utf-7",
        "multipart/form-data; boundary=" + "x" * 300,
    ),
    *("multipart/form-data; boundary=x\xe9", "message/rfc822", "multipart/mixed; boundary=x"),
)
NAMES = ("email", "newsletter", "shown", "topic", "leave", "sure", "language", "List-Unsubscribe", "")
VALUES = (
    *(
        "daily",
        "all",
        "yes",
        "de",
        "xx",
        "One-Click",
        "\0",
        "a@",
        "@",
        "<script>alert(1)</script>@example.org",
    ),
    *(
        "é@exämple.org",
        '"a b"@example.org',
        "a@example.org\r\nBcc: b@example.org",
        "x" * 5_000,
        "a@[127.0.0.1]",
    ),
    *(
        "\ud800",
        "{{7*7}}",
        "' OR 1=1 --",
        "%s%n",
        "../../etc/passwd",
        "\u202egro.elpmaxe@a",
        "a@" + "b." * 120 + "org",
    ),
)
EXTRA = (
    *(
        "X-Forwarded-For: evil, 1.2.3.4",
        "X-Forwarded-For: ",
        "X-Forwarded-Proto: javascript",
        "Cookie: a=b; c",
    ),
    *(
        "X-Forwarded-Host: evil.example",
        "Expect: 100-continue",
        "Expect: x",
        "Upgrade: websocket",
        "Upgrade: h2c",
    ),
    *("Connection: upgrade", "Connection: close", "Range: bytes=0-", "If-None-Match: *", "Accept: */*;q=x"),
    *(
        "X-HTTP-Method-Override: DELETE",
        "X-Original-URL: /admin",
        "Origin: https://evil.example",
        "TE: trailers",
    ),
    *(
        "no colon here",
        ": no name",
        " folded",
        "A\0: b",
        "A: \0",
        "A: \xff\xfe",
        "Transfer-Encoding: identity",
    ),
    *("Content-Encoding: gzip", "Sec-WebSocket-Key: x", "Proxy: http://evil.example", "X: " + "y" * 9_000),
)
LENGTHS = ("-1", "+5", "1e3", "0x10", "", "99999999999999999999", "16385", "5, 5", "٣", "3")


@dataclass(frozen=True, slots=True)
class Known:
    """What the fuzzer may ask for: paths with good tokens in them, and addresses of readers."""

    paths: Sequence[str]
    addresses: Sequence[str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A request as it goes over the wire, piece by piece. `ends`: and then nothing more is sent."""

    method: str
    pieces: tuple[bytes, ...]
    ends: bool


def broken_request(chance: Random, known: Known) -> Broken:
    """One request; about a third are whole in every part but one."""
    ills = chance.choice((0.05, 0.1, 0.3))
    method = chance.choice(ODD_METHODS if chance.random() < ills / 3 else METHODS + ("POST",) * 8)
    version = chance.choice(VERSIONS if chance.random() < ills else VERSIONS[:1])
    line = f"{method} {_target(chance, known, ills)} {version}"
    kind = chance.choice(KINDS if chance.random() < ills * 2 else KINDS[:1])
    body = _body(chance, known, kind)
    head = "\r\n".join((line, *_headers(chance, ills, kind, len(body)))) + "\r\n\r\n"
    raw = head.encode("utf-8" if chance.random() < 0.5 else "latin-1", "replace")
    if "chunked" in head:
        body = _chunked(chance, body)
    whole = raw + body
    if chance.random() < ills / 2:
        whole = _spoilt(chance, whole)
    if chance.random() < ills / 2:
        whole += whole  # pipelined
    return Broken(method, *_sent(chance, whole, ills))


def broken_form(chance: Random, address: str) -> bytes:
    """Fields of a form, `address` somewhere among them."""
    pairs = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.randrange(4))]
    pairs.insert(chance.randrange(len(pairs) + 1), ("email", address))
    if chance.random() < 0.7:
        pairs.append(("newsletter", "daily"))
    return _encoded(pairs)


def _encoded(pairs: Sequence[tuple[str, str]]) -> bytes:
    return "&".join(f"{quote_plus(n)}={quote_plus(v.encode('utf-8', 'replace'))}" for n, v in pairs).encode()


def _target(chance: Random, known: Known, ills: float) -> str:
    path = chance.choice(known.paths)
    if chance.random() < ills:
        place = chance.randrange(len(path))
        path = path[:place] + chr(chance.choice((0, 9, 32, 37, 47, 65, 127, 233))) + path[place + 1 :]
    if chance.random() < ills:
        path += chance.choice(TAILS)
    return chance.choice(TARGETS) if chance.random() < ills / 3 else path


def _headers(chance: Random, ills: float, kind: str, length: int) -> list[str]:
    host = chance.choice(HOSTS if chance.random() < ills else HOSTS[:1])
    found = [
        f"Host: {host}",
        f"X-Forwarded-For: {chance.randrange(11, 220)}.{chance.randrange(256)}.{chance.randrange(256)}.9",
    ]
    if kind:
        found.append(f"Content-Type: {kind}")
    if chance.random() < ills:
        found.append(
            "Transfer-Encoding: " + chance.choice(("chunked", "chunked", "chunked, gzip", "Chunked", "x"))
        )
    if chance.random() > ills / 2:
        found.append(f"Content-Length: {chance.choice(LENGTHS) if chance.random() < ills else length}")
    if chance.random() < 0.3:
        word = chance.choice((b"post:mark", b"post:", b"\xff", b""))
        found.append(f"Authorization: Basic {b64encode(word).decode()}")
    found += chance.sample(EXTRA, chance.randrange(1, 4)) if chance.random() < ills else []
    found += [f"H{n}: {n}" for n in range(900)] if chance.random() < ills / 10 else []
    if chance.random() < ills:
        chance.shuffle(found)
    return found


def _body(chance: Random, known: Known, kind: str) -> bytes:
    way = chance.random()
    if way < 0.1:
        return chance.randbytes(chance.choice((0, 1, 60, 3_000, 17_000)))
    if way < 0.35:
        return _call(chance, known)
    if kind.startswith("multipart"):
        return _parts(chance, known)
    return broken_form(chance, chance.choice(known.addresses))


def _parts(chance: Random, known: Known) -> bytes:
    end, found = chance.choice(("\r\n", "\n")), ""
    for _ in range(chance.choice((1, 3, 80))):
        name, value = chance.choice(NAMES), chance.choice((*VALUES, *known.addresses[:3]))
        about = chance.choice(
            (f'form-data; name="{name}"', f"form-data; name*=utf-7''{name}", "form-data", f'x; name="{name}')
        )
        kind = chance.choice(
            (
                "",
                "",
                f"Content-Type: multipart/mixed; boundary=x{end}",
                f"Content-Transfer-Encoding: base64{end}",
            )
        )
        found += f"--x{end}Content-Disposition: {about}{end}{kind}{end}{value}{end}"
    return (found + chance.choice(("--x--", "--x", ""))).encode("utf-8", "replace")


def _call(chance: Random, known: Known) -> bytes:
    """What a mail service might say, with values of every kind in its fields."""
    odd: tuple[object, ...] = (
        None,
        1e308,
        -1,
        [],
        {},
        "",
        "x" * 2_000,
        "\ud800",
        True,
        [[[]]],
        "2026-01-01T00:00:00Z",
        "550 5.1.1 no",
    )
    who = chance.choice(known.addresses)
    told = {
        "RecordType": "Bounce",
        "ID": 1,
        "Type": "HardBounce",
        "Email": who,
        "Details": "x",
        "BouncedAt": "x",
    }
    sns = {
        "Type": "Notification",
        "MessageId": "1",
        "TopicArn": "arn:aws:sns:eu-west-1:1:t",
        "Message": "{}",
        "Signature": "x",
    }
    sns |= {
        "Timestamp": "2026-01-01T00:00:00Z",
        "SignatureVersion": "1",
        "SigningCertURL": "https://sns.eu-west-1.amazonaws.com/x.pem",
    }
    gun = {
        "signature": {"timestamp": "1", "token": "x", "signature": "x"},
        "event-data": {"event": "failed", "id": "x"},
    }
    call: dict[str, object] = dict(chance.choice((told, sns, gun)))
    for name in chance.sample(sorted(call), chance.randrange(3)):
        call[name] = chance.choice(odd)
    text = json.dumps(call).encode()
    return chance.choice(
        (text, text, text, text[: chance.randrange(len(text))], b"[" * 5_000, b'{"a":' * 3_000)
    )


def _chunked(chance: Random, body: bytes) -> bytes:
    size = chance.choice(
        (f"{len(body):x}", "ffffffffffffffff", "-1", f"{len(body):x};x=" + "y" * 50, "zz", "0")
    )
    return size.encode() + b"\r\n" + body + b"\r\n0\r\n" + chance.choice((b"\r\n", b"", b"A: b\r\n\r\n"))


def _spoilt(chance: Random, whole: bytes) -> bytes:
    place = chance.randrange(len(whole))
    ill = chance.choice((b"", b"\0", b"\n", b"\r", b"\xff", b" ", whole[place : place + 9] * 3))
    return whole[:place] + ill + whole[place + chance.randrange(4) :]


def _sent(chance: Random, whole: bytes, ills: float) -> tuple[tuple[bytes, ...], bool]:
    if chance.random() < ills / 2:
        return (whole[: chance.randrange(len(whole))],), True
    if chance.random() < ills:
        cuts = sorted(chance.randrange(len(whole)) for _ in range(3))
        return tuple(whole[a:b] for a, b in zip((0, *cuts), (*cuts, len(whole)), strict=True)), False
    return (whole,), False
