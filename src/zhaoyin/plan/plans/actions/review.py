"""Editing a reading before it is committed: every edit is stored at once, and the second of two editors is told."""

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import F

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal

from .. import review
from ..models import DocumentState, Doubt, PlanDocument
from ..stored import Json
from .doubts import settle_doubt
from .upload import Refused

EDITABLE = (DocumentState.READ, DocumentState.UNDONE)
ROW_GONE = "该行已删去"


class Overtaken(Refused):
    """Somebody else changed the same cell meanwhile: `now` is its value as it would be typed, `shown` as it is shown."""

    def __init__(self, document: PlanDocument, now: str, shown: str) -> None:
        self.document, self.now, self.shown = document, now, shown
        super().__init__(f"另一人刚刚把这一处改成了“{shown}”")


@transaction.atomic
def edit_cell(
    *,
    by: models.Model,
    document: PlanDocument,
    path: str,
    typed: str,
    seen: str,
    version: int,
    settles: int | None = None,
) -> PlanDocument:
    """Set the field at `path` of the document's reading; `seen` and `version` are what the editor had before the eyes.

    `settles` is the number of a doubt that the value answers. Returns the document as it is now. Raises Overtaken where
    the cell holds another value than `seen`, Refused and review.Unfit with a sentence.
    """
    permit(by, Permission.PLAN_COMMIT, document.jurisdiction)
    document = _locked(document)
    _check_rows(document, version)
    item, kind, name = review.item_at(document.reading, path)
    # Raises for a field that is none before its value is looked at.
    review.field_of(kind, name)
    value = review.value_at(item, name)
    if (now := review.typed(kind, name, value)) != seen.replace("\r\n", "\n"):
        raise Overtaken(document, now, review.shown(kind, name, value))
    edited = review.apply_edit(document.reading, path, typed)
    if edited != document.reading:
        _save(document, edited)
        after = review.value_at(review.item_at(edited, path)[0], name)
        _journal(
            by,
            "plans.reading_edited",
            document,
            {"path": path, "before": now, "after": review.typed(kind, name, after)},
        )
    if settles is not None:
        doubt = Doubt.objects.filter(document=document, number=settles).first()
        if doubt is not None:
            settle_doubt(by=by, doubt=doubt, settlement=f"已填核实后的内容：{typed.strip()}")
    return document


@transaction.atomic
def add_row(
    *, by: models.Model, document: PlanDocument, path: str, given: Mapping[str, str], version: int
) -> PlanDocument:
    """One row more at the end of the list at `path`, with what was typed for it. Raises Refused and review.Unfit."""
    permit(by, Permission.PLAN_COMMIT, document.jurisdiction)
    document = _locked(document)
    _check_rows(document, version)
    _save(document, review.add_row(document.reading, path, given))
    _journal(by, "plans.row_added", document, {"path": path, **dict(given)})
    return document


@transaction.atomic
def remove_row(*, by: models.Model, document: PlanDocument, path: str, version: int) -> PlanDocument:
    """Take a row out of the reading. It is kept for `restore_row`; a project's doubts go with it."""
    permit(by, Permission.PLAN_COMMIT, document.jurisdiction)
    document = _locked(document)
    _check_rows(document, version)
    edited = review.remove_row(document.reading, path)
    if (row := _project_row(path)) is not None:
        doubts = Doubt.objects.filter(document=document)
        numbers = list(doubts.filter(row=row).values_list("number", flat=True))
        for doubt in doubts.filter(row=row, settled_at__isnull=True):
            settle_doubt(by=by, doubt=doubt, settlement=ROW_GONE)
        doubts.filter(row=row).update(row=None)
        doubts.filter(row__gt=row).update(row=F("row") - 1)
        edited["removed"][-1]["doubts"] = numbers
    _save(document, edited, reshaped=True)
    _journal(by, "plans.row_removed", document, {"path": path})
    return document


@transaction.atomic
def restore_row(*, by: models.Model, document: PlanDocument, which: int, version: int) -> PlanDocument:
    """Put the row number `which` of those taken out back where it was, with its doubts."""
    permit(by, Permission.PLAN_COMMIT, document.jurisdiction)
    document = _locked(document)
    _check_rows(document, version)
    edited = review.restore_row(document.reading, which)
    gone = document.reading["removed"][which]
    if gone["path"] == "projects":
        row = min(gone["index"], len(document.reading["projects"]))
        doubts = Doubt.objects.filter(document=document)
        doubts.filter(row__gte=row).update(row=F("row") + 1)
        back = doubts.filter(number__in=gone.get("doubts", []))
        back.update(row=row)
        for doubt in back.filter(settlement=ROW_GONE):
            settle_doubt(by=by, doubt=doubt, settlement="")
    _save(document, edited, reshaped=True)
    _journal(by, "plans.row_restored", document, {"path": gone["path"], "index": gone["index"]})
    return document


def _locked(document: PlanDocument) -> PlanDocument:
    # The source is long and never edited.
    locked = PlanDocument.objects.select_for_update(of=("self",)).defer("source").get(pk=document.pk)
    if locked.state not in EDITABLE:
        raise Refused(f"这份文件现在的状态是“{locked.get_state_display()}”，不能再改")
    return locked


def _check_rows(document: PlanDocument, version: int) -> None:
    """Paths count rows: after somebody took one out, a path of before leads elsewhere."""
    if version < document.reading.get("reshaped", 0):
        raise Refused("另一人刚刚删去或恢复了行，请刷新页面后再改")


def _save(document: PlanDocument, reading: Json, *, reshaped: bool = False) -> None:
    document.version += 1
    document.reading = {**reading, "reshaped": document.version} if reshaped else reading
    document.save(update_fields=["reading", "version"])


def _project_row(path: str) -> int | None:
    steps = path.split(".")
    return int(steps[1]) if len(steps) == 2 and steps[0] == "projects" else None


def _journal(by: models.Model, act: str, document: PlanDocument, detail: dict[str, object]) -> None:
    journal.record(by=by, act=act, subject=document, jurisdiction_id=document.jurisdiction_id, detail=detail)
