"""A folder on an IMAP server (RFC 3501), by TLS. Only the beginning of each mail is fetched."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4, IMAP4_SSL
from typing import Any

from publisher.bounces.mailbox import Mailbox
from publisher.bounces.mime import LIMIT
from publisher.errors import PublishError, Unavailable
from publisher.inbox.arrived import Afterwards, Arrived
from publisher.inbox.server import PATIENCE, reaching, secure

_SEEN = (
    "PublishDone"  # the keyword (RFC 3501 section 2.3.2) of a mail that is kept and need not be read again
)


class Imap:
    """A folder of a server; its mails are named by their UID. Nothing of them changes by being read."""

    def __init__(self, connection: IMAP4, afterwards: Afterwards, folder: str) -> None:
        self._imap = connection
        self._afterwards = afterwards
        self._folder = folder
        self._ready = False
        # Servers tell more of themselves after the login, and the library does not ask again.
        self._can = (connection.capability()[1][-1] or b"").upper().split()

    def mails(self) -> Iterator[Arrived]:
        """Those that are neither deleted nor flagged as done. Raises Unavailable when the server fails."""
        (found,) = self._ask("SEARCH", "UNDELETED", "UNKEYWORD", _SEEN)[-1:] or (b"",)
        uids = (found or b"").decode("ascii", "replace").split()
        for uid in uids:
            answer = self._ask("FETCH", uid, f"(BODY.PEEK[]<0.{LIMIT + 1}>)")
            parts = [each[1] for each in answer if isinstance(each, tuple)]
            if answer != [None]:  # else it is gone meanwhile
                yield Arrived(uid, parts[0] if parts else None, len(uids))

    def settle(self, mail: Arrived) -> None:
        """Moves, deletes or flags the mail, and no other. Raises PublishError where the server refuses."""
        if self._afterwards == "keep":
            self._ask("STORE", mail.name, "+FLAGS.SILENT", f"({_SEEN})", refusable=True)
        elif self._afterwards == "move":
            self._move(mail.name)
        else:
            self._delete(mail.name)

    def _move(self, uid: str) -> None:
        if not self._ready:
            self._imap.create(quoted(self._folder))  # NO: it is there already
            self._ready = True
        if b"MOVE" in self._can:
            self._ask("MOVE", uid, quoted(self._folder))
        else:
            self._ask("COPY", uid, quoted(self._folder))
            self._delete(uid)

    def _delete(self, uid: str) -> None:
        """Without UIDPLUS (RFC 4315) it stays, marked: to expunge would take others' mails along."""
        self._ask("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")
        if b"UIDPLUS" in self._can:
            self._ask("EXPUNGE", uid)

    def _ask(self, command: str, *arguments: str, refusable: bool = False) -> list[Any]:
        answer, data = self._imap.uid(command, *arguments)
        if answer != "OK" and not refusable:
            text = b" ".join(each for each in data if isinstance(each, bytes)).decode("ascii", "replace")
            hint = "does the folder of [bounces] `folder` fit this server (INBOX.processed)?"
            raise PublishError(self._imap.host, f"the server refuses {command}: {text}", hint)
        return data


@contextmanager
def imap_inbox(mailbox: Mailbox, password: str, afterwards: Afterwards, folder: str) -> Iterator[Imap]:
    """The folder, open for as long as the block runs. Raises Unavailable, or PublishError (login, folder)."""
    where = f"{mailbox.host}:{mailbox.port}"
    with reaching(mailbox):
        try:
            connection = _connect(mailbox)
        except IMAP4.error as error:
            raise Unavailable(where, f"no protected connection: {error}", "try again later") from error
        try:
            _enter(connection, mailbox, password, where)
            yield Imap(connection, afterwards, folder)
        except IMAP4.abort as error:
            raise Unavailable(where, f"the mail server broke off: {error}", "try again later") from error
        except IMAP4.error as error:
            raise Unavailable(where, f"the mail server: {error}", "try again later") from error
        finally:
            with suppress(OSError):
                connection.shutdown()


def quoted(name: str) -> str:
    """A quoted string (RFC 3501 section 4.3)."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _connect(mailbox: Mailbox) -> IMAP4:
    if not mailbox.starttls:
        return IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=secure(), timeout=PATIENCE)
    connection = IMAP4(mailbox.host, mailbox.port, timeout=PATIENCE)
    try:
        connection.starttls(secure())
    except BaseException:
        with suppress(OSError):
            connection.shutdown()
        raise
    return connection


def _enter(connection: IMAP4, mailbox: Mailbox, password: str, where: str) -> None:
    try:
        if password.isascii():
            connection.login(quoted(mailbox.user), password)
        else:
            connection.authenticate("PLAIN", lambda _: f"\0{mailbox.user}\0{password}".encode())
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise PublishError(where, "the server does not accept user and password") from error
    answer, _ = connection.select(quoted(mailbox.folder))
    if answer != "OK":
        raise PublishError(where, f"there is no folder {mailbox.folder!r}")
