"""Moving phases between stages: through the gates, by a second person where the table asks for one, and back."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.kernel import events
from zhaoyin.kernel.stages import Stage

from ..models import Answer, MoveRequest, Paper, Phase, StageChange
from ..queries import PERMISSIONS, attached, facts_of, may_answer, permit_on, table_for
from ..rules import GateTable, Item, StageMove, confirming, evaluate, furthest, may_move, mover, proofs, questions
from .recording import record_movement


class NotAllowed(Exception):
    """The act is refused; `reasons` are Chinese sentences for the person, `missing` what must be filled in first."""

    def __init__(self, reasons: tuple[str, ...], missing: tuple[Item, ...] = ()) -> None:
        super().__init__("；".join((*reasons, *(f"缺{item.words}" for item in missing))))
        self.reasons, self.missing = reasons, missing


class NotSure(Exception):
    """The act may stand and is unusual; the person is to answer `asked` with `sure`."""

    def __init__(self, asked: tuple[str, ...]) -> None:
        super().__init__("；".join(asked))
        self.asked = asked


@transaction.atomic
def advance_stage(
    *,
    by: models.Model | None,
    phase: Phase,
    stage: Stage,
    on: date,
    as_of: date,
    paper: Paper | str = "",
    note: str = "",
    sure: bool = False,
    settled: bool = False,
    seen: Stage | None = None,
) -> StageChange | MoveRequest:
    """Move a phase to `stage` as of the day `on`; `as_of` is today for the person. Milestones it fulfils are reached.

    Where the gates in force on the day ask for a second person, the move waits as a MoveRequest for `answer_request`. Raises
    NotAllowed with the reasons of `rules.may_move` and with what the gates miss, and NotSure for what is unusual unless
    `sure`. `seen` is the stage that the person saw: where somebody moved the phase meanwhile, NotAllowed says so.
    `settled`: a file of the operator brings in what has happened, as whoever acts without `by` does: order is kept, gates
    and questions are not asked.
    """
    permit_on(by, Permission.STAGE_ADVANCE, phase.project)
    phase = _locked(phase)
    if seen is not None and seen != phase.stage:
        raise NotAllowed((f"刚刚有人把它从“{seen.label}”改为“{Stage(phase.stage).label}”，请核对后再提交",))
    move = _move(phase, stage, on, as_of, paper)
    verdict = may_move(move)
    if not verdict.ok:
        raise NotAllowed(verdict.reasons)
    if by is None or settled:
        return _advance(by, phase, stage, on, paper, note)
    table, current = table_for(phase.project.jurisdiction, on), Stage(phase.stage)
    permit_on(by, PERMISSIONS[mover(table, stage, current)], phase.project)
    _ask_gates(phase, table, stage)
    if not sure and (asked := questions(move)):
        raise NotSure(asked)
    if confirming(table, stage, current) is None:
        return _advance(by, phase, stage, on, paper, note)
    return _wait(by, phase, stage, on, paper=paper, note=note)


@transaction.atomic
def request_return(*, by: models.Model, phase: Phase, stage: Stage, on: date, as_of: date, reason: str) -> MoveRequest:
    """Ask that a phase be sent back to an earlier stage, for a reason; a second person decides.

    Raises NotAllowed where `stage` is no earlier one, the day is not in order, or a reason is missing.
    """
    permit_on(by, Permission.STAGE_ADVANCE, phase.project)
    phase = _locked(phase)
    reasons = []
    if stage.order >= Stage(phase.stage).order:
        reasons.append(f"现处“{Stage(phase.stage).label}”阶段，只能退回更早的阶段")
    if on > as_of:
        reasons.append(f"日期晚于截至日 {as_of}")
    if phase.stage_on is not None and on < phase.stage_on:
        reasons.append(f"日期早于进入“{Stage(phase.stage).label}”阶段的 {phase.stage_on}")
    if not reason.strip():
        reasons.append("请写明退回的原因")
    if reasons:
        raise NotAllowed(tuple(reasons))
    return _wait(by, phase, stage, on, note=reason.strip(), back=True)


@transaction.atomic
def answer_request(*, by: models.Model, request: MoveRequest, agreed: bool, as_of: date, note: str = "") -> bool:
    """Agree to a move that waits, or refuse it with a reason. Whoever asked for it cannot; returns whether the phase moved.

    Raises NotAllowed where it has been answered meanwhile, the phase has moved, or something is missing by now; Forbidden.
    """
    phase = _locked(request.phase)
    table = table_for(phase.project.jurisdiction, request.on)
    permit_on(by, may_answer(request, table), phase.project)
    row = _open(request)
    if row.by_id == by.pk:
        raise NotAllowed(("这是您自己提出的，须由另一个人确认",))
    if not agreed:
        if not note.strip():
            raise NotAllowed(("请写明不同意的原因",))
        _answer(row, by, Answer.REFUSED, note.strip())
        return False
    if phase.stage != row.stood:
        raise NotAllowed((f"这一期已变为“{Stage(phase.stage).label}”，请退回此申请后重新提出",))
    stage = Stage(row.stage)
    if row.back:
        _answer(row, by, Answer.AGREED, note.strip())
        _return(by, phase, row)
        return True
    verdict = may_move(_move(phase, stage, row.on, max(as_of, row.on), row.paper))
    if not verdict.ok:
        raise NotAllowed(verdict.reasons)
    _ask_gates(phase, table, stage)
    _answer(row, by, Answer.AGREED, note.strip())
    _advance(row.by, phase, stage, row.on, row.paper, row.note)
    return True


@transaction.atomic
def withdraw_request(*, by: models.Model, request: MoveRequest) -> None:
    """Take back a move that one asked for. Raises NotAllowed for another's, and for one that was answered meanwhile."""
    permit_on(by, Permission.STAGE_ADVANCE, request.phase.project)
    row = _open(request)
    if row.by_id != by.pk:
        raise NotAllowed(("只有提出的人能撤回",))
    _answer(row, by, Answer.WITHDRAWN, "")


