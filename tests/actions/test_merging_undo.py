"""Whatever hangs on two projects: merged and made two again, they are what they were."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.actions.test_merging import everything
from tests.factories.cast import PDF
from tests.factories.schedules import a_milestone, an_entry
from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.schedules.actions import move_milestone
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.projects.actions import (
    add_alias,
    add_contact,
    advance_stage,
    attach_file,
    edit_project,
    join_team,
    link_investor,
    merge_projects,
    raise_problem,
    record_foreign_capital,
    record_movement,
    set_leaders,
    set_origin,
    share_project,
    undo_merging,
    write_note,
)
from zhaoyin.record.projects.models import Economy, Measure, Project, StageChange, StandingChange, Yield

ON = date(2022, 7, 15)


class Things:
    """What may hang on a project, each by a day that makes two of them alike or not."""

    def __init__(self) -> None:
        self.here = a_jurisdiction("某某市")
        self.unit, self.plan = a_unit(self.here, "东镇"), a_plan(self.here)
        self.officials = [an_official(self.here, name) for name in ("领导甲", "领导乙")]
        self.investor = Investor.objects.create(jurisdiction=self.here, name="甲公司")

    def kinds(self) -> list[str]:
        return sorted(name for name in dir(self) if name.startswith("a_"))

    def a_note(self, project: Project, day: date) -> None:
        write_note(by=None, project=project, text=f"{day}磋商", on=day)

    def a_milestone_moved(self, project: Project, day: date) -> None:
        row = a_milestone(project, day, text="正式开工")
        move_milestone(by=None, milestone=row, start=None, end=date(2022, 9, 30), reason="指标未到", on=ON)

    def a_place_in_the_plan(self, project: Project, day: date) -> None:
        if not project.plan_entries.exists():
            an_entry(self.plan, project, day.day)

    def a_share(self, project: Project, day: date) -> None:
        share_project(by=None, project=project, unit=self.unit, reports=bool(day.day % 2))

    def a_leader(self, project: Project, day: date) -> None:
        set_leaders(by=None, project=project, leaders=self.officials[: day.day % 2 + 1])

    def a_payment(self, project: Project, day: date) -> None:
        record_foreign_capital(
            by=None, jurisdiction=self.here, project=project, on=day, amount_wan_usd=Decimal(30), note="凭证一"
        )

    def a_stage(self, project: Project, day: date) -> None:
        phase = project.phases.get()
        if phase.stage != Stage.SIGNED and day >= (phase.stage_on or day):
            advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=day, paper="formal", as_of=ON)

    def a_stage_taken_back(self, project: Project, day: date) -> None:
        StageChange.objects.create(
            phase=project.phases.get(), stage=Stage.LANDED, on=day, annulled_on=date(2022, 7, 1), note=str(day)
        )
        record_movement(project=project, on=day)

    def a_problem(self, project: Project, day: date) -> None:
        raise_problem(by=None, project=project, kind="land", text="指标不足", on=day, unit=self.unit)

    def a_contact(self, project: Project, day: date) -> None:
        add_contact(by=None, project=project, name="联系人甲", phone=f"138{day:%Y%m%d}")

    def a_file(self, project: Project, day: date) -> None:
        attach_file(by=None, project=project, name=f"协议{day.day % 2}.pdf", pieces=[PDF])

    def a_row_of_economy(self, project: Project, day: date) -> None:
        fact = {"code": str(day)} if day.day % 2 else {"fixed_yi": Decimal(day.day)}
        Economy.objects.update_or_create(project=project, defaults=fact)

    def a_yield(self, project: Project, day: date) -> None:
        fact = {"promised": Decimal(day.day)} if day.day % 2 else {"actual": Decimal(day.day)}
        Yield.objects.update_or_create(project=project, measure=Measure.TAX, year=2025, defaults=fact)

    def a_stake(self, project: Project, day: date) -> None:
        link_investor(
            by=None, project=project, investor=self.investor, percent=Decimal(day.day) if day.day % 2 else None
        )

    def a_part_in_the_team(self, project: Project, day: date) -> None:
        join_team(by=None, project=project, official=self.officials[day.day % 2], part="head", since=day)

    def a_channel(self, project: Project, day: date) -> None:
        set_origin(by=None, project=project, kind="visit", who="某商会" if day.day % 2 else "", on=day)

    def a_name(self, project: Project, day: date) -> None:
        if not project.aliases.exists():
            add_alias(by=None, project=project, name="镜片一期")

    def a_change_of_standing(self, project: Project, day: date) -> None:
        StandingChange.objects.create(
            project=project, stood="active", standing=Standing.PAUSED, on=day, reason="缓一缓"
        )
        Project.objects.filter(pk=project.pk).update(standing=Standing.PAUSED)

    def a_fact(self, project: Project, day: date) -> None:
        known = [{"investor": "甲公司"}, {"land_mu": Decimal(120)}, {"site": "东区", "extra": {"备注": str(day)}}]
        edit_project(by=None, project=project, fields=known[day.day % 3])


@pytest.mark.django_db
def test_merged_and_undone_is_as_before(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    things = Things()
    days = st.dates(date(2022, 5, 1), date(2022, 5, 3))
    calls = st.tuples(st.sampled_from(things.kinds()), st.booleans(), days)

    @hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(calls, max_size=14))
    def whatever_hangs_on_them(done: list[tuple[str, bool, date]]) -> None:
        with transaction.atomic():
            gone = a_project(things.here, "光学镜片", yi="5", known_on=date(2022, 1, 5), stage=Stage.NEGOTIATION)
            into = a_project(things.here, "光学镜片产业园", known_on=date(2022, 2, 1), stage=Stage.NEGOTIATION)
            for name, first, day in done:
                act: Callable[[Project, date], None] = getattr(things, name)
                act(gone if first else into, day)
            before = everything()
            merging = merge_projects(by=None, gone=gone, into=into, on=ON).merging
            assert list(Project.objects.all()) == [into]
            assert undo_merging(by=None, merging=merging, on=ON) == []
            assert everything() == before
            transaction.set_rollback(True)

    whatever_hangs_on_them()
