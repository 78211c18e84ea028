"""The SMTP client against servers on loopback: what it says, what it believes, what it refuses."""

import asyncio
import base64
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from aiosmtpd.smtp import Session as Peer

from publisher.post.greeting import trust
from publisher.post.relay import Limits, Relay
from publisher.post.replies import PostError, Refused, Unsafe
from publisher.post.session import Mail, Session
from publisher.post.verdicts import Outcome
from tests.post.certificates import certificate
from tests.post.servers import CLOSE, HALF, KEEP_AND_CLOSE, STALL, Script, server

MESSAGE = b"From: <a@example.org>\r\nMessage-ID: <1@example.org>\r\n\r\nHello.\r\n.\r\n..two\r\n"
SESAME, WRONG = "pässword", "wrong"
MAIL = Mail("news@example.org", "reader@example.com", MESSAGE)
SOON = Limits(connect=2, answer=0.3, data=0.3, final=0.3)


def relay_to(port: int, **changes: object) -> Relay:
    plain = Relay("main", "127.0.0.1", port, "none", limits=Limits(2, 2, 2, 2))
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of a Relay


def posted(relay: Relay, *mails: Mail, begins: Callable[[], bool] = lambda: True) -> list[Outcome]:
    """What becomes of the mails on as few connections as possible."""

    async def before_dot() -> bool:
        return begins()

    async def run() -> list[Outcome]:
        outcomes, session = [], None
        for mail in mails:
            if session is not None and not session.usable:
                await session.close()
                session = None
            if session is None:
                session = await Session.open(relay, trust(relay))
            outcomes.append(await session.post(mail, before_dot))
        assert session
        await session.close()
        return outcomes

    return asyncio.run(run())


def test_a_mail_arrives_as_it_is(running: Script) -> None:
    (outcome,) = posted(relay_to(running.port), MAIL)
    assert (outcome.fate, outcome.code, outcome.status) == ("sent", 250, "2.0.0")
    (taken,) = running.taken
    assert (taken.sender, taken.recipient, taken.message) == (MAIL.sender, MAIL.recipient, MESSAGE)
    assert running.heard[0].startswith("EHLO ")
    assert running.heard[1:] == [
        f"MAIL FROM:<news@example.org> SIZE={len(MESSAGE)}",
        "RCPT TO:<reader@example.com>",
        "DATA",
        "QUIT",
    ]


@pytest.fixture
def running() -> Iterator[Script]:
    with server() as script:
        yield script


@pytest.mark.parametrize("message", [b".", b".\r\n.\r\n", b"a\r\n\r\n.b", b"a\r\n" + b".\r\n" * 5])
def test_no_line_of_a_mail_ends_it(running: Script, message: bytes) -> None:
    posted(relay_to(running.port), replace(MAIL, message=message), MAIL)
    whole = message if message.endswith(b"\r\n") else message + b"\r\n"
    assert [taken.message for taken in running.taken] == [whole, MESSAGE]


def test_one_connection_carries_many_until_it_is_worn_out(running: Script) -> None:
    posted(relay_to(running.port, per_connection=3), *[MAIL] * 7)
    assert len(running.taken) == 7
    assert running.connections == 3


@pytest.mark.parametrize("offers", [(), ("PIPELINING",)])
def test_a_refused_reader_does_not_hinder_the_next(offers: tuple[str, ...]) -> None:
    def say(step: str, argument: str) -> str:
        return "550 5.1.1 nobody" if step == "RCPT" and "nobody" in argument else ""

    with server(Script(offers=offers, say=say)) as script:
        nobody = replace(MAIL, recipient="nobody@example.com")
        outcomes = posted(relay_to(script.port), nobody, MAIL, nobody, MAIL)
        assert [each.fate for each in outcomes] == ["failed", "sent", "failed", "sent"]
        assert outcomes[0].status == "5.1.1"
        assert script.connections == 1
        assert script.heard.count("RSET") == 2


def test_without_pipelining_nothing_is_said_ahead() -> None:
    with server(Script(offers=())) as script:
        assert posted(relay_to(script.port), MAIL)[0].fate == "sent"
        assert script.heard[1] == "MAIL FROM:<news@example.org>"


