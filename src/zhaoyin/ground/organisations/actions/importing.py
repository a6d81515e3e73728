"""Bringing organisations from a workbook, through the same acts that people use.

What it would change is found by doing it and taking it back: the preview shows exactly what the import does, and refuses
what the import would refuse.
"""

import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.db import models, transaction

from zhaoyin.documents.reading.files.rows import read_records
from zhaoyin.documents.reading.source import UnreadableFile
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal

from ..models import Workbook
from ..workbook import Row, read_rows
from .applying import Applying, Change, Fault
from .changing import Refused

LARGEST = 20 * 1024 * 1024
SHOWN = 200  # faults; whoever mends two hundred brings the file again


class Outcome:
    """What a workbook changes (`changes`), what is wrong with it (`faults`, then nothing is changed), what stays (`same`
    rows), and what the reader left out (`notes`). `digest` tells one list of changes from another."""

    def __init__(self, changes: list[Change], faults: list[Fault], same: int, notes: Iterable[str] = ()) -> None:
        self.changes, self.faults, self.same, self.notes = changes, faults, same, list(notes)
        self.done = False

    @property
    def digest(self) -> str:
        """The same for the same changes."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()[:32]


class _TakenBack(Exception):
    pass


@transaction.atomic
def keep_workbook(*, by: models.Model, name: str, data: bytes) -> Workbook:
    """Keep a file until its import is confirmed; earlier ones of the same person go. Raises Refused for one too large."""
    permit(by, Permission.ORGANISATION_EDIT)
    if len(data) > LARGEST:
        raise Refused(f"文件超过 {LARGEST >> 20} MB，请拆分后再试。")
    Workbook.objects.filter(by=by.pk).delete()
    return Workbook.objects.create(by=by.pk, name=name[:200], data=data)


def preview_workbook(*, by: models.Model | None, workbook: Workbook) -> Outcome:
    """What the import would do, without doing it. Raises UnreadableFile for a file that is no workbook."""
    permit(by, Permission.ORGANISATION_EDIT)
    outcome, rows = _read(workbook)
    if outcome.faults:
        return outcome
    try:
        with transaction.atomic():
            _apply(by, rows, outcome)
            raise _TakenBack
    except _TakenBack:
        return outcome


def import_workbook(*, by: models.Model | None, workbook: Workbook, digest: str) -> Outcome:
    """Do what the preview with that digest showed; `done` says whether it was. Anything else that would change now, and
    any fault, leaves everything as it was: the outcome is then a new preview."""
    permit(by, Permission.ORGANISATION_EDIT)
    outcome, rows = _read(workbook)
    if outcome.faults:
        return outcome
    try:
        with transaction.atomic():
            _apply(by, rows, outcome)
            if outcome.faults or outcome.digest != digest:
                raise _TakenBack
            journal.record(
                by=by, act="organisations.imported", subject=workbook, jurisdiction_id=None,
                detail={"name": workbook.name, "changes": len(outcome.changes)},
            )  # fmt: skip
            workbook.delete()
            outcome.done = True
    except _TakenBack:
        pass
    return outcome


@transaction.atomic
def forget_workbook(*, by: models.Model, workbook: Workbook) -> None:
    """Throw a kept file away."""
    permit(by, Permission.ORGANISATION_EDIT)
    workbook.delete()


@transaction.atomic
def record_export(*, by: models.Model, name: str, subject: models.Model, jurisdiction_id: int | None) -> None:
    """Write down that somebody took the organisations away as a file."""
    permit(by, Permission.ORGANISATION_SEE)
    journal.record(
        by=by, act="organisations.exported", subject=subject, jurisdiction_id=jurisdiction_id, detail={"name": name}
    )


def _read(workbook: Workbook) -> tuple[Outcome, list[Row]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(bytes(workbook.data))
        sheets, notes = read_records(path, name=workbook.name)
    read = list(read_rows(sheets))
    rows = [one for one in read if isinstance(one, Row)]
    faults = [Fault(*one) for one in read if not isinstance(one, Row)]
    if not read:
        raise UnreadableFile("文件里没有“单位”“干部”“任职”“专业招商组”“专班”的任何一行。")
    return Outcome([], faults[:SHOWN], 0, notes), rows


def _apply(by: models.Model | None, rows: list[Row], outcome: Outcome) -> None:
    applying = Applying(by)
    applying.run(rows)
    outcome.changes, outcome.faults, outcome.same = applying.changes, applying.faults[:SHOWN], applying.same
