"""The statements that bring a list of readers into the ledger at once, in their order.

Lines wait in temporary tables, which SQLite keeps in a file of its own: the ledger is not locked while
a long list is read, and nothing of it is in the memory. States are numbers here, from the weakest word to the
strongest; the stronger of two words about one reader holds. `:agreed` and the like are bound by name.
"""

from publisher.audience.subscriber import SILENT, State

RANKS: tuple[State, ...] = ("unconfirmed", "confirmed", *SILENT)
_CONFIRMED = RANKS.index("confirmed")
_SILENT = RANKS.index(SILENT[0])
_LEFT = RANKS.index("unsubscribed")
_RANK = f"(CASE s.state {' '.join(f'WHEN {name!r} THEN {rank}' for rank, name in enumerate(RANKS))} END)"
_NAME = f"(CASE p.rank {' '.join(f'WHEN {rank} THEN {name!r}' for rank, name in enumerate(RANKS))} END)"

STAGE = (
    """
    CREATE TEMP TABLE incoming (
        line INTEGER PRIMARY KEY, address TEXT, mailbox TEXT UNIQUE, rank INTEGER, joined TEXT, agreed TEXT,
        gone TEXT, name TEXT, language TEXT, time_zone TEXT, wording TEXT
    )
    """,
    """
    CREATE TEMP TABLE incoming_newsletters (
        line INTEGER, newsletter TEXT, departed INTEGER, PRIMARY KEY (line, departed, newsletter)
    ) WITHOUT ROWID
    """,
    """
    CREATE TEMP TABLE incoming_marks (
        line INTEGER, key TEXT, mark BLOB, PRIMARY KEY (line, key)
    ) WITHOUT ROWID
    """,
    "CREATE TEMP TABLE suppressed (line INTEGER PRIMARY KEY)",
)
# Two lines about one reader become one: what either says, and the stronger word.
LINE = """
    INSERT INTO incoming VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (mailbox) DO UPDATE SET
        rank = max(rank, excluded.rank),
        joined = coalesce(min(joined, excluded.joined), joined, excluded.joined),
        agreed = coalesce(max(agreed, excluded.agreed), agreed, excluded.agreed),
        gone = coalesce(max(gone, excluded.gone), gone, excluded.gone),
        name = iif(name = '', excluded.name, name),
        language = iif(language = '', excluded.language, language),
        time_zone = iif(time_zone = '', excluded.time_zone, time_zone),
        wording = iif(wording = '', excluded.wording, wording)
    RETURNING line
"""
NEWSLETTER = "INSERT OR IGNORE INTO incoming_newsletters VALUES (?, ?, ?)"
MARK = "INSERT OR IGNORE INTO incoming_marks VALUES (?, ?, ?)"

