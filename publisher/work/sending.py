"""What was asked for in, issues sent out: the readers enrolled, the rows worked off, the accounts given.

One run at a time per ledger; a build, a digest or the web may use the ledger meanwhile.
"""

import sqlite3
import time as clocks
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from publisher.audience.hours import next_hour, zone_named
from publisher.config.rates import read_domain_rates
from publisher.errors import PublishError
from publisher.post.desk import Terms
from publisher.post.relay import Relay
from publisher.store.deliveries import Trouble, counts, doubt, enrol, mend_clock, reopen, troubles
from publisher.store.keys import load_keys
from publisher.store.ledger_file import exists, opened
from publisher.store.lock import hold
from publisher.store.outgoing import Outgoing, frozen_mail, outgoing, readers_of
from publisher.work.accounts import Account, Sent, Wish
from publisher.work.choosing import Asked, Chosen, choose, newest
from publisher.work.mailroom import Press, Rules, make_press, steady_clock
from publisher.work.place import Place
from publisher.work.refused import record_refused
from publisher.work.running import Manner, Watch, run, try_out
from publisher.work.signing import signing

_TOLD = timedelta(days=3)  # for so long an issue that became too old is spoken of, also where runs are daily


def survey(place: Place, asked: Asked, now: datetime) -> Sent:
    """What `send` would begin with. Nothing is written, nobody is asked."""
    with opened(_ledger(place)) as db:
        chosen = _chosen(place, asked, now, db)
        accounts = tuple(
            Account(each, counts(db, each.id), 0 if each.enrolled else readers_of(db, each.newsletter))
            for each in chosen.issues
        )
        stale = _missed(place, db, chosen, now)
    return Sent(accounts, stale)


def send(place: Place, wish: Wish, now: datetime, relays: tuple[Relay, ...], watch: Watch) -> Sent:
    """Sends what is due, and says how it went; `watch` is told of each mail and of how many there are.

    Raises Locked while another run sends, PublishError for a ledger or a configuration that cannot be used.
    """
    begun = clocks.monotonic()
    with hold(place.state / "sending.lock"), opened(_ledger(place)) as db:
        chosen = _chosen(place, wish.asked, now, db)
        # Everything that can be wrong with an issue is found before it gets its readers.
        for each in chosen.issues:
            _press(place, db, each)
        before = tuple(_prepare(place, db, each, wish, now) for each in chosen.issues)
        stale = _missed(place, db, chosen, now)
        if not before:
            return Sent((), stale)
        # From here on the mail cannot be frozen anew.
        presses = {each.id: _press(place, db, each) for each in chosen.issues}
        done = run(_ledger(place), db, presses, _manner(place, wish, now, relays), watch)
        keys = load_keys(place.state / "keys.json")
        remarks = tuple(record_refused(db, before, keys, place.publication.bounces))
        after = tuple(
            Account(each.issue, counts(db, each.issue.id), each.enrolled, each.doubted) for each in before
        )
    seconds = clocks.monotonic() - begun
    return Sent(after, stale, done.tally, seconds, done.stopped, done.limited, done.remarks + remarks)


def send_test(place: Place, asked: Asked, address: str, now: datetime, relays: tuple[Relay, ...]) -> str:
    """Sends the newest issue to one address, to be looked at; no row is touched. The server's answer.

    Its links to leave belong to nobody. Raises PublishError, Unavailable where the mail is not taken.
    """
    with opened(_ledger(place)) as db:
        press = _press(place, db, newest(outgoing(db), asked))
    return try_out(relays, press.mail(0, address, now))


def troubles_of(place: Place, sent: Sent) -> Iterator[tuple[Outgoing, Trouble]]:
    """Every mail of these issues that did not arrive, or not surely, with its reader."""
    with opened(_ledger(place)) as db:
        for account in sent.accounts:
            for trouble in troubles(db, account.issue.id, ("failed", "unknown", "deferred", "sending")):
                yield account.issue, trouble


def _ledger(place: Place) -> Path:
    path = place.state / "ledger.sqlite"
    if not exists(path):
        raise PublishError("publish send", "there is no issue yet", "publish digest makes the first one")
    return path


def _chosen(place: Place, asked: Asked, now: datetime, db: sqlite3.Connection) -> Chosen:
    return choose(outgoing(db), asked, now, timedelta(hours=place.publication.sending.max_age))


def _missed(place: Place, db: sqlite3.Connection, chosen: Chosen, now: datetime) -> tuple[Outgoing, ...]:
    """Of the issues that are too old by now, those that somebody still waits for, while they are news.

    Who is in doubt was named in time, and let be.
    """
    oldest = timedelta(hours=place.publication.sending.max_age) + _TOLD
    return tuple(each for each in chosen.stale if now - each.frozen_at <= oldest and _is_short(db, each))


def _is_short(db: sqlite3.Connection, issue: Outgoing) -> bool:
    if not issue.enrolled:
        return readers_of(db, issue.newsletter) > 0
    return not {"pending", "deferred", "sending"}.isdisjoint(counts(db, issue.id))


def _press(place: Place, db: sqlite3.Connection, issue: Outgoing) -> Press:
    keys = load_keys(place.state / "keys.json")
    press = make_press(issue, frozen_mail(db, issue.id), keys, place.publication.sending.bounces)
    sign = signing(place, press.sender)
    return replace(press, sign=sign) if sign else press


def _prepare(place: Place, db: sqlite3.Connection, issue: Outgoing, wish: Wish, now: datetime) -> Account:
    """What a run before left is put in order, and the readers are enrolled if they are not yet."""
    settings, zone, second = place.publication.sending, place.publication.zone, int(now.timestamp())
    doubted = doubt(db, issue.id)
    if wish.on_unknown == "resend":
        reopen(db, issue.id, "unknown", second)
    if wish.retry:
        reopen(db, issue.id, "failed", second)
    mend_clock(db, issue.id, second)
    hour = time.fromisoformat(settings.local_time) if settings.local_time else None

    def turn(name: str) -> int:
        return int(next_hour(now, hour, zone_named(name, zone)).timestamp()) if hour else second

    enrolled = 0 if issue.enrolled else enrol(db, issue.id, now, turn)
    return Account(issue, counts(db, issue.id), enrolled, doubted)


def _manner(place: Place, wish: Wish, now: datetime, relays: tuple[Relay, ...]) -> Manner:
    settings = place.publication.sending
    give_up = settings.give_up_after * 3_600
    patience = float(give_up if wish.wait else settings.patience)
    terms = Terms(read_domain_rates(settings.domain_rate), patience, wish.wait)
    rules = Rules(give_up, wish.wait)
    return Manner(relays, terms, rules, steady_clock(now), wish.limit)
