"""One county's made-up projects, the same ones every time.

Written in bulk straight into the tables: going through the actions one by one would take minutes. What lists rely on
(stage, last movement, outlook) is set as the actions would have set it; a test holds both against each other.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone

from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.kernel.stages import Stage, Standing
from zhaoyin.plan.plans.models import Entry, Plan
from zhaoyin.plan.schedules.actions import refresh_outlooks
from zhaoyin.plan.schedules.models import Milestone, MilestoneKind
from zhaoyin.plan.targets.actions import set_targets
from zhaoyin.record.projects.models import (
    ContactLeader,
    Movement,
    Note,
    Paper,
    Phase,
    Project,
    ProjectText,
    StageChange,
    StandingChange,
)  # fmt: skip
from zhaoyin.record.resources.actions import add_platform
from zhaoyin.record.resources.models import Platform

YEAR, FIRST, LAST = 2022, date(2022, 1, 4), date(2022, 7, 15)
ENDED = 0.15  # of the projects of earlier years
SECTIONS = ("盯引抓签约", "签约抓落地", "落地抓开工")
PLACES = tuple("东西南北滨临新永安平云溪江海山桥湖港岭洋")
TRADES = (
    "新材料", "医药制剂", "汽车零部件", "光学镜片", "储能电池", "智能装备", "高端纸品", "时尚休闲", "数字经济", "海洋装备",
    "特种阀门", "精细化工", "食品加工", "冷链物流", "半导体封装", "工业机器人", "节能环保", "生物试剂", "航空配件", "智能家居",
)  # fmt: skip
KINDS = ("产业园", "生产基地", "研发中心", "总部", "扩建", "制造", "一体化", "加工中心")
STEPS = (("签订框架协议", ""), ("正式签约", "signed"), ("项目落地", "landed"), ("开工建设", "construction"))
NEWS = (
    "与企业对接用地需求", "完成选址踏勘", "投资协议文本交换意见", "入园审查通过", "环评报告受理", "规划方案评审", "施工图设计",
    "企业负责人来访",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """What a county's projects hang on."""

    jurisdiction: Unit
    units: list[Unit]
    officials: list[Official]
    platforms: list[Platform]


