"""IMAP and POP mailboxes of a real server, by TLS: what is read, what is put away, and what goes wrong."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from publisher.bounces.mailbox import read_mailbox
from publisher.bounces.mime import LIMIT
from publisher.errors import PublishError, Unavailable
from publisher.inbox.arrived import Afterwards, Arrived
from publisher.inbox.imap import imap_inbox
from publisher.inbox.pop import pop_inbox
from tests.inbox.conftest import PASSWORD, Certificate, Dovecot, make_certificate

FIRST, SECOND = b"Subject: one\r\n\r\none\r\n", b"Subject: two\r\n\r\n.two\r\n..\r\nFrom me\r\n"
HUGE = b"Subject: huge\r\n\r\n" + b"x" * 40_000 + b"\r\n" + b"0123456789\r\n" * 250_000


def imap(text: str, settle: tuple[int, ...] = (), afterwards: Afterwards = "move") -> list[Arrived]:
    """What is there; those at the places `settle` are settled."""
    with imap_inbox(read_mailbox(text), PASSWORD, afterwards, "processed") as inbox:
        mails = []
        for number, mail in enumerate(inbox.mails()):
            mails.append(mail)
            if number in settle:
                inbox.settle(mail)
        return mails


def pop(text: str, settle: tuple[int, ...] = (), afterwards: Afterwards = "delete") -> list[Arrived]:
    with pop_inbox(read_mailbox(text), PASSWORD, afterwards) as inbox:
        mails = []
        for number, mail in enumerate(inbox.mails()):
            mails.append(mail)
            if number in settle:
                inbox.settle(mail)
        return mails


def contents(mails: list[Arrived]) -> list[bytes | None]:
    return [mail.content for mail in mails]


@pytest.mark.parametrize("scheme", ["imap", "imap+starttls"])
def test_imap_moves_what_is_settled_and_nothing_else(trusted: Dovecot, scheme: str) -> None:
    user = f"move-{scheme.partition('+')[2] or 'tls'}"
    trusted.deliver(user, FIRST, SECOND)
    address = trusted.address(scheme, user)
    assert contents(imap(address)) == [FIRST, SECOND]
    assert contents(imap(address, settle=(0,))) == [FIRST, SECOND]
    assert contents(imap(address)) == [SECOND]
    assert contents(imap(trusted.address(scheme, user, "processed"))) == [FIRST]


def test_imap_deletes_only_what_is_settled(trusted: Dovecot) -> None:
    box = trusted.deliver("delete", FIRST, SECOND)
    imap(trusted.address("imap", "delete"), settle=(1,), afterwards="delete")
    assert contents(imap(trusted.address("imap", "delete"))) == [FIRST]
    assert len([path for part in ("new", "cur") for path in (box / part).iterdir()]) == 1


def test_imap_keeps_with_a_keyword_and_unread(trusted: Dovecot) -> None:
    box = trusted.deliver("keep", FIRST, SECOND)
    imap(trusted.address("imap", "keep"), settle=(0,), afterwards="keep")
    assert contents(imap(trusted.address("imap", "keep"))) == [SECOND]
    (kept,) = [path for path in (box / "cur").iterdir() if path.read_bytes() == FIRST]
    assert "S" not in kept.name.partition(":2,")[2]


def test_only_the_beginning_of_a_huge_mail_is_fetched(trusted: Dovecot) -> None:
    trusted.deliver("huge", HUGE, FIRST)
    for mails in (imap(trusted.address("imap", "huge")), pop(trusted.address("pop", "huge"))):
        first, second = contents(mails)
        assert first is not None
        assert LIMIT < len(first) <= LIMIT + (1 << 16)
        assert HUGE.startswith(first)
        assert second == FIRST


@pytest.mark.parametrize("scheme", ["pop", "pop+starttls"])
def test_pop_deletes_only_what_is_settled(trusted: Dovecot, scheme: str) -> None:
    user = f"pop-{scheme.partition('+')[2] or 'tls'}"
    trusted.deliver(user, FIRST, SECOND)
    address = trusted.address(scheme, user)
    assert contents(pop(address, settle=(0,), afterwards="keep")) == [FIRST, SECOND]
    assert contents(pop(address, settle=(0,), afterwards="move")) == [FIRST, SECOND]
    pop(address, settle=(0,))
    assert contents(pop(address)) == [SECOND]


def test_a_session_that_breaks_off_deletes_nothing(trusted: Dovecot) -> None:
    trusted.deliver("broken", FIRST, SECOND)
    address = trusted.address("pop", "broken")
    with (
        pytest.raises(RuntimeError, match="killed"),
        pop_inbox(read_mailbox(address), PASSWORD, "delete") as inbox,
    ):
        for mail in inbox.mails():
            inbox.settle(mail)
            raise RuntimeError("killed")
    assert contents(pop(address)) == [FIRST, SECOND]


def test_an_empty_mailbox(trusted: Dovecot) -> None:
    trusted.deliver("empty")
    assert imap(trusted.address("imap", "empty")) == pop(trusted.address("pop", "empty")) == []


@pytest.mark.parametrize("scheme", ["imap", "imap+starttls", "pop", "pop+starttls"])
def test_a_certificate_nobody_vouches_for_is_an_error(dovecot: Dovecot, scheme: str) -> None:
    read = imap if scheme.startswith("imap") else pop
    with pytest.raises(PublishError, match="not to be trusted") as caught:
        read(dovecot.address(scheme, "ana"))
    assert caught.value.exit_code == 2


def test_a_certificate_of_another_host_is_an_error(trusted: Dovecot) -> None:
    with pytest.raises(PublishError, match="not to be trusted"):
        imap(trusted.address("imap", "ana").replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize("scheme", ["imap", "pop"])
def test_a_wrong_password_is_an_error_that_does_not_show_it(trusted: Dovecot, scheme: str) -> None:
    mailbox = read_mailbox(trusted.address(scheme, "ana"))
    opened = (
        pop_inbox(mailbox, "wröng", "keep") if scheme == "pop" else imap_inbox(mailbox, "wröng", "keep", "x")
    )
    with pytest.raises(PublishError, match="does not accept user and password") as caught, opened:
        pass
    assert caught.value.exit_code == 2
    assert "wröng" not in str(caught.value)


def test_a_folder_that_is_not_there(trusted: Dovecot) -> None:
    with pytest.raises(PublishError, match="no folder 'Bounces'"):
        imap(trusted.address("imap", "ana", "Bounces"))


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for read, scheme in ((imap, "imap"), (pop, "pop"), (imap, "imap+starttls"), (pop, "pop+starttls")):
        with pytest.raises(Unavailable) as caught:
            read(f"{scheme}://ana@127.0.0.1:{port}")
        assert caught.value.exit_code == 75


@contextmanager
def scripted(*answers: bytes, certificate: Certificate | None = None) -> Iterator[int]:
    """The port of a server that says one thing after each line that it reads, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                if certificate:
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(certificate.pem, certificate.key)
                    connection = context.wrap_socket(connection, server_side=True)
                with connection:
                    for number, answer in enumerate(answers):
                        if number:
                            connection.recv(4_096)
                        connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)


