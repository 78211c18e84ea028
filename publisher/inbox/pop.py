"""A mailbox on a POP3 server (RFC 1939), by TLS. A mail is read line by line, whatever its size."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from poplib import POP3, POP3_SSL, error_proto

from publisher.bounces.mailbox import Mailbox
from publisher.bounces.mime import LIMIT
from publisher.errors import PublishError, Unavailable
from publisher.inbox.arrived import Afterwards, Arrived
from publisher.inbox.server import PATIENCE, reaching, secure

_LINE = 1 << 16


class Pop:
    """The mails of a server, named by their numbers. POP knows no folders: what is not deleted is kept."""

    def __init__(self, connection: POP3, afterwards: Afterwards) -> None:
        self._pop = connection
        self._afterwards = afterwards

    def mails(self) -> Iterator[Arrived]:
        """Raises Unavailable when the server fails."""
        count, _ = self._pop.stat()
        for number in range(1, count + 1):
            yield Arrived(str(number), self._retrieve(number), count)

    def settle(self, mail: Arrived) -> None:
        """The server deletes at the end of the session only: one that breaks off deletes nothing."""
        if self._afterwards == "delete":
            self._pop.dele(int(mail.name))

    def _retrieve(self, number: int) -> bytes | None:
        """Not by `retr`, which keeps all of a mail, and fails at lines of more than 2,048 octets."""
        self._pop.sock.sendall(f"RETR {number}\r\n".encode("ascii"))
        if not self._line().startswith(b"+OK"):
            return None
        kept, begins = bytearray(), True
        while (line := self._line()) not in {b".\r\n", b".\n"} or not begins:
            if len(kept) <= LIMIT:
                kept += line[1:] if begins and line.startswith(b"..") else line
            begins = line.endswith(b"\n")
        return bytes(kept)

    def _line(self) -> bytes:
        line: bytes = self._pop.file.readline(_LINE)
        if not line:
            raise EOFError("it broke off in the middle of a mail")
        return line


@contextmanager
def pop_inbox(mailbox: Mailbox, password: str, afterwards: Afterwards) -> Iterator[Pop]:
    """The mailbox, open for as long as the block runs. Raises Unavailable, or PublishError (login)."""
    where = f"{mailbox.host}:{mailbox.port}"
    with reaching(mailbox):
        try:
            connection = _connect(mailbox)
        except error_proto as error:
            raise Unavailable(where, f"no protected connection: {error}", "try again later") from error
        try:
            _enter(connection, mailbox, password, where)
            yield Pop(connection, afterwards)
            connection.quit()
        except error_proto as error:
            raise Unavailable(where, f"the mail server: {error}", "try again later") from error
        finally:
            with suppress(OSError):
                connection.close()


def _connect(mailbox: Mailbox) -> POP3:
    if not mailbox.starttls:
        return POP3_SSL(mailbox.host, mailbox.port, timeout=PATIENCE, context=secure())
    connection = POP3(mailbox.host, mailbox.port, timeout=PATIENCE)
    try:
        connection.stls(secure())
    except BaseException:
        with suppress(OSError):
            connection.close()
        raise
    return connection


def _enter(connection: POP3, mailbox: Mailbox, password: str, where: str) -> None:
    try:
        connection.user(mailbox.user)
        connection.pass_(password)
    except error_proto as error:
        raise PublishError(where, "the server does not accept user and password") from error
