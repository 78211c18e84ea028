"""A publication with readers and a frozen issue, as other commands leave it: ready to be sent."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from publisher.newsletter import marks
from publisher.store import ledger_file

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
LETTER = (
    b"From: News <news@ledger.example.org>\r\nTo: <"
    + marks.ADDRESS
    + b">\r\nSubject: The ferry is back\r\nDate: "
    + marks.DATE
    + b"\r\nMessage-ID: "
    + marks.MESSAGE_ID
    + b"\r\nList-Unsubscribe: <https://news.example.org/u/"
    + marks.UNSUBSCRIBE
    + b">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    + b"The ferry sailed at six.\r\n.A line with a dot.\r\n\r\nhttps://news.example.org/p/"
    + marks.PREFERENCES
    + b"\r\n"
)
RELAY = """
[relays.main]
host = "127.0.0.1"
port = {port}
security = "none"
{keys}
[sending]
patience = 1
"""


def make_list(
    root: Path,
    port: int,
    readers: int | Iterable[str] = 3,
    extra: str = "",
    **relay: int,
) -> Path:
    """Readers r1@example.com, …, all confirmed readers of `daily`, and its issue of 2026-11-21.

    `extra` goes into `[sending]`, `relay` into `[relays.main]`.
    """
    root.mkdir(parents=True, exist_ok=True)
    keys = "\n".join(f"{key} = {value}" for key, value in {"connections": 3, "timeout": 5, **relay}.items())
    text = 'title = "The Test Ledger"\nbase_url = "https://ledger.example.org"\n'
    text += RELAY.format(port=port, keys=keys) + extra
    (root / "publish.toml").write_text(text, "utf-8")
    path = ledger(root)
    ledger_file.create(path)
    names = [f"r{n}@example.com" for n in range(1, readers + 1)] if isinstance(readers, int) else readers
    add_readers(path, names)
    add_issue(path)
    return root


def ledger(root: Path) -> Path:
    return root / ".publish" / "ledger.sqlite"


def add_readers(path: Path, addresses: Iterable[str], newsletter: str = "daily", zone: str = "") -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for address in addresses:
            number = db.execute(
                "INSERT INTO subscribers (address, mailbox, state, joined, time_zone)"
                " VALUES (?1, lower(?1), 'confirmed', ?2, ?3)",
                [address, NOW.isoformat(), zone],
            ).lastrowid
            db.execute("INSERT INTO subscriptions VALUES (?, ?)", [newsletter, number])


def add_issue(
    path: Path, day: str = "2026-11-21", newsletter: str = "daily", letter: bytes | None = LETTER
) -> int:
    with closing(sqlite3.connect(path)) as db, db:
        moment = f"{day}T05:00:00+00:00"
        number = db.execute(
            "INSERT INTO issues (newsletter, day, until, frozen_at, articles) VALUES (?, ?, ?, ?, '[]')",
            [newsletter, day, moment, moment],
        ).lastrowid
        assert number
        if letter is not None:
            db.execute(
                "INSERT INTO letters (issue, subject, preheader, message, page)"
                " VALUES (?, 'The ferry', '', ?, '')",
                [number, letter],
            )
        return number


def sql(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as db:
        return db.execute(statement, values).fetchall()


def states(root: Path) -> dict[str, int]:
    rows = sql(ledger(root), "SELECT state, count(*) FROM deliveries GROUP BY state")
    return {str(state): int(str(count)) for state, count in rows}
