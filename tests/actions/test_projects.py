"""Writing to the project library: what is stored, what is journalled, what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.accounts import a_user
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.actions import (
    NotAllowed,
    PhaseFacts,
    StaleVersion,
    advance_stage,
    correct_entry_stage,
    create_project,
    edit_project,
    raise_problem,
    record_foreign_capital,
    replace_phases,
    revise_project,
    set_leaders,
    settle_problem,
    write_note,
)
from zhaoyin.record.projects.models import Movement, Project, StageChange

pytestmark = pytest.mark.django_db
KNOWN, TODAY = date(2022, 1, 10), date(2022, 7, 15)


def said(project: Project) -> list[str]:
    """The project's history in sentences, newest first."""
    return [sentence(line) for line in history(project)]


def test_a_project_comes_with_its_text_phases_leaders_and_entry() -> None:
    here = a_jurisdiction()
    leaders = [an_official(here, name) for name in ("领导甲", "领导乙")]
    phases: list[PhaseFacts] = [{"name": "一期", "investment_yi": Decimal(100)}, {"name": "二期"}]
    project = create_project(
        by=a_user(), jurisdiction=here, name="甲项目", known_on=KNOWN, stage=Stage.NEGOTIATION, phases=phases,
        leaders=[*leaders, leaders[0]], fields={"content": "新建厂房", "investment_yi": Decimal("12.5")},
    )  # fmt: skip
    assert project.text.content == "新建厂房"
    assert [(p.name, p.stage, p.stage_on) for p in project.phases.all()] == [
        ("一期", "negotiation", KNOWN),
        ("二期", "negotiation", KNOWN),
    ]
    assert [row.official for row in project.contact_leaders.all()] == leaders
    assert set(StageChange.objects.filter(phase__project=project).values_list("entry", "on")) == {(True, KNOWN)}
    assert (project.known_on, project.moved_on, project.recorded_on) == (KNOWN, KNOWN, KNOWN)
    assert said(project) == ["项目入库"]


def test_an_edit_stores_and_tells_only_what_changed() -> None:
    project = a_project(a_jurisdiction(), yi="2")
    unit = a_unit(project.jurisdiction, "东镇")
    fields = {"investment_yi": Decimal("3.50"), "unit": unit, "site": "东区", "name": project.name}
    changes = edit_project(by=None, project=project, fields=fields, version=project.version)
    assert changes == {"investment_yi": ["2", "3.5"], "unit": [None, "东镇"], "site": ["", "东区"]}
    assert (project.version, project.unit, project.text.site) == (2, unit, "东区")
    assert said(project)[0] == "总投资（亿元） 2 → 3.5；主责单位 空 → 东镇；选址 空 → 东区"
    assert edit_project(by=None, project=project, fields=fields) == {}
    assert project.version == 2


def test_the_second_editor_is_told() -> None:
    project = a_project(a_jurisdiction())
    seen = project.version
    edit_project(by=None, project=project, fields={"investor": "甲公司"}, version=seen)
    with pytest.raises(StaleVersion):
        edit_project(by=None, project=project, fields={"investor": "乙公司"}, version=seen)
    assert Project.objects.get(pk=project.pk).investor == "甲公司"


def test_a_note_does_not_disturb_an_editor() -> None:
    project = a_project(a_jurisdiction())
    write_note(by=None, project=project, text="洽谈", on=TODAY)
    edit_project(by=None, project=project, fields={"investor": "甲公司"}, version=1)


def test_leaders_alone_are_a_version_too() -> None:
    here = a_jurisdiction()
    project, leader = a_project(here), an_official(here, "领导甲")
    assert revise_project(by=None, project=project, fields={}, leaders=[leader], version=1)
    with pytest.raises(StaleVersion):
        revise_project(by=None, project=project, fields={}, leaders=[], version=1)
    assert said(project)[0] == "联系领导 空 → 领导甲"
    assert not set_leaders(by=None, project=project, leaders=[leader])


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="stage"):
        edit_project(by=None, project=a_project(a_jurisdiction()), fields={"stage": "signed"})


def test_the_project_is_where_its_furthest_phase_is() -> None:
    project = create_project(
        by=None,
        jurisdiction=a_jurisdiction(),
        name="甲项目",
        known_on=KNOWN,
        phases=[{"name": "一期"}, {"name": "二期"}],
    )
    first, second = project.phases.all()
    advance_stage(by=None, phase=first, stage=Stage.SIGNED, on=date(2022, 5, 1), as_of=TODAY, paper="formal")
    advance_stage(by=None, phase=second, stage=Stage.NEGOTIATION, on=date(2022, 6, 1), as_of=TODAY)
    project.refresh_from_db()
    assert (project.stage, project.moved_on, project.recorded_on) == ("signed", date(2022, 6, 1), date(2022, 6, 1))
    assert list(Movement.objects.values_list("on", flat=True)) == [date(2022, 5, 1), date(2022, 6, 1)]