@pytest.mark.parametrize(
    ("step", "said", "fate"),
    [
        ("MAIL", "451 4.3.0 no", "kept"),
        ("MAIL", CLOSE, "kept"),
        ("MAIL", STALL, "kept"),
        ("MAIL", "GET / HTTP/1.1", "kept"),
        ("RCPT", "550 no", "failed"),
        ("RCPT", CLOSE, "kept"),
        ("RCPT", "250-" + "x" * 100_000, "kept"),
        ("DATA", "451 later", "deferred"),
        ("DATA", "250 what", "kept"),
        ("DATA", CLOSE, "kept"),
        ("DATA", HALF, "kept"),
        ("dot", "451 4.3.0 full", "deferred"),
        ("dot", "554 5.7.1 spam", "failed"),
        ("dot", "421 bye", "deferred"),
        ("dot", "251 what", "unknown"),
        ("dot", "354 what", "unknown"),
        ("dot", "\x00\xff", "unknown"),
        ("dot", CLOSE, "unknown"),
        ("dot", KEEP_AND_CLOSE, "unknown"),
        ("dot", STALL, "unknown"),
        ("dot", "25", "unknown"),
    ],
)
@pytest.mark.parametrize("offers", [(), ("PIPELINING",)])
def test_whatever_a_server_does_the_mail_has_a_fate(
    step: str, said: str, fate: str, offers: tuple[str, ...]
) -> None:
    with server(Script(offers=offers, say=lambda at, _: said if at == step else "")) as script:
        relay = relay_to(script.port, limits=SOON)
        # Large enough not to fit into what the system keeps of a connection that nobody reads.
        mail = replace(MAIL, message=MESSAGE + b"x" * 70 * 100_000) if said == HALF else MAIL
        (outcome,) = posted(relay, mail)
        assert outcome.fate == fate, outcome


def test_the_ledger_is_asked_after_354_and_before_the_dot(running: Script) -> None:
    asked: list[list[str]] = []

    def begins() -> bool:
        asked.append(list(running.heard))
        return len(asked) > 1

    outcomes = posted(relay_to(running.port), MAIL, MAIL, begins=begins)
    assert [each.fate for each in outcomes] == ["kept", "sent"]
    assert asked[0][-1] == "DATA"
    assert [taken.recipient for taken in running.taken] == [MAIL.recipient]


def test_a_server_that_talks_out_of_turn_is_not_believed() -> None:
    """A 250 that comes before the final dot is no answer to it."""
    with server(Script(say=lambda step, _: "354 go\r\n250 taken" if step == "DATA" else "")) as script:
        (outcome,) = posted(relay_to(script.port), MAIL)
        assert outcome.fate == "kept"
        assert not script.taken
    with server(Script(say=lambda step, _: "250 ok\r\n250 ok" if step == "MAIL" else "")) as script:
        assert posted(relay_to(script.port), MAIL)[0].fate == "kept"
        assert not script.taken


@pytest.mark.parametrize(
    "address",
    [
        "a@example.com>\r\nRCPT TO:<b@example.com",
        "a b@example.com",
        "a@example.com\r\nDATA",
        "a<b@example.com",
        "\x00",
    ],
)
def test_an_address_cannot_say_anything_else(running: Script, address: str) -> None:
    (outcome,) = posted(relay_to(running.port), replace(MAIL, recipient=address))
    assert outcome.fate == "failed"
    assert running.heard[1:] == ["QUIT"]


def test_addresses_in_other_scripts_need_a_server_that_knows_them(running: Script) -> None:
    mail = replace(MAIL, recipient="jürgen@example.com")
    assert posted(relay_to(running.port), mail, MAIL)[0].fate == "sent"
    assert running.taken[0].recipient == "jürgen@example.com"
    assert running.heard[1].endswith(" SMTPUTF8 BODY=8BITMIME")
    assert "SMTPUTF8" not in running.heard[4]
    with server(Script(offers=("PIPELINING",))) as other:
        outcomes = posted(relay_to(other.port), mail, MAIL)
        assert [(each.fate, each.status) for each in outcomes] == [("failed", "5.6.7"), ("sent", "2.0.0")]


def test_a_mail_that_is_too_large_is_not_tried() -> None:
    with server(Script(offers=("SIZE 20",))) as script:
        (outcome,) = posted(relay_to(script.port), MAIL)
        assert (outcome.fate, outcome.blame) == ("kept", "relay")


