"""What is known of the state folder, the disk and the clock -> what is to be said of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from publisher.health.verdict import Verdict, fine, look, wrong

_OTHERS = 0o077
_SKEW = timedelta(minutes=10)
_STALE = timedelta(days=7)
_MEGA = 1_000_000
_LEAST_FREE, _GOOD_FREE = 100 * _MEGA, 1_000 * _MEGA
_KEYS = ".publish/keys.json"
_COMPLAINTS = 0.001  # Gmail: below 0.1 %, never 0.3 % (support.google.com/a/answer/14229414)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says of itself. `trouble`, `hint`: why it cannot be read, and what to do.

    `version` of `known` ones; `newest` is the last issue's moment; `readers` by state.
    """

    trouble: str = ""
    hint: str = ""
    version: int = 0
    known: int = 0
    newest: datetime | None = None
    readers: Mapping[str, int] | None = None
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """The folder `.publish`. `modes`: the rights of each secret file that is there (`0o600`).

    `keys` says what is wrong with keys.json ('' if nothing is, or it is not there).
    """

    there: bool
    writable: bool
    modes: Mapping[str, int]
    keys: str = ""
    ledger: Ledger | None = None
    backup: datetime | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The newest of each: the last issue, files of state and site, those of content and configuration."""

    issue: datetime | None = None
    written: datetime | None = None
    given: datetime | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """Bytes: free for this user, and taken by the site and the state."""

    free: int
    site: int
    state: int


def judge_state(state: State, now: datetime) -> tuple[Verdict, ...]:
    """Verdicts on the folder, its secrets, its ledger, and the last backup of it."""
    where = ".publish"
    if not state.writable:
        remedy = "give it to the user who runs publish (chown), with the right to write"
        return (wrong(where, "it cannot be written to", remedy),)
    if not state.there:
        return (fine(where, "it is not there yet; the first run makes it"),)
    return (
        fine(where, "it can be written to"),
        *_secrets(state),
        *_keys(state),
        *_ledger(state.ledger),
        *_backup(state, now),
    )


def _secrets(state: State) -> Iterator[Verdict]:
    for path, mode in state.modes.items():
        if mode & _OTHERS:
            yield wrong(path, f"others may use this secret file (mode {mode:04o})", f"chmod 600 {path}")
        else:
            yield fine(path, f"only its owner may read it (mode {mode:04o})")


def _keys(state: State) -> Iterator[Verdict]:
    if state.keys:
        yield wrong("keys.json", state.keys, "put back the one from the backup; docs/recovery.md")
    elif state.ledger and any((state.ledger.readers or {}).values()) and _KEYS not in state.modes:
        said = "it is missing, though there are readers: links in mails that were sent do not work"
        yield wrong("keys.json", said, "put back the one from the backup before anything is sent")


def _ledger(ledger: Ledger | None) -> Iterator[Verdict]:
    where = "ledger.sqlite"
    if ledger is None:
        yield fine(where, "it is not there yet; the first issue or reader makes it")
    elif ledger.trouble:
        yield wrong(where, ledger.trouble, ledger.hint or "put a backup in its place; docs/recovery.md")
    elif ledger.version < ledger.known:
        said = f"of version {ledger.version}; the next command brings it to {ledger.known}, after a copy"
        yield fine(where, said)
    else:
        yield fine(where, f"it can be read, of version {ledger.version}")


def _backup(state: State, now: datetime) -> Iterator[Verdict]:
    if state.ledger is None:
        return
    remedy = "publish backup DIR, from cron, to another machine"
    if state.backup is None:
        yield look("backup", "none was noted here", remedy)
    elif now - state.backup > _STALE:
        yield look("backup", f"the last one is {(now - state.backup).days} days old", remedy)
    else:
        yield fine("backup", f"the last one is of {_minute(state.backup)}")


def judge_readers(ledger: Ledger | None) -> tuple[Verdict, ...]:
    """How many readers there are, and whether too many complained or cannot be reached."""
    if ledger is None or ledger.readers is None:
        return ()
    readers = {state: number for state, number in ledger.readers.items() if number}
    told = ", ".join(f"{number:,} {state}" for state, number in readers.items()) or "none yet"
    found = [fine("readers", f"{told}; {ledger.suppressed:,} addresses suppressed")]
    reached = sum(readers.get(state, 0) for state in ("confirmed", "unsubscribed", "complained", "bounced"))
    complained = readers.get("complained", 0)
    if complained > reached * _COMPLAINTS:
        said = f"{complained:,} of {reached:,} readers ever called a mail spam"
        remedy = "Gmail wants less than 0.1 % of a day's mails to be; write to nobody who did not ask for it"
        found.append(look("complaints", said, remedy))
    return tuple(found)


def judge_disk(disk: Disk) -> tuple[Verdict, ...]:
    """A build may write the site once more, a migration copies the ledger: room for that has to be there."""
    used = disk.site + disk.state
    said = f"{_shown(disk.free)} free; the site takes {_shown(disk.site)}, the state {_shown(disk.state)}"
    if disk.free < max(_LEAST_FREE, used):
        return (wrong("disk", said, "free some space: a run that finds none ends with an error"),)
    if disk.free < max(_GOOD_FREE, 3 * used):
        return (look("disk", said, "free some space before it runs out"),)
    return (fine("disk", said),)


def judge_clock(now: datetime, times: Times) -> tuple[Verdict, ...]:
    """The clock against what this machine wrote, which cannot be of tomorrow, and what others did."""
    remedy = "set the clock (timedatectl set-ntp true): issues and signatures carry its time"
    told = f"it says {_minute(now)}"
    if times.issue and times.issue > now + _SKEW:
        return (wrong("clock", f"{told}, the last issue was made at {_minute(times.issue)}", remedy),)
    if times.written and times.written > now + _SKEW:
        return (wrong("clock", f"{told}, but this program wrote files at {_minute(times.written)}", remedy),)
    if times.given and times.given > now + _SKEW:
        return (look("clock", f"{told}, but files were written at {_minute(times.given)}", remedy),)
    return (fine("clock", f"{_minute(now)}, later than all files"),)


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def judge_zone(name: str, now: datetime) -> tuple[Verdict, ...]:
    """`now` in the publication's zone. UTC is what a configuration has that names none."""
    said = f"{name}, where it is {now:%H:%M} ({now:%z})"
    if name == "UTC":
        remedy = 'time_zone = "Europe/Oslo", if your days should begin at midnight there'
        return (look("time_zone", said, remedy),)
    return (fine("time_zone", said),)


def _shown(size: int) -> str:
    for unit, factor in (("GB", 1_000 * _MEGA), ("MB", _MEGA)):
        if size >= factor:
            return f"{size / factor:,.1f} {unit}"
    return f"{size / 1_000:,.0f} kB"
