"""A plan with targets, and projects that have got somewhere, made as a person would make them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from zhaoyin.ground.organisations.actions import add_jurisdiction, add_officials, add_unit
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.plans.models import Plan
from zhaoyin.plan.targets.actions import set_targets
from zhaoyin.record.projects.actions import advance_stage, create_project
from zhaoyin.record.projects.models import Project

NUMBERS = count(1)
FAR = date(2029, 12, 31)

TARGETS: list[dict[str, Any]] = [
    {
        "label": "签约亿元以上产业项目",
        "metric": "projects_signed",
        "value": Decimal(25),
        "unit": "个",
        "floor_yi": Decimal(1),
    },
    {
        "label": "其中 10 亿元以上",
        "metric": "projects_signed",
        "value": Decimal(5),
        "unit": "个",
        "floor_yi": Decimal(10),
    },
    {"label": "实际使用外资", "metric": "foreign_capital_used", "value": Decimal(6700), "unit": "万美元"},
    {"label": "大型推介签约活动", "metric": "events_large", "value": Decimal(2), "unit": "次"},
    {"label": "小型针对性推介活动", "metric": "events_small", "value": Decimal(4), "unit": "次"},
    {"label": "招商满意度", "metric": "", "value": Decimal(95), "unit": "分"},
]


def a_jurisdiction(name: str = "", **fields: Any) -> Unit:
    """A jurisdiction of its own name."""
    return add_jurisdiction(by=None, name=name or f"某市{next(NUMBERS)}", **fields)


def a_unit(jurisdiction: Unit, name: str, *, reports: bool = True) -> Unit:
    """A unit that owes a monthly report, unless told otherwise."""
    return add_unit(by=None, jurisdiction=jurisdiction, name=name, reports=reports)


def an_official(jurisdiction: Unit, name: str) -> Official:
    """An official known by name."""
    return add_officials(by=None, jurisdiction=jurisdiction, names=[name])[0]


def a_plan(jurisdiction: Unit, targets: Iterable[Mapping[str, Any]] = TARGETS, year: int = 2022) -> Plan:
    """The year's plan with its targets."""
    plan = Plan.objects.create(jurisdiction=jurisdiction, year=year, title=f"{year} 年招引方案")
    set_targets(by=None, plan=plan, targets=targets)
    return plan


def a_project(
    jurisdiction: Unit,
    name: str = "",
    *,
    yi: str | None = "2",
    known_on: date = date(2021, 12, 1),
    reached: Mapping[Stage, date] | None = None,
    **more: Any,
) -> Project:
    """A project that entered the stages of `reached` on their days; signed by a formal agreement."""
    fields = {"investment_yi": None if yi is None else Decimal(yi), **more.pop("fields", {})}
    project = create_project(
        by=None,
        jurisdiction=jurisdiction,
        name=name or f"项目{next(NUMBERS)}",
        known_on=known_on,
        fields=fields,
        **more,
    )
    phase = project.phases.get()
    for stage, on in (reached or {}).items():
        paper = "formal" if stage is Stage.SIGNED else ""
        advance_stage(by=None, phase=phase, stage=stage, on=on, as_of=FAR, paper=paper)
    project.refresh_from_db()
    return project
