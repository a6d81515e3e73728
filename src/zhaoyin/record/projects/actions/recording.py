"""Recording what happened to a project."""

from datetime import date

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel import events
from zhaoyin.kernel.stages import Stage

from ..models import Movement, Note, Paper, Phase, Problem, ProblemKind, Project, StageChange
from ..queries import permit_on
from ..rules import StageMove, furthest, may_move


class NotAllowed(Exception):
    """The act is refused; `reasons` are Chinese sentences for the person."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


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
) -> StageChange:
    """Move a phase to `stage` as of the day `on`; `as_of` is today for the person. Milestones it fulfils are reached.

    Raises NotAllowed with the reasons of `rules.may_move`.
    """
    permit_on(by, Permission.STAGE_ADVANCE, phase.project)
    # The project too: its stage is that of its furthest phase, whoever moves another one at the same time.
    phase = Phase.objects.select_for_update(of=("self", "project")).select_related("project").get(pk=phase.pk)
    move = StageMove(Stage(phase.stage), phase.stage_on, stage, on, as_of, paper, phase.project.standing)
    verdict = may_move(move)
    if not verdict.ok:
        raise NotAllowed(verdict.reasons)
    change = StageChange.objects.create(
        phase=phase, stage=stage, on=on, paper=paper, note=note, by_id=by.pk if by is not None else None
    )
    before = phase.stage
    phase.stage, phase.stage_on = stage, on
    phase.save(update_fields=["stage", "stage_on"])
    project = phase.project
    project.stage = furthest(project.phases.values_list("stage", flat=True))
    project.save(update_fields=["stage"])
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


@transaction.atomic
def write_note(
    *,
    by: models.Model | None,
    project: Project,
    text: str,
    on: date,
    unit: Unit | None = None,
    phase: Phase | None = None,
) -> Note:
    """Write down what happened on a day; it counts as movement, and as the report of `unit` for that month."""
    permit_on(by, Permission.PROGRESS_WRITE, project)
    note = Note.objects.create(
        project=project, phase=phase, text=text, on=on, unit=unit, by_id=by.pk if by is not None else None
    )
    record_movement(project=project, on=on)
    journal.record(
        by=by,
        act="projects.note_written",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"on": on.isoformat(), "text": text},
    )
    return note


@transaction.atomic
def record_movement(*, project: Project, on: date) -> None:
    """Let the project's stored facts know of something that happened on `on`. Part of another action, which journals."""
    Movement.objects.get_or_create(project=project, on=on)
    Project.objects.filter(pk=project.pk).update(
        moved_on=Greatest(F("moved_on"), on), recorded_on=Greatest(F("recorded_on"), on)
    )
    project.refresh_from_db(fields=["moved_on", "recorded_on"])


@transaction.atomic
def raise_problem(
    *,
    by: models.Model | None,
    project: Project,
    kind: ProblemKind | str,
    text: str,
    on: date,
    unit: Unit | None = None,
    due_on: date | None = None,
) -> Problem:
    """Record what stands in a project's way, who is to settle it and by when."""
    permit_on(by, Permission.PROGRESS_WRITE, project)
    problem = Problem.objects.create(project=project, kind=kind, text=text, raised_on=on, unit=unit, due_on=due_on)
    journal.record(
        by=by,
        act="projects.problem_raised",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"on": on.isoformat(), "text": text},
    )
    return problem


@transaction.atomic
def settle_problem(*, by: models.Model | None, problem: Problem, on: date, answer: str) -> None:
    """Close a problem with its answer."""
    permit_on(by, Permission.PROGRESS_WRITE, problem.project)
    problem.settled_on, problem.answer = on, answer
    problem.save(update_fields=["settled_on", "answer"])
    project = problem.project
    journal.record(
        by=by,
        act="projects.problem_settled",
        subject=project,
        jurisdiction_id=project.jurisdiction_id,
        detail={"on": on.isoformat(), "text": problem.text, "answer": answer},
    )
