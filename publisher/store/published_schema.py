"""The table of published articles in the ledger.

Moments are ISO 8601 with an offset. A row is never deleted: the address of what was withdrawn is gone for
good, unless the article comes back.
"""

PUBLISHED = (
    """
    CREATE TABLE published (
        id TEXT PRIMARY KEY,
        written TEXT NOT NULL,
        seen TEXT NOT NULL,
        changed TEXT,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        date TEXT NOT NULL,
        names TEXT NOT NULL,
        withdrawn TEXT
    ) WITHOUT ROWID
    """,
)
