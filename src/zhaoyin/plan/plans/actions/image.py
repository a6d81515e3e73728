"""The image of what a commit touches, before and after: from it the whole commit can be undone."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from zhaoyin.ground.journal.queries import newest_id
from zhaoyin.plan.duties.models import Duty
from zhaoyin.plan.schedules.models import Milestone, Move
from zhaoyin.plan.targets.models import Target
from zhaoyin.record.projects.models import ContactLeader, Movement, Phase, Project, ProjectText, StageChange

from ..models import Entry, Plan

# What belongs to a project, in the order in which rows refer to one another, and how to reach it from projects.
OF_PROJECT: tuple[tuple[type[models.Model], str], ...] = (
    (Project, "pk"), (ProjectText, "project"), (ContactLeader, "project"), (Phase, "project"),
    (StageChange, "phase__project"), (Movement, "project"), (Milestone, "project"), (Move, "milestone__project"),
)  # fmt: skip
OF_PLAN: tuple[tuple[type[models.Model], str], ...] = ((Plan, "pk"), (Target, "plan"), (Duty, "plan"), (Entry, "plan"))

Rows = dict[str, list[dict[str, Any]]]


class Image:
    """Collects what was there before and what was made; `changes` is what the commit keeps."""

    def __init__(self) -> None:
        self._made: list[list[Any]] = []
        self._before: Rows = {}
        self._plan_before: Rows = {}

    def made(self, row: models.Model) -> None:
        """Remember a row that did not exist before, with its name."""
        self._made.append([row._meta.label_lower, row.pk, str(row)[:200]])

    def keep_projects(self, projects: Sequence[Project]) -> None:
        """Remember known projects as they are, before the commit touches them."""
        self._before = take(OF_PROJECT, [project.pk for project in projects])

    def keep_plan(self, plan: Plan) -> None:
        """Remember a known plan as it is."""
        self._plan_before = take(OF_PLAN, [plan.pk])

    def changes(self, *, known_projects: Sequence[Project]) -> dict[str, Any]:
        """What an undo needs: rows made, rows as they were, and the journal's last line of the commit itself."""
        return {
            "made": self._made,
            "known": [[project.pk, str(project)] for project in known_projects],
            "before": self._before,
            "plan_before": self._plan_before,
            "entry_id": newest_id(),
        }


def take(tables: Iterable[tuple[type[models.Model], str]], keys: list[int]) -> Rows:
    """The rows of `tables` that belong to the given projects or plans, as JSON values by table."""
    if not keys:
        return {}
    rows = {
        model._meta.label_lower: serializers.serialize(
            "python", model._default_manager.filter(**{f"{path}__in": keys}).order_by("pk")
        )
        for model, path in tables
    }
    return json.loads(json.dumps(rows, cls=DjangoJSONEncoder))  # type: ignore[no-any-return]


def put_back(tables: Sequence[tuple[type[models.Model], str]], keys: list[int], rows: Rows) -> None:
    """Make the rows of these projects or plans what they were: what came since goes, what changed is restored."""
    if not keys:
        return
    for model, path in reversed(tables):
        kept = [row["pk"] for row in rows.get(model._meta.label_lower, [])]
        model._default_manager.filter(**{f"{path}__in": keys}).exclude(pk__in=kept).delete()
    for model, _ in tables:
        for restored in serializers.deserialize("python", rows.get(model._meta.label_lower, [])):
            restored.save()


def narrow(rows: Rows, project_ids: set[int]) -> Rows:
    """The rows of `OF_PROJECT` that belong to these projects."""
    owners = {
        "phase": _of(rows, "projects.phase", project_ids),
        "milestone": _of(rows, "schedules.milestone", project_ids),
    }

    def belongs(label: str, row: dict[str, Any]) -> bool:
        if label in ("projects.project", "projects.projecttext"):
            return row["pk"] in project_ids
        through = {"projects.stagechange": "phase", "schedules.move": "milestone"}.get(label)
        if through:
            return row["fields"][through] in owners[through]
        return row["fields"]["project"] in project_ids

    return {label: [row for row in given if belongs(label, row)] for label, given in rows.items()}


def _of(rows: Rows, label: str, project_ids: set[int]) -> set[int]:
    return {row["pk"] for row in rows.get(label, []) if row["fields"]["project"] in project_ids}
