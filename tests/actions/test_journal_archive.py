"""Old lines leave the database with their chain, and no others do."""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.journal import aged, findings, found, some_lines, unguarded, write
from zhaoyin.config.cli import main
from zhaoyin.ground.journal import actions, keeping
from zhaoyin.ground.journal.models import Archive, Entry, Link

pytestmark = pytest.mark.django_db(transaction=True)


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def old() -> list[int]:
    """Lines of a year ago, and three younger ones."""
    lines = some_lines(6)
    aged(timezone.now() - timedelta(days=365))
    for _ in range(3):
        actions.refuse(by=None, act="tests.refused")
    return lines


def archived() -> Path:
    row = actions.archive(by=None, before=days_ago(200))
    assert row is not None
    return keeping.archives() / row.file


def test_the_chain_goes_on_from_the_archive_without_a_gap(old: list[int]) -> None:
    entries, links = Entry.objects.count(), Link.objects.count()
    file = archived()
    row = Archive.objects.get()
    assert row.first_seq == 1
    assert row.last_seq == entries - 3 == Entry.objects.get(act="journal.archived").detail["lines"]
    # The three younger ones, and the line that says so.
    assert Entry.objects.count() == Link.objects.count() == 4
    assert links == entries
    with gzip.open(file, "rt", encoding="utf-8") as text:
        kept = [json.loads(line) for line in text]
    assert [one["seq"] for one in kept] == list(range(1, row.last_seq + 1))
    assert {one["id"] for one in kept} >= set(old)
    assert found() == []
    said = Entry.objects.filter(act="journal.verified").latest("id").detail
    assert said["lines"] == row.last_seq + 4


def test_a_second_archive_begins_where_the_first_one_ended(old: list[int]) -> None:
    file = archived()
    assert actions.archive(by=None, before=days_ago(200)) is None
    with unguarded():  # so old are the rest by now
        Archive.objects.update(last_seq=Archive.objects.get().last_seq)
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert found() == []


def test_what_is_young_stays(old: list[int]) -> None:
    for days in (0, 100, 182):
        with pytest.raises(actions.TooYoung, match="183"):
            actions.archive(by=None, before=days_ago(days))
    archived()
    before = Entry.objects.count()
    for statement in ("DELETE FROM journal_entry", "DELETE FROM journal_link"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            write(statement)
    assert Entry.objects.count() == before


def test_a_broken_chain_is_not_archived(old: list[int]) -> None:
    with unguarded():
        write("UPDATE journal_entry SET by_name = '领导乙' WHERE id = %s", old[2])
    with pytest.raises(actions.Unsound, match=f"日志编号 {old[2]}"):
        archived()
    assert not Archive.objects.exists()
    assert Entry.objects.filter(pk=old[2]).exists()


@pytest.mark.parametrize("change", ["a line", "a byte", "shorter", "gone"])
def test_an_archive_that_was_changed_is_found(old: list[int], change: str) -> None:
    file = archived()
    data = file.read_bytes()
    if change == "a line":
        text = gzip.decompress(data).decode().replace("tests.done", "tests.none", 1)
        file.write_bytes(gzip.compress(text.encode()))
    elif change == "gone":
        file.unlink()
    else:
        file.write_bytes(data[:-40] if change == "shorter" else data[:200] + b"x" + data[201:])
    kinds = {kind for kind, _, _ in found()}
    assert "archive" in kinds
    if change == "a line":
        assert "altered" in kinds


def test_an_archive_that_somebody_made_up_to_delete_lines_is_found(old: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_archive (at, file, sha256, first_seq, last_seq, last_hash, seal)"
            " VALUES ('2020-01-01 00:00:00+00:00', 'x', 'x', 1, 5, 'x', 'x')"
        )
        cursor.execute("DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM journal_link WHERE seq <= 5)")
        cursor.execute("DELETE FROM journal_link WHERE seq <= 5")
        kinds = {kind for kind, _, _ in found()}
    assert {"archive", "gap"} <= kinds


def test_the_command_says_what_is_wrong_and_where(old: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify"]) == 0
    assert "链完整" in capsys.readouterr().out
    with unguarded():
        write("UPDATE journal_entry SET by_name = '领导乙' WHERE id = %s", old[2])
    assert main(["journal", "verify"]) == 1
    said = capsys.readouterr().out
    assert f"日志编号 {old[2]}" in said
    assert "tests.done" in said
    assert main(["journal", "verify", "--json"]) == 1
    one, total = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (one["kind"], one["line"], total["count"]) == ("altered", old[2], 1)
    assert main(["journal", "archive", "--before", "2020-13-01"]) == 2
    assert main(["journal", "archive", "--before", days_ago(1).isoformat()]) == 2
    assert main(["journal", "archive", "--before", days_ago(200).isoformat()]) == 2
    assert "没有归档" in capsys.readouterr().err


def test_the_command_archives(old: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "archive", "--before", days_ago(200).isoformat()]) == 0
    assert "已归档" in capsys.readouterr().out
    assert main(["journal", "archive", "--before", days_ago(200).isoformat()]) == 0
    assert "无需归档" in capsys.readouterr().out
    assert not findings()