@transaction.atomic
def generate(count: int, *, units: int = 40, seed: int = 2022) -> Unit:
    """Make a jurisdiction 测试市 with `count` projects, each with four milestones and two notes. Same seed, same rows."""
    chance = random.Random(seed)  # noqa: S311 (figures for a benchmark)
    here = organisations.add_jurisdiction(by=None, name="测试市", demo=True, opens_on=LAST)
    unit_rows = [
        organisations.add_unit(by=None, jurisdiction=here, name=f"{PLACES[n % 20]}{PLACES[(n // 20 + n) % 20]}{n}镇")
        for n in range(units)
    ]
    officials = organisations.add_officials(by=None, jurisdiction=here, names=[f"领导{n}" for n in range(1, 31)])
    platforms = [
        add_platform(by=None, jurisdiction=here, name=f"{trade}产业平台", unit=unit_rows[n])
        for n, trade in enumerate(TRADES[:6])
    ]
    plan = Plan.objects.create(jurisdiction=here, year=YEAR, title="2022年测试市招商行动方案")
    set_targets(by=None, plan=plan, targets=[
        {"label": "签约亿元以上产业项目", "metric": "projects_signed", "comparator": "ge", "value": Decimal(count // 20 or 1),
         "unit": "个", "floor_yi": Decimal(1)},
    ])  # fmt: skip
    fill(Place(here, unit_rows, officials, platforms), plan, range(count), chance)
    return here


def fill(place: Place, plan: Plan, numbers: range, chance: random.Random) -> None:
    """The projects of a plan's year, in the plan, with everything that hangs on them."""
    for start in range(0, len(numbers), 1000):
        _write(numbers[start : start + 1000], chance, place, plan)


def _write(numbers: range, chance: random.Random, place: Place, plan: Plan) -> None:
    projects = Project.objects.bulk_create(_project(n, chance, place, plan.year) for n in numbers)
    _bulk(ProjectText, (
        ProjectText(project=p, content=f"{p.name}，" + "建设标准厂房和配套设施，" * chance.randint(3, 20)) for p in projects
    ))  # fmt: skip
    phases = Phase.objects.bulk_create(Phase(project=p, stage=p.stage, stage_on=p.moved_on) for p in projects)
    _bulk(StageChange, (change for phase, p in zip(phases, projects, strict=True) for change in _changes(phase, p)))
    _bulk(StandingChange, (
        StandingChange(project=p, stood=Standing.ACTIVE, standing=p.standing, on=p.moved_on, reason="企业调整投资计划")
        for p in projects if p.standing != Standing.ACTIVE
    ))  # fmt: skip
    _bulk(ContactLeader, (ContactLeader(project=p, official=chance.choice(place.officials)) for p in projects))
    _bulk(Entry, (
        Entry(plan=plan, project=p, seq=n + 1, position=n, section=chance.choice(SECTIONS), goals="签约；落地；开工")
        for n, p in zip(numbers, projects, strict=True)
    ))  # fmt: skip
    days = {p.pk: {p.known_on, p.moved_on, p.known_on + (p.moved_on - p.known_on) // 2} for p in projects}
    _bulk(Note, (
        Note(project=p, on=on, text=chance.choice(NEWS), unit_id=p.unit_id)
        for p in projects for on in sorted(days[p.pk] - {p.known_on})
    ))  # fmt: skip
    _bulk(Movement, (Movement(project_id=pk, on=on) for pk, some in days.items() for on in sorted(some)))
    _bulk(Milestone, (milestone for p in projects for milestone in _milestones(p, plan, chance)))
    refresh_outlooks(project_ids=[p.pk for p in projects])


def _project(n: int, chance: random.Random, at: Place, year: int) -> Project:
    known = FIRST.replace(year=year) + timedelta(days=chance.randint(0, 120))
    if year == YEAR:
        moved, stages, ended = known + timedelta(days=chance.randint(0, (LAST - known).days)), list(Stage)[:6], False
    else:  # an earlier year's projects have come to something, or to nothing
        moved = known + timedelta(days=chance.randint(150, min(900, (LAST - known).days)))
        stages, ended = list(Stage)[6:], chance.random() < ENDED
    place, trade = chance.choice(PLACES) + chance.choice(PLACES), chance.choice(TRADES)
    return Project(
        jurisdiction=at.jurisdiction, name=f"{place}{trade}{chance.choice(KINDS)}项目{n + 1}",
        investor=f"{place}{trade}股份有限公司",
        investment_yi=None if n % 50 == 0 else Decimal(chance.randint(20, 3000)) / 100,
        land_mu=None if n % 20 == 0 else Decimal(chance.randint(10, 900)),
        unit=chance.choice(at.units), platform=chance.choice([*at.platforms, None]),
        stage=chance.choice(stages), standing=Standing.TERMINATED if ended else Standing.ACTIVE,
        known_on=known, moved_on=moved, recorded_on=moved,
    )  # fmt: skip


def _changes(phase: Phase, project: Project) -> Iterator[StageChange]:
    yield StageChange(phase=phase, stage=Stage.LEAD, on=project.known_on, entry=True, at=timezone.now())
    if project.stage != Stage.LEAD:
        paper = Paper.FORMAL if project.stage == Stage.SIGNED else ""
        yield StageChange(phase=phase, stage=project.stage, on=project.moved_on, paper=paper, at=timezone.now())


def _milestones(project: Project, plan: Plan, chance: random.Random) -> Iterator[Milestone]:
    due = project.known_on + timedelta(days=chance.randint(30, 120))
    reached = chance.randint(0, 3) if project.known_on.year == YEAR else len(STEPS)
    for position, (text, stage) in enumerate(STEPS):
        start = due.replace(day=1)
        yield Milestone(
            project=project, plan=plan, position=position, when=f"{due.month}月", text=text, stage=stage, start=start, end=due,
            kind=MilestoneKind.STRIVE if chance.random() < 0.1 else MilestoneKind.PLANNED, known_on=project.known_on,
            reached_on=min(due, project.moved_on) if position < reached else None,
        )  # fmt: skip
        due += timedelta(days=chance.randint(30, 70))


def _bulk(model: type[models.Model], rows: Iterator[models.Model]) -> None:
    model._default_manager.bulk_create(rows, batch_size=2000)
