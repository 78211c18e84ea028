"""Readers -> a CSV file that `import` reads back, or everything that is known of one of them."""

import json
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from publisher.audience.subscriber import Consent, Subscriber
from publisher.store.atomic import replacing
from publisher.store.failures import naming
from publisher.store.roster import Choice, Entry, Roster
from publisher.store.spreadsheet import write_rows

HEADER = (
    "email", "name", "language", "time_zone", "status", "newsletters", "left_newsletters", "joined",
    "consent_at", "consent_wording", "consent_how", "consent_evidence", "left_at",
)  # fmt: skip


def export_csv(roster: Roster, choice: Choice, to: Path | BinaryIO) -> int:
    """Writes all readers that fit; how many. A file is for its owner's eyes alone, and whole or not there.

    Raises PublishError.
    """
    return _export(to, lambda stream: _csv(roster.each(choice), stream))


def export_json(roster: Roster, choice: Choice, to: Path | BinaryIO) -> int:
    """The same as JSON, one reader a line."""
    return _export(to, lambda stream: _json_lines(roster.each(choice), stream))


def export_reader(roster: Roster, reader: Subscriber, to: Path | BinaryIO) -> None:
    """All that is kept of a reader, as one line of JSON."""
    line = json.dumps(everything(roster, reader), ensure_ascii=False).encode() + b"\n"
    _export(to, lambda stream: stream.write(line))


def facts(reader: Subscriber) -> dict[str, object]:
    """A reader as JSON."""
    return {
        "id": reader.id,
        "email": reader.address,
        "name": reader.name,
        "language": reader.language,
        "time_zone": reader.time_zone,
        "status": reader.state,
        "newsletters": reader.newsletters,
        "joined": reader.joined.isoformat(),
    }


def everything(roster: Roster, reader: Subscriber) -> dict[str, object]:
    """All that is kept of a reader, to be handed over on request (GDPR, articles 15 and 20)."""
    consents = (
        {
            "at": each.at.isoformat(),
            "act": each.act,
            "how": each.how,
            "wording": each.wording,
            "evidence": each.evidence,
            "newsletters": each.newsletters,
        }
        for each in roster.consents(reader.id)
    )
    mails = (
        {"newsletter": each.newsletter, "day": each.day, "state": each.state, "at": each.at}
        for each in roster.received(reader.id)
    )
    return {"schema": 1, **facts(reader), "consents": [*consents], "mails": [*mails]}


def _export(to: Path | BinaryIO, write: Callable[[BinaryIO], int]) -> int:
    if not isinstance(to, Path):
        return write(to)
    with naming(to, "write it"), replacing(to, 0o600) as stream:
        return write(stream)


def _csv(entries: Iterable[Entry], stream: BinaryIO) -> int:
    text = TextIOWrapper(stream, "utf-8", newline="")
    try:
        return write_rows(text, chain([HEADER], map(_cells, entries))) - 1
    finally:
        text.detach()


def _json_lines(entries: Iterable[Entry], stream: BinaryIO) -> int:
    number = 0
    for entry in entries:
        row = facts(entry.subscriber) | {"left_newsletters": entry.departed} | dict(_dates(entry))
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        number += 1
    return number


def _cells(entry: Entry) -> tuple[str, ...]:
    reader = entry.subscriber
    about = (reader.address, reader.name, reader.language, reader.time_zone, reader.state)
    names = (",".join(reader.newsletters), ",".join(entry.departed))
    return (*about, *names, reader.joined.isoformat(), *(value for _, value in _dates(entry)))


def _dates(entry: Entry) -> Iterator[tuple[str, str]]:
    agreed, left = entry.agreed, entry.left
    yield "consent_at", _at(agreed)
    yield "consent_wording", agreed.wording if agreed else ""
    yield "consent_how", agreed.how if agreed else ""
    yield "consent_evidence", agreed.evidence if agreed else ""
    yield "left_at", _at(left)


def _at(consent: Consent | None) -> str:
    return consent.at.isoformat() if consent else ""
