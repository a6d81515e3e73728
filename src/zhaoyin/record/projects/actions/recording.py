"""Recording what happened to a project."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from ..models import Movement, Note, Phase, Problem, ProblemKind, Project
from ..queries import permit_on
from .editing import unchanged_since

# What may be changed of an open problem, as forms name it → its column.
PROBLEM_FIELDS = {"kind": "kind", "text": "text", "unit": "unit", "on": "raised_on", "due_on": "due_on"}


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
def edit_problem(
    *, by: models.Model | None, problem: Problem, facts: Mapping[str, Any], seen: Mapping[str, Any] | None = None
) -> bool:
    """Change kind, words, owner or days (`kind text unit on due_on`) of a problem that is still open: it moves to another
    owner, the day is put off. Returns whether anything changed. ValueError for one that was answered meanwhile, StaleVersion
    where `seen`, what the person had before them, is stored no more.
    """
    permit_on(by, Permission.PROGRESS_WRITE, problem.project)
    row = Problem.objects.select_for_update(of=("self",)).select_related("unit", "project").get(pk=problem.pk)
    if row.settled_on is not None:
        raise ValueError(f"这个问题已于 {row.settled_on} 解决，不再修改")
    unchanged_since(seen, {key: getattr(row, name) for key, name in PROBLEM_FIELDS.items()})
    changes: dict[str, list[str | None]] = {}
    text = row.text
    for key, after in facts.items():
        name = PROBLEM_FIELDS[key]
        before = getattr(row, name)
        if before != after:
            setattr(row, name, after)
            changes[key] = [None if one is None else str(one) for one in (before, after)]
    if changes:
        row.save()
        journal.record(
            by=by, act="projects.problem_edited", subject=row.project, jurisdiction_id=row.project.jurisdiction_id,
            detail={"problem": text, **changes},
        )  # fmt: skip
    return bool(changes)


@transaction.atomic
def settle_problem(*, by: models.Model | None, problem: Problem, on: date, answer: str) -> None:
    """Close a problem with its answer. ValueError for one that somebody else answered meanwhile."""
    permit_on(by, Permission.PROGRESS_WRITE, problem.project)
    stored = Problem.objects.select_for_update().get(pk=problem.pk)
    if stored.settled_on is not None:
        raise ValueError(f"这个问题已于 {stored.settled_on} 解决，答复是：{stored.answer}")
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
