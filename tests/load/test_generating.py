"""The generated projects: the same every time, and with the facts that the actions would have stored."""

import pytest
from django.db import transaction

from zhaoyin.config.generating import generate
from zhaoyin.plan.schedules.actions import refresh_outlooks
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db


def told() -> list[tuple[object, ...]]:
    projects = Project.objects.order_by("pk").values_list(
        "name", "investor", "investment_yi", "stage", "moved_on", "unit__name"
    )
    milestones = Milestone.objects.order_by("pk").values_list("project__name", "text", "end", "reached_on")
    return [*projects, *milestones]


def test_the_same_seed_gives_the_same_rows() -> None:
    rows = []
    for _ in range(2):
        with transaction.atomic():
            generate(60, units=7)
            rows.append(told())
            transaction.set_rollback(True)
    assert rows[0] == rows[1]
    assert len(rows[0]) == 60 * 5


def test_the_stored_facts_are_those_of_the_history() -> None:
    generate(60, units=7)
    for project in Project.objects.prefetch_related("phases__changes", "movements", "notes"):
        changes = list(project.phases.get().changes.all())
        assert changes[0].entry
        assert changes[-1].stage == project.stage
        assert max(movement.on for movement in project.movements.all()) == project.moved_on == project.recorded_on
        assert {note.on for note in project.notes.all()} <= {movement.on for movement in project.movements.all()}
    stored = list(Project.objects.order_by("pk").values())
    refresh_outlooks(project_ids=[row["id"] for row in stored])
    assert list(Project.objects.order_by("pk").values()) == stored
    assert Milestone.objects.filter(reached_on__gt="2022-07-15").count() == 0
