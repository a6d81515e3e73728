"""What makes the journal append-only in the database itself, for whoever is connected to it and by whatever program.

A row of the journal goes only when an archive holds it and it is older than `OLDEST_DAYS`. The rules stand here once, for
the migration that sets them and for `zhaoyin journal verify`, which says when they are gone. On SQLite a migration that
changes one of these tables makes it anew, without its triggers: such a migration ends with `install`.
"""

from typing import Any

OLDEST_DAYS = 183  # six months: 网络安全法 第二十一条 asks for no less
TABLES = ("journal_entry", "journal_link", "journal_archive")

_HELD = (
    "EXISTS (SELECT 1 FROM journal_link l JOIN journal_archive a ON l.seq BETWEEN a.first_seq AND a.last_seq"
    " WHERE l.entry_id = OLD.id)"
)
_GONE = (
    "EXISTS (SELECT 1 FROM journal_archive a WHERE OLD.seq BETWEEN a.first_seq AND a.last_seq)"
    " AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.id = OLD.entry_id)"
)
_OLD = {
    "postgresql": f"OLD.at < now() - interval '{OLDEST_DAYS} days'",
    "sqlite": f"OLD.at < datetime('now', '-{OLDEST_DAYS} days')",
}
_WORDS = "the journal is append-only"


def _may_go(vendor: str) -> dict[str, str]:
    """Table → the condition under which a row of it may be deleted."""
    return {"journal_entry": f"{_HELD} AND {_OLD[vendor]}", "journal_link": _GONE, "journal_archive": "FALSE"}


def _postgresql() -> dict[str, tuple[str, str]]:
    """Trigger → (its table, the statements that set it)."""
    made = {}
    for table, condition in _may_go("postgresql").items():
        refuse = f"RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'insufficient_privilege';"
        made[f"{table}_stays"] = (table, f"""
            CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$;
            CREATE TRIGGER {table}_stays BEFORE UPDATE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays();
        """)  # fmt: skip
        made[f"{table}_kept"] = (table, f"""
            CREATE OR REPLACE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF {condition} THEN RETURN OLD; END IF; {refuse} END $$;
            CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_kept();
        """)  # fmt: skip
    return made


def _sqlite() -> dict[str, tuple[str, str]]:
    made = {}
    keys = {"journal_entry": "id", "journal_link": "seq", "journal_archive": "id"}
    for table, condition in _may_go("sqlite").items():
        refuse, key = f"RAISE(ABORT, '{_WORDS}')", keys[table]
        made[f"{table}_stays"] = (
            table, f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} BEGIN SELECT {refuse}; END;"
        )  # fmt: skip
        made[f"{table}_kept"] = (
            table, f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN NOT ({condition}) BEGIN SELECT {refuse}; END;"
        )  # fmt: skip
        # INSERT OR REPLACE would delete the row that is there without asking the trigger above.
        made[f"{table}_new"] = (table, (
            f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table}"  # noqa: S608
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) BEGIN SELECT {refuse}; END;"
        ))  # fmt: skip
    return made


def _made(vendor: str) -> dict[str, tuple[str, str]]:
    return _sqlite() if vendor == "sqlite" else _postgresql()


def install(connection: Any) -> None:
    """Set the triggers, in place of those that are there."""
    remove(connection)
    with connection.cursor() as cursor:
        for _, statement in _made(connection.vendor).values():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away: before a migration that must rewrite lines, and in tests that empty the database."""
    with connection.cursor() as cursor:
        for name, (table, _) in _made(connection.vendor).items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def absent(connection: Any) -> list[str]:
    """The triggers that should be there and are not, or are switched off."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in _made(connection.vendor) if name not in there]
