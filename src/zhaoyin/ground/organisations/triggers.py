"""What no constraint of both databases can say: one official holds the same post once at a time.

SQLite writes for one person at a time, so looking is enough. On PostgreSQL the trigger holds the official first: whoever
writes second looks only after the first one is done. SQLite drops a table's triggers when a migration rebuilds the table:
such a migration of `organisations_appointment` ends with `install` (a test looks whether they are there).
"""

from typing import Any

_OVERLAPS = """
SELECT 1 FROM organisations_appointment AS held
WHERE held.official_id = NEW.official_id AND held.unit_id = NEW.unit_id AND held.kind = NEW.kind AND held.post = NEW.post
  AND held.id <> COALESCE(NEW.id, -1)
  AND (held.since IS NULL OR NEW.until IS NULL OR held.since <= NEW.until)
  AND (NEW.since IS NULL OR held.until IS NULL OR NEW.since <= held.until)
"""
_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION organisations_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM organisations_official WHERE id = NEW.official_id FOR NO KEY UPDATE;
  IF EXISTS ({_OVERLAPS}) THEN
    RAISE EXCEPTION 'appointment_overlap' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS appointment_overlap ON organisations_appointment;
CREATE TRIGGER appointment_overlap BEFORE INSERT OR UPDATE ON organisations_appointment
FOR EACH ROW EXECUTE FUNCTION organisations_no_overlap();
"""


def install(apps: Any, editor: Any) -> None:
    """Put the triggers on the table, in place of those that may be there (for `migrations.RunPython`)."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL)
        return
    for event in ("insert", "update"):
        editor.execute(f"DROP TRIGGER IF EXISTS appointment_overlap_{event}")
        editor.execute(
            f"CREATE TRIGGER appointment_overlap_{event} BEFORE {event.upper()} ON organisations_appointment "
            f"WHEN EXISTS ({_OVERLAPS}) BEGIN SELECT RAISE(ABORT, 'appointment_overlap'); END"
        )


def remove(apps: Any, editor: Any) -> None:
    """Take the triggers off again."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER IF EXISTS appointment_overlap ON organisations_appointment")
        editor.execute("DROP FUNCTION IF EXISTS organisations_no_overlap()")
        return
    for event in ("insert", "update"):
        editor.execute(f"DROP TRIGGER IF EXISTS appointment_overlap_{event}")