def _locked(phase: Phase) -> Phase:
    """The phase for writing, and the project: its stage is that of its furthest phase, whoever moves another meanwhile."""
    rows = Phase.objects.select_for_update(of=("self", "project")).select_related("project__jurisdiction")
    found: Phase = rows.get(pk=phase.pk)
    return found


def _move(phase: Phase, stage: Stage, on: date, as_of: date, paper: Paper | str) -> StageMove:
    project, held = phase.project, phase.changes.filter(stage=phase.stage, annulled_on=None)
    # When it came to the stage that it was found in is not known: an earlier day of a move is asked about.
    since = None if held.filter(entry=True).exists() else phase.stage_on
    return StageMove(Stage(phase.stage), since, stage, on, as_of, paper, project.standing, project.known_on)


def _ask_gates(phase: Phase, table: GateTable, stage: Stage) -> None:
    current, files = Stage(phase.stage), attached([phase.pk]).get(phase.pk, frozenset())
    found = evaluate(table, facts_of(phase.project_id), stage, current)
    unproven = [one for one in proofs(table, files, stage, current) if not one.filled and not one.soft]
    if missing := (*found.missing, *unproven):
        raise NotAllowed((), missing)


def _open(request: MoveRequest) -> MoveRequest:
    row: MoveRequest = MoveRequest.objects.select_for_update(of=("self",)).select_related("by").get(pk=request.pk)
    if row.answer:
        raise NotAllowed((f"这一申请{Answer(row.answer).label}，不必再答复",))
    return row


def _wait(by: models.Model, phase: Phase, stage: Stage, on: date, **more: Any) -> MoveRequest:
    if MoveRequest.objects.filter(phase=phase, answer="").exists():
        raise NotAllowed(("已有一个阶段变动等待确认，请先确认或撤回它",))
    made = MoveRequest.objects.create(phase=phase, stood=phase.stage, stage=stage, on=on, by_id=by.pk, **more)
    _tell(by, "projects.move_asked", made)
    return made


def _answer(row: MoveRequest, by: models.Model, answer: Answer, note: str) -> None:
    MoveRequest.objects.filter(pk=row.pk).update(
        answer=answer, answer_note=note, answered_by_id=by.pk, answered_at=Now()
    )
    _tell(by, "projects.move_answered", row, answer=answer.value, why=note)


def _tell(by: models.Model, act: str, row: MoveRequest, **more: str) -> None:
    project = row.phase.project
    detail = {
        "phase": row.phase.name, "stage": [row.stood, row.stage], "on": row.on.isoformat(), "paper": row.paper,
        "note": row.note, "back": row.back, **more,
    }  # fmt: skip
    journal.record(by=by, act=act, subject=project, jurisdiction_id=project.jurisdiction_id, detail=detail)


def _advance(by: Any, phase: Phase, stage: Stage, on: date, paper: Paper | str, note: str) -> StageChange:
    change = StageChange.objects.create(
        phase=phase, stage=stage, on=on, paper=paper, note=note, by_id=by.pk if by is not None else None
    )
    before = phase.stage
    _stand(phase, stage, on)
    project = phase.project
    record_movement(project=project, on=on)
    journal.record(
        by=by,
        act="projects.stage_advanced",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"phase": phase.name, "stage": [before, stage], "on": on.isoformat(), "paper": paper, "note": note},
    )
    events.dispatch(events.StageMoved(project.pk, phase.pk, stage, on, by))
    return change


def _return(by: models.Model, phase: Phase, row: MoveRequest) -> None:
    """Take back what lay beyond the stage. The stage itself may never have been entered: then it is as if it always had been."""
    stage = Stage(row.stage)
    held = StageChange.objects.filter(phase=phase, annulled_on=None)
    held.filter(stage__in=[one for one in Stage if one.order > stage.order]).update(annulled_on=row.on)
    if not held.filter(stage=stage).exists():
        StageChange.objects.create(phase=phase, stage=stage, on=row.on, entry=True, note=row.note, by_id=row.by_id)
    _stand(phase, stage, row.on)
    record_movement(project=phase.project, on=row.on)
    project = phase.project
    journal.record(
        by=by,
        act="projects.stage_returned",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"phase": phase.name, "stage": [row.stood, stage], "on": row.on.isoformat(), "note": row.note},
    )
    beyond = tuple(one.value for one in Stage if stage.order < one.order)
    events.dispatch(events.PhaseReturned(project.pk, phase.pk, beyond, row.on, by))


def _stand(phase: Phase, stage: Stage, on: date) -> None:
    phase.stage, phase.stage_on = stage, on
    phase.save(update_fields=["stage", "stage_on"])
    project = phase.project
    project.stage = furthest(project.phases.values_list("stage", flat=True))
    project.save(update_fields=["stage"])
