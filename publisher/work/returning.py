"""A publication and a mailbox -> what each mail in it says, done to the ledger, and the mail put away.

The effect is on the disk before the mail is touched: killed anywhere between, the next run finds the mail
again, and that it was counted.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

from publisher.audience.keys import Keys
from publisher.bounces.mailbox import read_mailbox
from publisher.bounces.read import read_mail
from publisher.bounces.soft import Patience
from publisher.bounces.verdict import Verdict
from publisher.errors import PublishError
from publisher.inbox.arrived import Arrived, Inbox
from publisher.inbox.imap import imap_inbox
from publisher.inbox.maildir import Maildir
from publisher.inbox.mbox import Mbox
from publisher.inbox.pop import pop_inbox
from publisher.inbox.spool import Spool
from publisher.store.bouncing import Bounces, Effect, bounces_in
from publisher.store.keys import load_keys
from publisher.store.secrets import read_secret
from publisher.work.place import Place

PASSWORD = "PUBLISH_BOUNCES_PASSWORD"  # noqa: S105  (the name of the variable)
_DONE: frozenset[str] = frozenset({"bounced", "complained", "counted", "known", "gone"})
_PASSING = frozenset({"reply", "challenge", "notice"})


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a mail said and did; `unread`: it could not be read. `verdict` is None for that one alone.

    `of`: how many mails there are in all; 0: not known.
    """

    name: str
    verdict: Verdict | None
    effect: Effect | Literal["unread"]
    of: int = 0

    @property
    def settled(self) -> bool:
        """Whether the mail is proven to be ours, and nothing is left to be done with it."""
        proven = self.verdict is not None and self.verdict.returned is not None
        return proven and (
            self.effect in _DONE or (self.verdict is not None and self.verdict.kind in _PASSING)
        )


def sift_mailbox(
    place: Place, source: str, environment: Mapping[str, str], now: datetime, rehearse: bool
) -> Iterator[Sifted]:
    """Each mail of the mailbox `source` (empty: the configured one), once its effect is on the disk.

    `rehearse` changes neither ledger nor mailbox. Raises PublishError (mailbox, password, ledger, disk),
    Unavailable (a server that fails), Locked.
    """
    keys = _keys(place)
    with _inbox(place, source, environment) as inbox, _bounces(place, keys, rehearse) as bounces:
        for mail in inbox.mails():
            found = sift(mail, bounces, keys, now)
            if found.settled and not rehearse:
                inbox.settle(mail)
            yield found


def sift_pipe(
    place: Place, stream: BinaryIO, recipients: tuple[str, ...], now: datetime, rehearse: bool
) -> Sifted:
    """The one mail in `stream`. What is not ours, or not understood, is kept in `.publish/bounces`.

    Raises PublishError as above; the mail system has to deliver the mail again then.
    """
    keys = _keys(place)
    spool = Spool(place.state / "bounces")
    mail = spool.take(stream, int(now.timestamp()))
    with _bounces(place, keys, rehearse) as bounces:
        found = sift(mail, bounces, keys, now, recipients)
    if found.settled or rehearse:
        spool.settle(mail)
    else:
        spool.leave(mail)
    return found


def sift(
    mail: Arrived, bounces: Bounces, keys: Keys, now: datetime, recipients: tuple[str, ...] = ()
) -> Sifted:
    """What one mail says, and what it did."""
    if mail.content is None:
        return Sifted(mail.name, None, "unread", mail.of)
    verdict = read_mail(mail.content, keys, recipients)
    return Sifted(mail.name, verdict, bounces.record(verdict, "bounce", now), mail.of)


def _keys(place: Place) -> Keys:
    """None are made here: where there are none, no mail was ever sent that could come back."""
    path = place.state / "keys.json"
    return load_keys(path) if path.exists() else Keys("", {})


def _bounces(place: Place, keys: Keys, rehearse: bool) -> AbstractContextManager[Bounces]:
    chosen = place.publication.bounces
    patience = Patience(chosen.soft_count, chosen.soft_days, chosen.soft_memory)
    return bounces_in(place.state / "ledger.sqlite", keys, patience, rehearse)


@contextmanager
def _inbox(place: Place, source: str, environment: Mapping[str, str]) -> Iterator[Inbox]:
    chosen = place.publication.bounces
    if not (text := source or chosen.mailbox):
        hint = 'mailbox = "maildir:/path", "mbox:/path", "imap://user@host" or "pop://user@host"'
        raise PublishError(f"{place.source or 'publish.toml'} [bounces]", "no mailbox is configured", hint)
    try:
        mailbox = read_mailbox(text)
    except ValueError as error:
        raise PublishError("publish bounces", str(error)) from error
    path = place.root / Path(mailbox.path).expanduser()
    if mailbox.kind == "maildir":
        yield Maildir(path, chosen.processed, chosen.folder)
    elif mailbox.kind == "mbox":
        yield Mbox(path)
    else:
        file = place.root / Path(chosen.secrets).expanduser() if chosen.secrets else None
        password = read_secret(PASSWORD, environment, file)
        if mailbox.kind == "imap":
            with imap_inbox(mailbox, password, chosen.processed, chosen.folder) as imap:
                yield imap
        else:
            with pop_inbox(mailbox, password, chosen.processed) as pop:
                yield pop
