"""Setting a plan's targets and duties: the same rows twice change nothing, a newer edition updates in place."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories.targets import TARGETS, a_jurisdiction, a_plan
from zhaoyin.ground.journal.queries import history
from zhaoyin.plan.duties.actions import set_duties
from zhaoyin.plan.duties.queries import duties_of
from zhaoyin.plan.plans.models import Plan
from zhaoyin.plan.targets.actions import set_targets

pytestmark = pytest.mark.django_db


def told(plan: Plan, key: str = "targets") -> list[dict[str, Any]]:
    """What the journal's newest line about the plan says of its targets or duties."""
    changes: list[dict[str, Any]] = history(plan)[0].detail[key]
    return changes


def acts(changes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(change["act"], change["name"]) for change in changes]


def test_setting_the_same_targets_again_changes_nothing() -> None:
    plan = a_plan(a_jurisdiction())
    lines = history(plan).count()
    set_targets(by=None, plan=plan, targets=TARGETS)
    assert history(plan).count() == lines == 1


def test_a_newer_edition_updates_in_place() -> None:
    plan = a_plan(a_jurisdiction())
    first = plan.targets.first()
    assert first is not None
    newer = [{**TARGETS[0], "value": Decimal(30)}, *TARGETS[1:4]]
    set_targets(by=None, plan=plan, targets=newer)
    changes = told(plan)
    assert acts(changes) == [
        ("updated", "签约亿元以上产业项目"), ("removed", "小型针对性推介活动"), ("removed", "招商满意度"),
    ]  # fmt: skip
    assert (changes[0]["before"]["value"], changes[0]["after"]["value"]) == ("25", "30")
    assert plan.targets.get(pk=first.pk).value == 30
    set_targets(by=None, plan=plan, targets=TARGETS)
    assert [change["act"] for change in told(plan)] == ["updated", "created", "created"]


def test_the_nested_floors_are_two_targets() -> None:
    plan = a_plan(a_jurisdiction())
    assert plan.targets.filter(metric="projects_signed").count() == 2


def test_a_target_without_a_label_is_refused_and_nothing_is_written() -> None:
    plan = a_plan(a_jurisdiction())
    with pytest.raises(ValidationError):
        set_targets(by=None, plan=plan, targets=[{**TARGETS[0], "value": Decimal(1)}, {**TARGETS[1], "label": ""}])
    assert [row.value for row in plan.targets.filter(metric="projects_signed")] == [25, 5]


def test_duties_are_shown_in_words() -> None:
    plan = a_plan(a_jurisdiction())
    share = {"who": ["市党政主要领导"], "measure": "投资活动时间", "kind": "share", "period": "month",
             "numerator": Decimal(1), "denominator": Decimal(3), "each": False, "soft": True}  # fmt: skip
    count = {"who": ["4 个专班"], "measure": "外出招商或牵头对接", "kind": "count", "period": "month",
             "numerator": Decimal(4), "unit": "次"}  # fmt: skip
    set_duties(by=None, plan=plan, duties=[share, count])
    assert [change["act"] for change in told(plan, "duties")] == ["created", "created"]
    lines = history(plan).count()
    set_duties(by=None, plan=plan, duties=[share, count])
    assert history(plan).count() == lines
    assert [line.requirement for line in duties_of(plan.pk)] == ["原则上每月不少于 1/3", "每月各不少于 4 次"]
    set_duties(by=None, plan=plan, duties=[{**count, "numerator": Decimal(5)}])
    changes = told(plan, "duties")
    assert acts(changes)[0] == ("updated", "4 个专班：外出招商或牵头对接")
    assert changes[1]["act"] == "removed"


def test_two_targets_that_look_alike_both_stay() -> None:
    plan = a_plan(a_jurisdiction(), targets=[TARGETS[0], TARGETS[0]])
    assert plan.targets.count() == 2
    set_targets(by=None, plan=plan, targets=[TARGETS[0], TARGETS[0]])
    assert history(plan).count() == 1
    set_targets(by=None, plan=plan, targets=[TARGETS[0]])
    assert acts(told(plan)) == [("removed", TARGETS[0]["label"])]