def test_a_refused_move_leaves_nothing_behind() -> None:
    project = a_project(a_jurisdiction(), known_on=KNOWN)
    phase = project.phases.get()
    with pytest.raises(NotAllowed) as refused:
        advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=date(2022, 8, 1), as_of=TODAY, paper="framework")
    assert refused.value.reasons == (
        "日期晚于截至日 2022-07-15",
        "签约须有正式投资协议；框架协议、章程不算签约",
    )
    assert StageChange.objects.count() == 1
    assert said(project) == ["项目入库"]


def test_no_row_says_signed_without_a_formal_agreement() -> None:
    phase = a_project(a_jurisdiction()).phases.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        StageChange.objects.create(phase=phase, stage=Stage.SIGNED, on=TODAY, paper="framework")


def test_a_signing_reaches_the_milestones_that_promised_it() -> None:
    project = create_project(
        by=None,
        jurisdiction=a_jurisdiction(),
        name="甲项目",
        known_on=KNOWN,
        phases=[{"name": "一期"}, {"name": "二期"}],
    )
    first, second = project.phases.all()
    mine = a_milestone(project, date(2022, 4, 30), stage="signed", phase=first)
    other = a_milestone(project, date(2022, 4, 30), stage="signed", phase=second)
    later = a_milestone(project, date(2022, 8, 30), stage="landed", phase=first)
    signed = date(2022, 5, 6)
    advance_stage(by=None, phase=first, stage=Stage.SIGNED, on=signed, as_of=TODAY, paper="formal", note="正式协议")
    for one in (mine, other, later):
        one.refresh_from_db()
    assert [one.reached_on for one in (mine, other, later)] == [signed, None, None]
    project.refresh_from_db()
    assert project.due_on == date(2022, 4, 30), "the second phase is still late"
    assert said(project)[:2] == [
        "节点“正式签约”于 2022-05-06 完成",
        "一期信息 → 签约（2022-05-06），凭正式投资协议：正式协议",
    ]


def test_phases_keep_their_history_when_they_are_named_anew() -> None:
    project = a_project(a_jurisdiction(), known_on=KNOWN, reached={Stage.NEGOTIATION: date(2022, 3, 1)})
    only = project.phases.get()
    replace_phases(by=None, project=project, phases=[{"name": "一期"}, {"name": "二期"}], on=TODAY, stage=Stage.SIGNED)
    first, second = project.phases.all()
    assert (first.pk, first.stage, second.stage, second.stage_on) == (only.pk, "negotiation", "signed", TODAY)
    project.refresh_from_db()
    assert (project.stage, project.recorded_on) == ("signed", TODAY)


def test_an_entry_stage_is_corrected_until_the_phase_moves_on() -> None:
    project = a_project(a_jurisdiction(), known_on=KNOWN)
    phase = project.phases.get()
    correct_entry_stage(by=None, phase=phase, stage=Stage.APPRAISAL)
    assert Project.objects.get(pk=project.pk).stage == "appraisal"
    advance_stage(by=None, phase=phase, stage=Stage.NEGOTIATION, on=TODAY, as_of=TODAY)
    with pytest.raises(ValueError, match="moved on"):
        correct_entry_stage(by=None, phase=phase, stage=Stage.LEAD)


def test_a_note_of_an_earlier_day_does_not_turn_the_clock_back() -> None:
    project = a_project(a_jurisdiction(), known_on=KNOWN)
    write_note(by=None, project=project, text="签字", on=TODAY)
    write_note(by=None, project=project, text="补记", on=date(2022, 2, 1))
    project.refresh_from_db()
    assert (project.moved_on, project.recorded_on) == (TODAY, TODAY)
    assert said(project)[0] == "记 2022-02-01 进展：补记"


def test_a_problem_is_raised_and_settled() -> None:
    project = a_project(a_jurisdiction())
    problem = raise_problem(by=None, project=project, kind="land", text="规划条件未确认", on=TODAY, due_on=TODAY)
    settle_problem(by=None, problem=problem, on=TODAY, answer="已确认")
    assert (problem.settled_on, problem.answer) == (TODAY, "已确认")
    assert said(project)[:2] == ["解决问题“规划条件未确认”：已确认", "提出问题：规划条件未确认"]


def test_foreign_capital_belongs_to_a_project_or_to_the_place() -> None:
    project = a_project(a_jurisdiction())
    record_foreign_capital(
        by=None, jurisdiction=project.jurisdiction, on=TODAY, amount_wan_usd=Decimal("320.5"), project=project
    )
    assert said(project)[0] == "2022-07-15 到账外资 320.5 万美元"


def test_an_act_that_nobody_says_is_still_named() -> None:
    from zhaoyin.ground.journal.models import Entry

    assert sentence(Entry(act="someday.done", detail={})) == "其他操作（someday.done）"
    assert sentence(Entry(act="projects.stage_advanced", detail={"stage": "odd"})) == "推进阶段"
