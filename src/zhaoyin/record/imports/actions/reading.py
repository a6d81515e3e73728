"""Taking in a list, and keeping what was read from it."""

import secrets
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db import models, transaction

from zhaoyin.documents.reading.interpret.lists import ReadList
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.rules import clean_name
from zhaoyin.ground.attachments.storing import place_of, write_whole
from zhaoyin.ground.inserting import insert_rows
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .. import progress
from ..models import Batch, BatchState, Line, Remembered
from ..queries import weigh_batch
from ..rules import Column, shape_of, suggested

SUFFIXES = (".xlsx", ".csv")
LARGEST = 20 << 20  # bytes
FOLDER = "imports"
BUSY = (BatchState.WAITING, BatchState.READING)


class Refused(Exception):
    """What cannot be done. The message is one Chinese sentence for the person."""


@transaction.atomic
def receive_batch(*, by: models.Model, jurisdiction: Unit, name: str, data: bytes) -> Batch:
    """Keep a list that somebody brought, waiting to be read. Raises Refused for a file that is none, empty or too large."""
    permit(by, Permission.PROJECT_EDIT)
    name = clean_name(name)
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused("请选择 Excel 文件（.xlsx）或 CSV 文件（.csv）")
    if not data:
        raise Refused("文件是空的，请确认选对了文件")
    if len(data) > LARGEST:
        raise Refused(f"文件超过 {LARGEST >> 20} MB，请拆分后再上传")
    token = secrets.token_hex(16)
    path = f"{FOLDER}/{token[:2]}/{token}{suffix}"
    try:
        write_whole(place_of(path), data)
    except OSError:
        raise Refused("服务器磁盘空间不足或不能写入，文件没有保存，请联系系统管理员") from None
    batch = Batch.objects.create(jurisdiction=jurisdiction, name=name, path=path, size=len(data), by_id=by.pk)
    journalled(by, "imports.received", batch, {"size": len(data)})
    return batch


@transaction.atomic
def begin(*, by: models.Model, batch_id: int) -> Batch | None:
    """Say that a worker has taken the list; None where nobody waits for it any more."""
    permit(by, Permission.PROJECT_EDIT)
    if not Batch.objects.filter(pk=batch_id, state__in=BUSY).update(state=BatchState.READING, message=""):
        return None
    return Batch.objects.select_related("jurisdiction").get(pk=batch_id)


@transaction.atomic
def keep_table(*, by: models.Model, batch: Batch, read: ReadList | None, notes: list[str], on: date) -> None:
    """Keep what was read (None: what there is, under another mapping), and weigh every row against the library.

    The columns are taken as they were for the last list of the same shape, otherwise as their headings suggest.
    """
    permit(by, Permission.PROJECT_EDIT)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=batch.pk)
    if batch.state not in BUSY:
        return
    if read is not None:
        columns = [Column(one.label, one.role, one.money, one.area) for one in read.columns]
        batch.shape = shape_of(columns)
        batch.table = {
            "columns": [column._asdict() for column in columns],
            "rows": [[number, list(cells)] for number, cells in read.rows],
        }
        last = Remembered.objects.filter(jurisdiction=batch.jurisdiction, shape=batch.shape).first()
        batch.mapping = last.mapping if last else suggested(columns)
        batch.notes = [*notes, *(["各列的含义沿用上次同样表头的设定"] if last else [])]
        journalled(by, "imports.read", batch, {"rows": len(read.rows)})
    weigh_anew(batch, by, on)
    batch.state, batch.message = BatchState.READ, ""
    batch.save()


def weigh_anew(batch: Batch, user: Any, on: date) -> None:
    """Replace the rows' outcomes; answers given before stay."""
    found = weigh_batch(batch, user, on, lambda done, total: progress.tell(batch.pk, done, total))
    choices = dict(batch.lines.exclude(choice={}).values_list("number", "choice"))
    batch.lines.all().delete()
    insert_rows(
        Line,
        ["number", "name", "outcome", "reasons", "changes", "questions", "project_id", "choice"],
        [
            (
                number,
                name,
                one.outcome.value,
                one.reasons,
                one.changes,
                one.questions,
                one.project,
                choices.get(number, {}),
            )
            for number, (name, one) in found.items()
        ],
        batch_id=batch.pk,
    )
    progress.forget(batch.pk)


@transaction.atomic
def fail(*, by: models.Model, batch_id: int, message: str) -> None:
    """Say in one sentence why a list could not be read or written; what was read stays to be looked at."""
    permit(by, Permission.PROJECT_EDIT)
    progress.forget(batch_id)
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state in BUSY:
        batch.state = BatchState.FAILED
    elif batch.state == BatchState.COMMITTING:
        batch.state = BatchState.READ
    else:
        return
    batch.message = message[:300]
    batch.save(update_fields=["state", "message"])
    journalled(by, "imports.failed", batch, {"message": batch.message})


def journalled(by: models.Model, act: str, batch: Batch, detail: dict[str, Any]) -> None:
    """A line about the list."""
    journal.record(by=by, act=act, subject=batch, jurisdiction_id=batch.jurisdiction_id, detail=detail)
