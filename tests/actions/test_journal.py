"""The journal: no act without its line, no line changed unseen."""

import json
import stat
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.accounts import a_user
from tests.factories.plans import a_jurisdiction
from tests.journal import findings, found, some_lines, unguarded, write
from zhaoyin.ground.journal import actions, keeping, triggers
from zhaoyin.ground.journal.actions.linking import link_waiting
from zhaoyin.ground.journal.models import Entry, Link, Waiting
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_line_of_a_transaction_is_linked_when_it_is_over() -> None:
    unit = a_jurisdiction("云溪市")
    with transaction.atomic():
        for _ in range(3):
            actions.record(by=None, act="tests.done", subject=unit, jurisdiction_id=unit.pk)
        actions.record_many(by=None, act="tests.done", subjects=[unit] * 4, jurisdiction_id=unit.pk)
        before = Link.objects.count()
        assert Waiting.objects.count() == 1
    assert Link.objects.count() == before + 7 == Entry.objects.count()
    assert not Waiting.objects.exists()
    assert list(Link.objects.order_by("seq").values_list("entry_id", flat=True)) == list(
        Entry.objects.order_by("id").values_list("id", flat=True)
    )
    assert found() == []


def test_a_line_says_who_when_from_where_and_what() -> None:
    unit = a_jurisdiction("云溪市")
    user = a_user(unit)
    user.name = "科长甲"
    actions.record(by=user, act="tests.done", subject=unit, jurisdiction_id=unit.pk, detail={"before": 1, "after": 2})
    line = Entry.objects.get(act="tests.done")
    assert (line.by, line.by_name, line.outcome, line.subject_name) == (user, "科长甲", "done", "云溪市")
    assert line.detail == {"before": 1, "after": 2}
    assert line.seal.startswith("sha256:")


@transaction.atomic
def lost(unit: Unit) -> None:
    """An action that fails after its line was written."""
    actions.record(by=None, act="tests.done", subject=unit, jurisdiction_id=None)
    raise ZeroDivisionError


def test_a_refusal_outlives_the_rollback_of_what_was_refused() -> None:
    unit = a_jurisdiction("云溪市")
    with pytest.raises(ZeroDivisionError):
        lost(unit)
    actions.refuse(by=None, act="tests.refused", detail={"path": "/plans/"})
    assert not Entry.objects.filter(act="tests.done").exists()
    line = Entry.objects.get(act="tests.refused")
    assert (line.outcome, line.subject_kind, line.subject_id) == ("refused", "", None)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.refuse(by=None, act="tests.refused")
    assert found() == []