def test_a_server_that_hides_starttls_gets_no_password() -> None:
    with (
        scripted(b"* OK hello\r\n", b"* CAPABILITY IMAP4rev1\r\nAAAA1 OK\r\n") as port,
        pytest.raises(Unavailable),
    ):
        imap(f"imap+starttls://ana@127.0.0.1:{port}")
    with (
        scripted(b"+OK hello\r\n", b"+OK\r\nUSER\r\n.\r\n") as port,
        pytest.raises(Unavailable, match="no protected"),
    ):
        pop(f"pop+starttls://ana@127.0.0.1:{port}")


def test_a_server_that_hangs_up_in_the_middle_of_a_mail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.pem))
    said = (b"+OK\r\n", b"+OK\r\n", b"+OK\r\n", b"+OK 1 100\r\n", b"+OK\r\nSubject: x\r\n\r\nhalf")
    with scripted(*said, certificate=certificate) as port, pytest.raises(Unavailable):
        pop(f"pop://ana@127.0.0.1:{port}")


# The library forgets to close the connection then.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("scheme", ["imap", "imap+starttls", "pop", "pop+starttls"])
def test_a_server_that_speaks_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.pem))
    secured = None if scheme.endswith("starttls") else certificate
    read = imap if scheme.startswith("imap") else pop
    with scripted(b"SSH-2.0-x\r\n", certificate=secured) as port, pytest.raises(Unavailable):
        read(f"{scheme}://ana@127.0.0.1:{port}")
