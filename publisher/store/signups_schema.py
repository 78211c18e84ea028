"""The tables of sign-ups: what came in by a form and waits for its mail, and which mails went out.

A mail that went out is kept as a keyed hash of its mailbox, without address: erasing a reader does not make
anybody send him more of them. `due` and `at` of invitations are in seconds since 1970. `subscriber` is
known once the sign-up was looked at.
"""

SIGNUPS: tuple[str, ...] = (
    """
    CREATE TABLE signups (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        purpose TEXT NOT NULL CHECK (purpose IN ('confirm', 'settings')),
        address TEXT NOT NULL,
        mailbox TEXT NOT NULL,
        newsletters TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        wording TEXT NOT NULL DEFAULT '',
        evidence TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL,
        due INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        doubts INTEGER NOT NULL DEFAULT 0,
        subscriber INTEGER,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending'))
    )
    """,
    "CREATE INDEX signups_due ON signups (due, id)",
    "CREATE INDEX signups_of ON signups (mailbox)",
    """
    CREATE TABLE invitations (
        signup INTEGER PRIMARY KEY,
        purpose TEXT NOT NULL,
        mark BLOB NOT NULL,
        at INTEGER NOT NULL
    )
    """,
    "CREATE INDEX invitations_of ON invitations (mark, purpose, at)",
)

# How many came in, by five minutes and domain ('' is all of them), for an hour; and which of them wait for a
# burst to be over: they are due when they would be too old.
HELD: tuple[str, ...] = (
    # The same hash of the inbox, which has as many addresses as one likes (ana+1@, ana+2@).
    "ALTER TABLE invitations ADD COLUMN inbox BLOB NOT NULL DEFAULT x''",
    "CREATE INDEX invitations_of_inbox ON invitations (inbox, purpose, at)",
    "ALTER TABLE signups ADD COLUMN held INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX signups_held ON signups (id) WHERE held",
    """
    CREATE TABLE arrivals (
        slot INTEGER NOT NULL,
        domain TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (slot, domain)
    ) WITHOUT ROWID
    """,
)
