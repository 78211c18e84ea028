"""The tables of what came back: evidence by reader and delivery, and calls of mail services seen already.

Who asks to be forgotten takes the evidence along: a server's words may hold the address.
"""

BOUNCES: tuple[str, ...] = (
    """
    CREATE TABLE returns (
        subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('hard', 'soft', 'policy', 'complaint')),
        at TEXT NOT NULL,
        recorded TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (subscriber, source, kind)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE calls (event TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
)