# What is to become of each line. `held`: suppressed, or a reader who wants no mail.
_SUPPRESSED = """
    INSERT OR IGNORE INTO suppressed
    SELECT m.line FROM incoming_marks m CROSS JOIN main.suppressions x ON x.mark = m.mark
"""
_FATES = f"""
    CREATE TEMP TABLE plan AS
    SELECT i.line, i.rank, s.id AS reader, s.id IS NULL AS new,
        CASE
            WHEN s.id IS NULL AND x.line THEN 'held'
            WHEN s.id IS NULL THEN 'added'
            WHEN i.rank >= {_SILENT} AND i.rank > {_RANK} AND NOT EXISTS (
                SELECT 1 FROM consents c WHERE c.subscriber = s.id AND c.act = 'confirmed' AND c.at > i.gone
            ) THEN 'silenced'
            WHEN {_RANK} >= {_SILENT} OR x.line THEN 'held'
            WHEN i.rank >= {_SILENT} OR i.rank < {_RANK} THEN 'same'
            WHEN i.rank > {_RANK} OR s.name = '' AND i.name != '' OR s.language = '' AND i.language != ''
                OR s.time_zone = '' AND i.time_zone != '' OR EXISTS (
                    SELECT 1 FROM incoming_newsletters n WHERE n.line = i.line AND NOT n.departed
                    AND NOT EXISTS (SELECT 1 FROM subscriptions b
                        WHERE b.newsletter = n.newsletter AND b.subscriber = s.id)
                    AND NOT EXISTS (SELECT 1 FROM departures d
                        WHERE d.newsletter = n.newsletter AND d.subscriber = s.id)
                ) THEN 'changed'
            ELSE 'same'
        END AS fate
    FROM incoming i LEFT JOIN main.subscribers s ON s.mailbox = i.mailbox
        LEFT JOIN suppressed x ON x.line = i.line
"""  # noqa: S608  (our own numbers)
PLAN = (_SUPPRESSED, _FATES)
_READERS = f"""
    INSERT INTO main.subscribers (address, mailbox, state, joined, name, language, time_zone)
    SELECT i.address, i.mailbox, {_NAME}, coalesce(i.joined, :now), i.name, i.language, i.time_zone
    FROM plan p JOIN incoming i ON i.line = p.line WHERE p.fate = 'added' ORDER BY p.line
"""  # noqa: S608
_NUMBERS = """
    UPDATE plan SET reader = (
        SELECT s.id FROM incoming i JOIN main.subscribers s ON s.mailbox = i.mailbox WHERE i.line = plan.line
    ) WHERE fate = 'added'
"""
_FILL = f"""
    UPDATE main.subscribers AS s SET state = {_NAME}, name = iif(s.name = '', i.name, s.name),
        language = iif(s.language = '', i.language, s.language),
        time_zone = iif(s.time_zone = '', i.time_zone, s.time_zone)
    FROM plan p JOIN incoming i ON i.line = p.line
    WHERE p.reader = s.id AND p.fate IN ('changed', 'silenced')
"""  # noqa: S608
_DEPART = f"""
    INSERT OR IGNORE INTO main.departures (subscriber, newsletter)
    SELECT p.reader, n.newsletter FROM plan p JOIN incoming_newsletters n ON n.line = p.line
    WHERE n.departed AND p.fate = 'added'
    UNION ALL
    SELECT p.reader, b.newsletter FROM plan p JOIN main.subscriptions b ON b.subscriber = p.reader
    WHERE p.fate = 'silenced' AND p.rank = {_LEFT}
"""  # noqa: S608
_LEAVE = f"""
    DELETE FROM main.subscriptions
    WHERE subscriber IN (SELECT p.reader FROM plan p WHERE p.fate = 'silenced' AND p.rank = {_LEFT})
"""  # noqa: S608
_JOIN = f"""
    INSERT OR IGNORE INTO main.subscriptions (newsletter, subscriber)
    SELECT n.newsletter, p.reader FROM plan p JOIN incoming_newsletters n ON n.line = p.line
    WHERE p.fate IN ('added', 'changed') AND p.rank != {_LEFT} AND NOT n.departed AND NOT EXISTS (
        SELECT 1 FROM main.departures d WHERE d.subscriber = p.reader AND d.newsletter = n.newsletter
    )
"""  # noqa: S608
_AGREED = f"""
    INSERT INTO main.consents (subscriber, at, act, how, wording, evidence, newsletters)
    SELECT p.reader, coalesce(i.agreed, i.joined, :now), 'imported', 'import',
        iif(i.wording = '' AND p.rank = {_CONFIRMED}, :wording, i.wording), :file || ':' || p.line, coalesce((
            SELECT group_concat(n.newsletter, char(10)) FROM incoming_newsletters n
            WHERE n.line = p.line AND NOT n.departed
        ), '')
    FROM plan p JOIN incoming i ON i.line = p.line WHERE p.fate IN ('added', 'changed') ORDER BY p.line
"""  # noqa: S608
_SILENCED = f"""
    INSERT INTO main.consents (subscriber, at, act, how, evidence)
    SELECT p.reader, coalesce(i.gone, :now), {_NAME}, 'import', :file || ':' || p.line
    FROM plan p JOIN incoming i ON i.line = p.line
    WHERE p.fate IN ('added', 'silenced') AND p.rank >= {_SILENT} ORDER BY p.line
"""  # noqa: S608
_SUPPRESS = f"""
    INSERT OR REPLACE INTO main.suppressions (mark, key, reason, at)
    SELECT m.mark, m.key, {_NAME}, coalesce(i.gone, :now)
    FROM plan p JOIN incoming i ON i.line = p.line JOIN incoming_marks m ON m.line = p.line
    WHERE p.fate IN ('added', 'silenced') AND p.rank >= {_SILENT} AND m.key = :key
"""  # noqa: S608
MERGE = (_READERS, _NUMBERS, _FILL, _DEPART, _LEAVE, _JOIN, _AGREED, _SILENCED, _SUPPRESS)
COUNT = "SELECT fate, count(*) FROM plan GROUP BY fate"
