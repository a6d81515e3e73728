"""The generated projects: the same every time, and with the facts that the actions would have stored."""

import pytest
from django.db import connection, transaction
from django.db.models import F

from zhaoyin.config.generating import generate, generate_province
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.plan.plans.models import Entry
from zhaoyin.plan.schedules.actions import refresh_outlooks
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.record.projects.models import ContactLeader, Note, Phase, Project

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


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the server copies the rows")
def test_a_province_is_one_county_many_times() -> None:
    root = generate_province(90, counties=3, units=12, years=10)
    assert Project.objects.count() == 90
    assert Unit.objects.filter(path__startswith=root.path).count() == 1 + 3 + 12
    for model in (Project, Milestone, Note, Phase, ContactLeader, Entry):
        assert model._default_manager.count() % 3 == 0, model
    inside = F("jurisdiction")
    assert Project.objects.filter(unit__jurisdiction=inside, plan_entries__plan__jurisdiction=inside).count() == 90
    assert ContactLeader.objects.filter(official__jurisdiction=F("project__jurisdiction")).count() == 90
    assert Project.objects.filter(phases__stage=F("stage"), text__content__contains="建设").count() == 90
    assert {one.jurisdiction.name in one.name for one in Project.objects.select_related("jurisdiction")} == {True}
    stored = list(Project.objects.order_by("pk").values())
    refresh_outlooks(project_ids=[row["id"] for row in stored])
    assert list(Project.objects.order_by("pk").values()) == stored
    assert not Project.objects.filter(recorded_on__gt="2022-07-15").exists()
    with connection.cursor() as cursor:  # what was taken away to write fast is there again
        tables = connection.introspection.get_constraints(cursor, Project._meta.db_table)
    assert {"project_by_unit", "project_by_due"} <= tables.keys()
    assert Project.objects.create(jurisdiction=root, name="新", known_on="2022-07-01", moved_on="2022-07-01",
                                  recorded_on="2022-07-01").pk > max(row["id"] for row in stored)  # fmt: skip
