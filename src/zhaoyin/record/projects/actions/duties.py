"""Ticking off the duties of a stage, and hanging files on what proves a stage."""

from datetime import date

from django.db import models, transaction

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.journal import actions as journal
from zhaoyin.kernel.stages import Stage

from ..models import DutyDone, Evidence, Phase, Project
from ..queries import permit_on, table_for
from .moving import NotAllowed

GONE = "阶段或职责刚有变化，请刷新页面再看"


@transaction.atomic
def tick_duty(*, by: models.Model | None, phase: Phase, stage: Stage, text: str, on: date, done: bool = True) -> None:
    """Tick off the duty of these words as done on the day, or take the tick away; only of the stage that the phase is in.

    Raises NotAllowed where the phase or the table has changed meanwhile. What is ticked already stays as it is.
    """
    permit_on(by, Permission.PROGRESS_WRITE, phase.project)
    row = Phase.objects.select_for_update(of=("self",)).select_related("project__jurisdiction").get(pk=phase.pk)
    known = {duty.text for duty in table_for(row.project.jurisdiction, on)[stage].duties}
    if row.stage != stage or text not in known:
        raise NotAllowed((GONE,))
    mine = {"phase": row, "stage": stage, "since": row.stage_on or row.project.known_on, "text": text}
    if done:
        _, changed = DutyDone.objects.get_or_create(
            **mine, defaults={"on": on, "by_id": by.pk if by is not None else None}
        )
    else:
        changed = bool(DutyDone.objects.filter(**mine).delete()[0])
    if changed:
        detail = {"phase": row.name, "stage": stage.value, "text": text, "on": on.isoformat()}
        _tell(by, "projects.duty_done" if done else "projects.duty_reopened", row.project, detail)


@transaction.atomic
def hang_evidence(
    *, by: models.Model | None, phase: Phase, stage: Stage, item: str, attachment: Attachment, on: date
) -> Evidence:
    """Let a file of the project prove an item that the table in force on the day lists for the stage.

    Raises NotAllowed for an item that it does not list, and for a file of another record.
    """
    project = phase.project
    permit_on(by, Permission.PROGRESS_WRITE, project)
    if item not in table_for(project.jurisdiction, on)[stage].evidence:
        raise NotAllowed((f"“{stage.label}”没有“{item}”这项凭据，请刷新页面再看",))
    if (attachment.subject_kind, attachment.subject_id) != (Project._meta.label_lower, project.pk):
        raise NotAllowed(("只能选这个项目的文件",))
    made, new = Evidence.objects.get_or_create(
        phase=phase,
        stage=stage,
        item=item,
        attachment=attachment,
        defaults={"by_id": by.pk if by is not None else None},
    )
    if new:
        _tell(by, "projects.evidence_hung", project, _detail(made))
    return made


@transaction.atomic
def take_evidence_off(*, by: models.Model | None, evidence: Evidence) -> None:
    """Say that a file does not prove the item after all; the file stays with the project."""
    project = evidence.phase.project
    permit_on(by, Permission.PROGRESS_WRITE, project)
    detail = _detail(evidence)
    evidence.delete()
    _tell(by, "projects.evidence_taken_off", project, detail)


def _detail(row: Evidence) -> dict[str, str]:
    return {"phase": row.phase.name, "stage": row.stage, "item": row.item, "file": row.attachment.name}


def _tell(by: models.Model | None, act: str, project: Project, detail: dict[str, str]) -> None:
    journal.record(by=by, act=act, subject=project, jurisdiction_id=project.jurisdiction_id, detail=detail)