def test_an_action_whose_line_cannot_be_written_is_not_done(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    from zhaoyin.ground.organisations.actions import add_jurisdiction

    def fails(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("zhaoyin.ground.journal.actions.recording.insert_rows", fails)
        with pytest.raises(OSError, match="disk full"):
            add_jurisdiction(by=None, name="白石县")
    assert not Unit.objects.filter(name="白石县").exists()

    add_jurisdiction(by=None, name="青山县")
    # Another machine that was not given the key must not make one of its own.
    settings.JOURNAL_DIR = settings.JOURNAL_DIR.with_name("elsewhere")
    with pytest.raises(keeping.NoKey, match="密钥文件"):
        add_jurisdiction(by=None, name="白石县")
    assert not Unit.objects.filter(name="白石县").exists()
    assert not (settings.JOURNAL_DIR / keeping.KEY).exists()


def test_the_key_is_its_owners_only() -> None:
    some_lines(1)
    assert stat.S_IMODE((keeping.folder() / keeping.KEY).stat().st_mode) == 0o600


def test_what_a_crash_left_unlinked_is_linked_by_the_next_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("zhaoyin.ground.journal.actions.linking._links", lambda lines, mark: 1 / 0)
        lines = some_lines(2)
    assert not Link.objects.filter(entry__in=lines).exists()
    assert found() == []
    assert Link.objects.filter(entry__in=lines).count() == 2


def test_a_savepoint_that_is_rolled_back_takes_its_lines_and_no_others() -> None:
    unit = a_jurisdiction("云溪市")
    before = Entry.objects.count()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            lost(unit)
        actions.record(by=None, act="tests.kept", subject=unit, jurisdiction_id=None)
    assert Entry.objects.count() == Link.objects.count() == before + 1
    assert found() == []


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_journal_stays_whole_when_the_algorithm_changes(settings: Any, algorithm: str) -> None:
    some_lines(2)
    settings.JOURNAL_HASH = algorithm
    actions.refuse(by=None, act="tests.refused")
    settings.JOURNAL_HASH = "sha256"
    actions.refuse(by=None, act="tests.refused")
    assert {line.seal.partition(":")[0] for line in Entry.objects.all()} == {"sha256", algorithm}
    assert found() == []


@pytest.mark.parametrize("table", triggers.TABLES)
def test_the_database_refuses_to_change_or_delete(table: str) -> None:
    some_lines(2)
    key = "seq" if table == "journal_link" else "id"
    if table == "journal_archive":
        write(
            "INSERT INTO journal_archive (at, file, sha256, first_seq, last_seq, last_hash, seal)"
            " VALUES ('2020-01-01 00:00:00', 'x', 'x', 1, 0, 'x', 'x')"
        )
    statements = [f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    else:
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        before = cursor.fetchall()
        for statement in statements:
            with pytest.raises(DatabaseError, match="append-only"):
                cursor.execute(statement)
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        assert cursor.fetchall() == before
        assert before


def test_triggers_that_are_gone_are_named() -> None:
    some_lines(1)
    triggers.remove(connection)
    assert {one.note for one in findings()} == set(triggers.absent(connection))
    triggers.install(connection)
    assert found() == []


def seq_of(line: int) -> int:
    return Link.objects.get(entry=line).seq


# Ten ways to tamper, and more; each gives what verifying must find.
def content(lines: list[int]) -> object:
    write("UPDATE journal_entry SET detail = %s WHERE id = %s", json.dumps({"before": 99}), lines[2])
    return [("altered", seq_of(lines[2]), lines[2])]


def time(lines: list[int]) -> object:
    write("UPDATE journal_entry SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", lines[2])
    return [("altered", seq_of(lines[2]), lines[2])]


def person(lines: list[int]) -> object:
    write("UPDATE journal_entry SET by_id = %s WHERE id = %s", a_user().pk, lines[2])
    return [("altered", seq_of(lines[2]), lines[2])]


def seal(lines: list[int]) -> object:
    write("UPDATE journal_entry SET seal = %s, by_name = '领导乙' WHERE id = %s", "sha256:" + "0" * 64, lines[2])
    return [("altered", seq_of(lines[2]), lines[2]), ("misplaced", seq_of(lines[2]), lines[2])]


def row(lines: list[int]) -> object:
    write("DELETE FROM journal_entry WHERE id = %s", lines[2])
    return [("missing", seq_of_gone(lines[2]), lines[2])]


def seq_of_gone(line: int) -> int:
    return Link.objects.filter(entry_id=line).values_list("seq", flat=True)[0]


def row_and_link(lines: list[int]) -> object:
    seq = seq_of(lines[2])
    write("DELETE FROM journal_link WHERE entry_id = %s", lines[2])
    write("DELETE FROM journal_entry WHERE id = %s", lines[2])
    return [("gap", seq, None)]


def tail(lines: list[int]) -> object:
    seq = seq_of(lines[3])
    write("DELETE FROM journal_link WHERE entry_id >= %s", lines[3])
    write("DELETE FROM journal_entry WHERE id >= %s", lines[3])
    return [("cut", seq, None)]


def swapped_lines(lines: list[int]) -> object:
    first, second = lines[1], lines[3]
    for before, after in ((first, -1), (second, first), (-1, second)):
        write("UPDATE journal_entry SET id = %s WHERE id = %s", after, before)
    return [("altered", seq_of(first), first), ("altered", seq_of(second), second)] + [
        ("misplaced", seq_of(one), one) for one in (first, second)
    ]


def swapped_links(lines: list[int]) -> object:
    first, second = lines[1], lines[3]
    one, other = seq_of(first), seq_of(second)
    for before, after in ((first, -1), (second, first), (-1, second)):
        write("UPDATE journal_link SET entry_id = %s WHERE entry_id = %s", after, before)
    return [("misplaced", one, second), ("misplaced", other, first)]


def inserted(lines: list[int]) -> object:
    new = lines[-1] + 1000
    write(
        "INSERT INTO journal_entry (id, at, by_name, address, act, outcome, subject_kind, subject_name, detail, seal)"
        " SELECT %s, at, by_name, address, act, outcome, subject_kind, subject_name, detail, seal"
        " FROM journal_entry WHERE id = %s",
        new, lines[2],
    )  # fmt: skip
    return [("unlinked", None, new)]


def inserted_to_be_linked(lines: list[int]) -> object:
    """Whoever knows how lines are linked has the product link a copy."""
    inserted(lines)
    write("INSERT INTO journal_waiting (first) VALUES (%s)", lines[-1] + 1000)
    return [("altered", seq_of(lines[-1]) + 1, lines[-1] + 1000)]


def link(lines: list[int]) -> object:
    write("UPDATE journal_link SET hash = %s WHERE entry_id = %s", "sha256:" + "1" * 64, lines[2])
    return [("misplaced", seq_of(lines[2]), lines[2])]


def link_deleted(lines: list[int]) -> object:
    seq = seq_of(lines[2])
    write("DELETE FROM journal_link WHERE seq = %s", seq)
    return [("gap", seq, None), ("unlinked", None, lines[2])]


def recomputed(lines: list[int]) -> object:
    """Somebody who knows the product, but not its key, changes a line and makes every seal and link anew."""
    from zhaoyin.ground.journal.queries.chain import linked, links
    from zhaoyin.ground.journal.rules import Keyed, canonical

    write("UPDATE journal_entry SET by_name = '领导乙' WHERE id = %s", lines[2])
    keyed, before, wanted = Keyed(b"another key", "sha256"), "", []
    for one in linked(links()):
        assert one.line
        made = keyed.of(canonical(one.line))
        before = keyed.link(before, one.seq, made)
        write("UPDATE journal_entry SET seal = %s WHERE id = %s", made, one.entry)
        write("UPDATE journal_link SET hash = %s WHERE seq = %s", before, one.seq)
        wanted += [("altered", one.seq, one.entry), ("misplaced", one.seq, one.entry)]
    return [*wanted, ("head", one.seq, one.entry)]


WAYS = (
    content, time, person, seal, row, row_and_link, tail, swapped_lines, swapped_links, inserted, inserted_to_be_linked,
    link, link_deleted, recomputed,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whoever_tampers_is_found(way: Any) -> None:
    lines = some_lines(5)
    assert found() == []
    lines.append(Entry.objects.order_by("-id").values_list("id", flat=True)[0])  # the line that verifying wrote
    with unguarded():
        expected = way(lines)
    assert sorted(found(), key=str) == sorted(expected, key=str)
    # Verifying writes a line itself, and heals nothing by it.
    again = found()
    assert {line for _, _, line in expected if line} <= {line for _, _, line in again}
    assert again


def test_the_line_of_a_verification_names_what_was_found() -> None:
    lines = some_lines(3)
    with unguarded():
        write("UPDATE journal_entry SET by_name = '领导乙' WHERE id = %s", lines[1])
    findings()
    said = Entry.objects.filter(act="journal.verified").latest("id").detail
    assert said["count"] == 1
    assert said["findings"][0]["line"] == lines[1]
    assert "tests.done" in said["findings"][0]["words"]


def test_a_cut_end_is_never_grown_over() -> None:
    lines = some_lines(4)
    seq = seq_of(lines[3])
    with unguarded():
        tail(lines)
    link_waiting()
    actions.refuse(by=None, act="tests.refused")
    assert Link.objects.filter(entry__act="tests.refused").values_list("seq", flat=True)[0] == seq + 1
    assert found() == [("gap", seq, None)]
    assert found() == [("gap", seq, None)]
