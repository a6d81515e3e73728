"""Taking in a plan's document and keeping what was read from it."""

import hashlib
from pathlib import PurePath

from django.db import models, transaction

from zhaoyin.documents.reading.model import PlanReading
from zhaoyin.documents.reading.source import SourceDocument
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.rules import clean_name
from zhaoyin.ground.attachments.storing import write_whole
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .. import review, stored
from ..models import DocumentState, Doubt, PlanDocument
from ..queries import file_at, largest_document

FORMATS = {
    ".docx": "Word", ".xlsx": "Excel", ".pdf": "PDF（文字版）", ".csv": "CSV", ".txt": "文本", ".md": "Markdown",
    ".html": "网页", ".htm": "网页",
}  # fmt: skip
FOLDER = "plans"
BUSY = (DocumentState.WAITING, DocumentState.READING)


class Refused(Exception):
    """A file or a wish that cannot be taken. The message is one Chinese sentence for the person."""


class AlreadyReceived(Refused):
    """The same file is here already: `document`."""

    def __init__(self, document: PlanDocument) -> None:
        self.document = document
        super().__init__(f"这份文件已经上传过（{document.name}，{document.get_state_display()}）")


def receive_document(
    *, by: models.Model, jurisdiction: Unit | None, name: str, data: bytes, year: int | None = None
) -> PlanDocument:
    """Keep a file that somebody brought, under the hash of its contents, waiting to be read.

    `jurisdiction` is None in an empty database: the plan itself will name its place. Raises Refused for a kind of file
    that is not read, an empty or too large one, AlreadyReceived for one that is here and was not undone.
    """
    permit(by, Permission.PLAN_COMMIT, jurisdiction)
    name = clean_name(name)
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        raise Refused(f"不能读取这种文件，请上传 {'、'.join(kind.lstrip('.') for kind in FORMATS)} 格式的方案")
    if not data:
        raise Refused("文件是空的，请确认选对了文件")
    if len(data) > largest_document():
        raise Refused(f"文件超过 {largest_document() >> 20} MB，请压缩图片或拆分后再上传")
    digest = hashlib.sha256(data).hexdigest()
    path = f"{FOLDER}/{digest[:2]}/{digest}{suffix}"
    with transaction.atomic():
        # One at a time in a place: two people who bring the same file at once must not make two documents of it.
        Unit.objects.select_for_update().filter(pk=jurisdiction and jurisdiction.pk).first()
        same = PlanDocument.objects.filter(sha256=digest, jurisdiction=jurisdiction).first()
        if same is not None:
            # Whoever brings it again brings back what was lost from the disk, so that it can be read again.
            _keep(same.path, data)
            raise AlreadyReceived(same)
        # Before the row: a row must never speak of a file that is not there.
        _keep(path, data)
        document = PlanDocument.objects.create(
            jurisdiction=jurisdiction, name=name, path=path, sha256=digest, size=len(data), year_hint=year,
            uploaded_by_id=by.pk,
        )  # fmt: skip
        _journal(by, "plans.document_received", document, {"sha256": digest, "size": len(data)})
    return document


def _keep(path: str, data: bytes) -> None:
    """Write the file in one step, so that a reader never meets half of it. Raises Refused where the disk is full."""
    target = file_at(path)
    try:
        if not target.exists():
            write_whole(target, data)
    except OSError:
        raise Refused("服务器磁盘空间不足或不能写入，文件没有保存，请联系系统管理员") from None


@transaction.atomic
def request_reading(*, by: models.Model, document: PlanDocument, year: int | None = None) -> PlanDocument:
    """Have the file read once more, with `year` where it names none: edits are dropped, doubts numbered anew.

    Also for a document whose worker died. Raises Refused for one that is committed.
    """
    permit(by, Permission.PLAN_COMMIT, document.jurisdiction)
    document = PlanDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.state == DocumentState.COMMITTED:
        raise Refused("这份文件已经建立为方案，请先撤销再重新读取")
    document.state, document.message = DocumentState.WAITING, ""
    document.year_hint = year or document.year_hint
    document.version += 1
    document.save(update_fields=["state", "message", "year_hint", "version"])
    _journal(by, "plans.reading_requested", document, {"year": document.year_hint})
    return document


@transaction.atomic
def begin_reading(*, by: models.Model | None, document_id: int, message: str = "正在打开文件") -> PlanDocument | None:
    """Say that a worker has taken the document, or how far it is. None where nobody waits for it any more."""
    taken = PlanDocument.objects.filter(pk=document_id, state__in=BUSY)
    if not taken.update(state=DocumentState.READING, message=message):
        return None
    return PlanDocument.objects.get(pk=document_id)


@transaction.atomic
def keep_reading(*, by: models.Model | None, document_id: int, source: SourceDocument, reading: PlanReading) -> None:
    """Store what was read, with its doubts numbered in the order of the document. Nothing if it was read meanwhile."""
    document = PlanDocument.objects.select_for_update(of=("self",)).get(pk=document_id)
    if document.state not in BUSY:
        return
    document.source, document.reading = stored.dump_source(source), stored.dump_reading(reading)
    document.state, document.message = DocumentState.READ, ""
    document.version += 1
    document.save(update_fields=["source", "reading", "state", "message", "version"])
    Doubt.objects.filter(document=document).delete()
    Doubt.objects.bulk_create(
        Doubt(
            document=document, number=number, row=row, field=doubt.field[:40], message=doubt.message[:300],
            quote=doubt.quote, place=stored.dump_place(doubt.place),
        )
        for number, (row, doubt) in enumerate(review.ordered_doubts(reading), start=1)
    )  # fmt: skip
    _journal(by, "plans.document_read", document, {"projects": len(reading.projects)})


@transaction.atomic
def fail_reading(*, by: models.Model | None, document_id: int, message: str) -> None:
    """Say why a document could not be read, in one sentence."""
    failed = PlanDocument.objects.filter(pk=document_id, state__in=BUSY)
    if failed.update(state=DocumentState.FAILED, message=message[:300]):
        _journal(by, "plans.reading_failed", PlanDocument.objects.get(pk=document_id), {"message": message[:300]})


def _journal(by: models.Model | None, act: str, document: PlanDocument, detail: dict[str, object]) -> None:
    journal.record(by=by, act=act, subject=document, jurisdiction_id=document.jurisdiction_id, detail=detail)
