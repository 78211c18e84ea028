"""The tables of the newsletter in the ledger: issues, what they say, readers, and each mail to each of them.

Moments are ISO 8601 with an offset; `due` and `tried` (the first attempt) are in seconds since 1970. A
reader who asks to be forgotten leaves `subscribers`, and with it consents and subscriptions; deliveries
keep the bare number.
"""

# What was recorded before had been handed over as files. A letter is what an issue said, made once and never
# changed; there is no `message` where it may not be sent (no sender, no way to leave), but perhaps a `draft`.
_ISSUES = (
    "ALTER TABLE issues RENAME TO issues_before",
    """
    CREATE TABLE issues (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        newsletter TEXT NOT NULL,
        day TEXT NOT NULL,
        since TEXT,
        until TEXT NOT NULL,
        frozen_at TEXT NOT NULL,
        articles TEXT NOT NULL,
        handed_at TEXT,
        superseded_at TEXT,
        enrolled_at TEXT,
        UNIQUE (newsletter, day)
    )
    """,
    """
    INSERT INTO issues (newsletter, day, since, until, frozen_at, articles, handed_at)
    SELECT newsletter, day, since, until, frozen_at, articles, frozen_at FROM issues_before
    ORDER BY newsletter, day
    """,
    "DROP TABLE issues_before",
    """
    CREATE TABLE letters (
        issue INTEGER PRIMARY KEY REFERENCES issues (id),
        subject TEXT NOT NULL,
        preheader TEXT NOT NULL,
        message BLOB,
        page TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        lead TEXT NOT NULL DEFAULT '',
        draft BLOB NOT NULL DEFAULT x'',
        html TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        feed TEXT NOT NULL DEFAULT '',
        image TEXT NOT NULL DEFAULT ''
    )
    """,
)
_READERS = (
    """
    CREATE TABLE subscribers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        address TEXT NOT NULL,
        mailbox TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL
            CHECK (state IN ('unconfirmed', 'confirmed', 'unsubscribed', 'bounced', 'complained')),
        joined TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        time_zone TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX subscribers_state ON subscribers (state)",
    """
    CREATE TABLE subscriptions (
        newsletter TEXT NOT NULL,
        subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
        PRIMARY KEY (newsletter, subscriber)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX subscriptions_of ON subscriptions (subscriber)",
    # What readers chose to leave: no import subscribes them to it again.
    """
    CREATE TABLE departures (
        subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
        newsletter TEXT NOT NULL,
        PRIMARY KEY (subscriber, newsletter)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE consents (
        id INTEGER PRIMARY KEY,
        subscriber INTEGER NOT NULL REFERENCES subscribers (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        how TEXT NOT NULL,
        wording TEXT NOT NULL DEFAULT '',
        evidence TEXT NOT NULL DEFAULT '',
        newsletters TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX consents_of ON consents (subscriber)",
    """
    CREATE TABLE suppressions (
        mark BLOB PRIMARY KEY,
        key TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
_DELIVERIES = (
    """
    CREATE TABLE deliveries (
        issue INTEGER NOT NULL REFERENCES issues (id),
        subscriber INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'pending' CHECK (
            state IN ('pending', 'sending', 'sent', 'deferred', 'failed', 'unknown', 'skipped')
        ),
        due INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        tried INTEGER NOT NULL DEFAULT 0,
        relay TEXT NOT NULL DEFAULT '',
        code INTEGER NOT NULL DEFAULT 0,
        status TEXT NOT NULL DEFAULT '',
        reply TEXT NOT NULL DEFAULT '',
        at TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (issue, subscriber)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX deliveries_due ON deliveries (issue, due, subscriber)
    WHERE state IN ('pending', 'deferred')
    """,
    "CREATE INDEX deliveries_doubted ON deliveries (issue, subscriber) WHERE state IN ('sending', 'unknown')",
    "CREATE INDEX deliveries_of ON deliveries (subscriber)",
)

NEWSLETTER: tuple[str, ...] = (*_ISSUES, *_READERS, *_DELIVERIES)
