"""Moving through the gates: what is asked, who confirms, what goes back; and the table of a jurisdiction by date."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.accounts import a_user
from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.targets.queries import progress_of
from zhaoyin.record.projects.actions import (
    NotAllowed,
    NotSure,
    advance_stage,
    answer_request,
    edit_project,
    request_return,
    set_gates,
    set_leaders,
    withdraw_request,
)
from zhaoyin.record.projects.models import Gates, MoveRequest, Project, StageChange
from zhaoyin.record.projects.queries import facts_of, gate_panel, known_on, table_for
from zhaoyin.record.projects.rules import FIELDS, WrongGates

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市")


@pytest.fixture
def unit(here: Unit) -> Unit:
    return a_unit(here, "东镇")


@pytest.fixture
def reporter(unit: Unit) -> User:
    return a_user(unit, role="reporter")


@pytest.fixture
def head(unit: Unit) -> User:
    return a_user(unit, role="head")


@pytest.fixture
def project(here: Unit, unit: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION, fields={"unit": unit})


def complete(project: Project) -> None:
    edit_project(by=None, project=project, fields={"investor": "甲公司", "content": "新建厂房", "site": "东区"})
    set_leaders(by=None, project=project, leaders=[an_official(project.jurisdiction, "领导甲")])


def sign(by: User, project: Project, **more: Any) -> StageChange | MoveRequest:
    given = {"stage": Stage.SIGNED, "on": date(2022, 7, 14), "as_of": TODAY, "paper": "formal", **more}
    return advance_stage(by=by, phase=project.phases.get(), **given)


def stage_of(project: Project) -> str:
    return Project.objects.get(pk=project.pk).stage


def test_a_move_says_everything_that_is_missing(project: Project, reporter: User) -> None:
    with pytest.raises(NotAllowed) as refused:
        sign(reporter, project)
    assert [item.field.key for item in refused.value.missing] == ["investor", "leaders", "content"]
    assert (stage_of(project), MoveRequest.objects.count()) == ("negotiation", 0)


def test_what_an_operator_brings_in_has_happened_already(project: Project) -> None:
    advance_stage(by=None, phase=project.phases.get(), stage=Stage.SIGNED, on=TODAY, as_of=TODAY, paper="formal")
    assert stage_of(project) == "signed"


def test_a_signing_waits_for_another_person(project: Project, reporter: User, head: User) -> None:
    complete(project)
    made = sign(reporter, project, note="签约仪式")
    assert isinstance(made, MoveRequest)
    assert stage_of(project) == "negotiation"
    with pytest.raises(Forbidden):
        answer_request(by=reporter, request=made, agreed=True, as_of=TODAY)
    assert answer_request(by=head, request=made, agreed=True, as_of=TODAY)
    change = StageChange.objects.get(stage="signed")
    assert (stage_of(project), change.on, change.by, change.note) == ("signed", date(2022, 7, 14), reporter, "签约仪式")
    made.refresh_from_db()
    assert (made.answer, made.answered_by) == ("agreed", head)
    assert made.answered_at.year >= 2022
    said = [sentence(line) for line in history(project)]
    assert "谈判 → 签约（2022-07-14），凭正式投资协议：签约仪式" in said
    assert any(one.startswith("提请确认") for one in said)
    with pytest.raises(NotAllowed, match="不必再答复"):
        answer_request(by=head, request=made, agreed=True, as_of=TODAY)


def test_nobody_confirms_what_they_asked_for(project: Project, head: User) -> None:
    complete(project)
    made = sign(head, project)
    assert isinstance(made, MoveRequest)
    with pytest.raises(NotAllowed, match="另一个人"):
        answer_request(by=head, request=made, agreed=True, as_of=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        MoveRequest.objects.filter(pk=made.pk).update(answer="agreed", answered_by=head)
    other = a_user(head.unit, role="head")
    assert answer_request(by=other, request=made, agreed=True, as_of=TODAY)


def test_a_refusal_needs_a_reason_and_moves_nothing(project: Project, reporter: User, head: User) -> None:
    complete(project)
    made = sign(reporter, project)
    assert isinstance(made, MoveRequest)
    with pytest.raises(NotAllowed, match="原因"):
        answer_request(by=head, request=made, agreed=False, as_of=TODAY)
    assert not answer_request(by=head, request=made, agreed=False, as_of=TODAY, note="协议未盖章")
    assert stage_of(project) == "negotiation"
    assert sign(reporter, project).pk != made.pk, "it may be asked for anew"


def test_one_move_waits_at_a_time_until_it_is_withdrawn(project: Project, reporter: User, head: User) -> None:
    complete(project)
    made = sign(reporter, project)
    assert isinstance(made, MoveRequest)
    with pytest.raises(NotAllowed, match="等待确认"):
        sign(head, project)
    with pytest.raises(NotAllowed, match="只有提出的人"):
        withdraw_request(by=head, request=made)
    withdraw_request(by=reporter, request=made)
    assert isinstance(sign(head, project), MoveRequest)


def test_what_was_taken_away_meanwhile_stops_the_confirmation(project: Project, reporter: User, head: User) -> None:
    complete(project)
    made = sign(reporter, project)
    assert isinstance(made, MoveRequest)
    set_leaders(by=None, project=project, leaders=[])
    with pytest.raises(NotAllowed) as refused:
        answer_request(by=head, request=made, agreed=True, as_of=TODAY)
    assert [item.field.key for item in refused.value.missing] == ["leaders"]
    assert stage_of(project) == "negotiation"


def test_two_moves_of_one_project_do_not_both_count(project: Project, reporter: User, head: User) -> None:
    complete(project)
    made = sign(reporter, project)
    assert isinstance(made, MoveRequest)
    advance_stage(by=None, phase=project.phases.get(), stage=Stage.SIGNED, on=TODAY, as_of=TODAY, paper="formal")
    with pytest.raises(NotAllowed, match="已变为“签约”"):
        answer_request(by=head, request=made, agreed=True, as_of=TODAY)
    assert StageChange.objects.filter(stage="signed").count() == 1


def test_what_is_unusual_is_asked_and_then_done(here: Unit, reporter: User) -> None:
    made = a_project(here, "乙项目", known_on=date(2022, 7, 10), fields={"unit": reporter.unit})
    complete(made)
    leap = {"by": reporter, "phase": made.phases.get(), "stage": Stage.NEGOTIATION, "as_of": TODAY}
    with pytest.raises(NotSure, match="将跳过研判"):
        advance_stage(**leap, on=TODAY)
    advance_stage(**leap, on=TODAY, sure=True)
    assert stage_of(made) == "negotiation"


def test_a_phase_goes_back_for_a_reason_with_approval_and_past_days_stay(
    project: Project, reporter: User, head: User
) -> None:
    plan = a_plan(project.jurisdiction)
    phase = project.phases.get()
    advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=date(2022, 3, 1), as_of=TODAY, paper="formal")
    phase.refresh_from_db()
    back = {"phase": phase, "stage": Stage.NEGOTIATION, "on": date(2022, 6, 1), "as_of": TODAY}
    with pytest.raises(NotAllowed, match="原因"):
        request_return(by=reporter, reason=" ", **back)
    with pytest.raises(NotAllowed, match="更早的阶段"):
        request_return(by=reporter, reason="协议无效", **{**back, "stage": Stage.SIGNED})
    made = request_return(by=reporter, reason="协议无效", **back)
    assert stage_of(project) == "signed"
    assert answer_request(by=head, request=made, agreed=True, as_of=TODAY)
    assert stage_of(project) == "negotiation"

    def then(day: date) -> tuple[str, Any]:
        row = known_on(Project.objects.filter(pk=project.pk), day).values_list("stage_then", flat=True)[0]
        figures = progress_of([plan.jurisdiction_id], 2022, day)[0].progress
        return row, next(one.figure for _, one in figures if one.target.label == "签约亿元以上产业项目")

    assert then(date(2022, 5, 31)) == ("signed", 1)
    assert then(date(2022, 6, 1)) == ("negotiation", 0)
    advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=date(2022, 7, 1), as_of=TODAY, paper="formal")
    assert then(date(2022, 7, 1)) == ("signed", 1)


def test_a_jurisdiction_takes_its_own_table_then_the_one_above_then_the_default(here: Unit) -> None:
    from zhaoyin.ground.organisations.actions import add_jurisdiction

    county = add_jurisdiction(by=None, name="某某县", above=here)
    text = "阶段:\n- {阶段: 签约, 几天不动提醒: 7}"
    set_gates(by=None, jurisdiction=here, text=text, valid_from=date(2022, 3, 1), basis="某政办〔2022〕3号")
    assert table_for(county, date(2022, 2, 28))[Stage.SIGNED].silent_days == 20
    assert table_for(county, date(2022, 3, 1))[Stage.SIGNED].silent_days == 7
    set_gates(by=None, jurisdiction=county, text=text.replace("7", "9"), valid_from=date(2022, 5, 1), basis="纪要")
    assert table_for(county, TODAY)[Stage.SIGNED].silent_days == 9
    assert table_for(here, TODAY)[Stage.SIGNED].silent_days == 7


def test_a_wrong_table_is_not_set_and_only_the_office_sets_one(here: Unit, head: User) -> None:
    given: dict[str, Any] = {"jurisdiction": here, "valid_from": TODAY, "basis": "纪要"}
    with pytest.raises(WrongGates):
        set_gates(by=a_user(here), text="阶段: 没有", **given)
    with pytest.raises(Forbidden):
        set_gates(by=head, text="阶段: []", **given)
    with pytest.raises(Forbidden):
        set_gates(by=a_user(a_jurisdiction("别的市")), text="阶段: []", **given)
    assert not Gates.objects.exists()


def test_facts_are_there_for_every_field_that_a_table_may_ask_for(project: Project) -> None:
    assert facts_of(project.pk).keys() == FIELDS.keys()
    complete(project)
    facts = facts_of(project.pk)
    assert (facts["leaders"], facts["site"], facts["files"], facts["team"]) == (1, "东区", 0, False)


def test_the_panel_says_what_is_ahead_and_nothing_of_a_past_day(project: Project) -> None:
    panel = gate_panel(project.pk, TODAY)
    assert panel is not None
    (one,) = panel.phases
    assert (one.stage, one.target, one.confirm and one.confirm.value) == (Stage.NEGOTIATION, Stage.SIGNED, "负责人")
    assert [item.field.key for item in one.ahead.missing] == ["investor", "leaders", "content"]
    assert one.duties[0].due_on == date(2022, 1, 17), "seven days after it entered the stage"
    before = panel.complete.percent
    complete(project)
    after = gate_panel(project.pk, TODAY)
    assert after is not None
    assert after.complete.percent > before
    advance_stage(by=None, phase=project.phases.get(), stage=Stage.SIGNED, on=TODAY, as_of=TODAY, paper="formal")
    assert gate_panel(project.pk, date(2022, 7, 1)) is None