@pytest.mark.parametrize(
    "said", ["554 5.7.1 go away", "421 busy", CLOSE, STALL, "hello", "220-x\r\n" * 200, "250 what"]
)
def test_a_server_that_does_not_want_us(said: str) -> None:
    with (
        server(Script(say=lambda step, _: said if step == "greeting" else "")) as script,
        pytest.raises(PostError),
    ):
        posted(relay_to(script.port, limits=SOON), MAIL)


def test_nobody_there() -> None:
    with server() as script:
        port = script.port
    with pytest.raises(PostError, match="no connection"):
        posted(relay_to(port), MAIL)


@pytest.mark.parametrize("implicit", [False, True])
def test_tls(tmp_path: Path, implicit: bool) -> None:
    context, public = certificate(tmp_path)
    security = "tls" if implicit else "starttls"
    with server(Script(context=context, implicit=implicit)) as script:
        relay = relay_to(script.port, security=security, authority=public)
        large = replace(MAIL, message=MESSAGE + b"x" * 76 * 4_000)
        assert [each.fate for each in posted(relay, MAIL, large)] == ["sent", "sent"]
        with pytest.raises(Unsafe, match=r"self.signed"):
            posted(relay_to(script.port, security=security), MAIL)
    context, public = certificate(tmp_path, "127.0.0.2")
    with (
        server(Script(context=context, implicit=implicit)) as script,
        pytest.raises(Unsafe, match=r"127\.0\.0\.1"),
    ):
        posted(relay_to(script.port, security=security, authority=public), MAIL)


def test_tls_that_was_taken_away(running: Script) -> None:
    with pytest.raises(Unsafe, match="STARTTLS"):
        posted(relay_to(running.port, security="starttls", user="u", password=SESAME), MAIL)
    assert not any(SESAME.encode() in base64.b64decode(line[-12:] + "==") for line in running.heard[1:])
    assert len(running.heard) == 1


def test_words_before_tls_are_not_taken_for_words_in_it(tmp_path: Path) -> None:
    context, public = certificate(tmp_path)
    injected = b"250-evil\r\n250 AUTH PLAIN\r\n"
    with server(Script(context=context, injected=injected)) as script:
        with pytest.raises(Unsafe, match="went on talking"):
            posted(relay_to(script.port, security="starttls", authority=public), MAIL)
        assert not script.taken


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_handshake_that_never_ends(security: str) -> None:
    say = "220 go on" if security == "starttls" else STALL
    with server(
        Script(offers=("STARTTLS",), say=lambda step, _: say if step == "STARTTLS" else "")
    ) as script:
        relay = relay_to(script.port, security=security, limits=SOON)
        with pytest.raises(PostError):
            posted(replace(relay, limits=replace(SOON, connect=0.3)), MAIL)


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
def test_logging_in_at_a_server_that_others_wrote(way: str, tmp_path: Path) -> None:
    class Box(Message):
        def handle_message(self, message: object) -> None:
            got.append(str(message))

    def check(_server: SMTP, _peer: Peer, _envelope: Envelope, _way: str, given: object) -> AuthResult:
        right = isinstance(given, LoginPassword) and (given.login, given.password) == (
            b"ana",
            SESAME.encode(),
        )
        return AuthResult(success=right, handled=False)

    got: list[str] = []
    context, public = certificate(tmp_path)
    controller = Controller(
        Box(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=check,
        auth_required=True,
        tls_context=context,
        auth_exclude_mechanism=["LOGIN" if way == "PLAIN" else "PLAIN"],
    )
    with opened(controller) as port:
        relay = relay_to(port, security="starttls", authority=public, user="ana", password=SESAME)
        assert [each.fate for each in posted(relay, MAIL, MAIL)] == ["sent", "sent"]
        with pytest.raises(Refused, match="AUTH: 535"):
            posted(replace(relay, password=WRONG), MAIL)
    assert len(got) == 2
    assert "Hello.\n.\n..two" in got[0]


def test_a_password_is_never_shown() -> None:
    assert SESAME not in repr(relay_to(25, user="ana", password=SESAME))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class opened:  # noqa: N801  (used like a function)
    def __init__(self, controller: Controller) -> None:
        self.controller = controller

    def __enter__(self) -> int:
        self.controller.start()
        return self.controller.port

    def __exit__(self, *_: object) -> None:
        self.controller.stop()
