"""Duties of a stage are ticked off, evidence hangs item by item; going back opens again what was reached."""

from datetime import date

import pytest

from tests.factories.accounts import a_user
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.schedules.models import Milestone
from zhaoyin.plan.schedules.queries import milestones_as_of, open_on
from zhaoyin.record.projects.actions import (
    NotAllowed,
    NotSure,
    advance_stage,
    answer_request,
    attach_file,
    edit_project,
    hang_evidence,
    request_return,
    set_gates,
    set_leaders,
    take_evidence_off,
    tick_duty,
)
from zhaoyin.record.projects.models import DutyDone, Evidence, Phase, Project
from zhaoyin.record.projects.queries import definitions_of, gate_panel
from zhaoyin.report.supervision.compose import compose
from zhaoyin.report.supervision.queries import gather

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NEGOTIATING = "明确联系领导和专班，一个项目、一名领导、一个专班"


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
    fields = {"unit": unit, "investor": "甲公司", "content": "新建厂房", "site": "东区"}
    made = a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION, fields=fields)
    set_leaders(by=None, project=made, leaders=[an_official(here, "领导甲")])
    return made


@pytest.fixture
def phase(project: Project) -> Phase:
    return project.phases.get()


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path / "attachments"


def paper(project: Project, name: str = "投资协议.pdf") -> Attachment:
    return attach_file(by=None, project=project, name=name, pieces=[PDF])


def test_a_duty_is_ticked_off_once_and_the_tick_is_taken_away(project: Project, phase: Phase, reporter: User) -> None:
    given = {"by": reporter, "phase": phase, "stage": Stage.NEGOTIATION, "text": NEGOTIATING, "on": TODAY}
    tick_duty(**given)
    tick_duty(**given)
    panel = gate_panel(project.pk, TODAY)
    assert panel is not None
    ticked = [(one.text, one.done_on) for one in panel.phases[0].duties if one.done_on is not None]
    assert ticked == [(NEGOTIATING, TODAY)]
    assert [sentence(line) for line in history(project)].count(f"谈判职责已完成（2022-07-15）：{NEGOTIATING}") == 1
    tick_duty(**given, done=False)
    assert not DutyDone.objects.exists()


def test_only_a_duty_of_the_stage_it_is_in_and_only_by_who_reports(
    project: Project, phase: Phase, reporter: User
) -> None:
    given = {"by": reporter, "phase": phase, "stage": Stage.NEGOTIATION, "text": NEGOTIATING, "on": TODAY}
    for wrong in ({"text": "喝茶"}, {"stage": Stage.LEAD}):
        with pytest.raises(NotAllowed, match="刷新"):
            tick_duty(**{**given, **wrong})
    with pytest.raises(Forbidden):
        tick_duty(**{**given, "by": a_user(a_jurisdiction("别的市"), role="reporter")})


def test_a_duty_is_due_so_many_days_after_the_stage_was_entered(project: Project) -> None:
    panel = gate_panel(project.pk, date(2022, 7, 15))
    assert panel is not None
    first = panel.phases[0].duties[0]
    assert (first.due_on, first.light.value) == (date(2022, 1, 17), "red")


def test_evidence_hangs_item_by_item(project: Project, phase: Phase, reporter: User) -> None:
    file = paper(project)
    given = {"by": reporter, "phase": phase, "stage": Stage.SIGNED, "on": TODAY}
    hung = hang_evidence(**given, item="正式投资协议", attachment=file)
    assert hang_evidence(**given, item="正式投资协议", attachment=file) == hung
    panel = gate_panel(project.pk, TODAY)
    assert panel is not None
    assert panel.phases[0].proven == ((Stage.SIGNED, 1, 2),)
    assert "签约凭据“正式投资协议”附上“投资协议.pdf”" in [sentence(line) for line in history(project)]
    with pytest.raises(NotAllowed, match="没有“营业执照”这项凭据"):
        hang_evidence(**given, item="营业执照", attachment=file)
    other = a_project(project.jurisdiction, "乙项目")
    with pytest.raises(NotAllowed, match="只能选这个项目的文件"):
        hang_evidence(**given, item="正式投资协议", attachment=paper(other))
    take_evidence_off(by=reporter, evidence=hung)
    assert (Evidence.objects.count(), Attachment.objects.filter(pk=file.pk).count()) == (0, 1)


def test_where_the_place_insists_on_evidence_nothing_is_signed_without(
    here: Unit, project: Project, phase: Phase, reporter: User
) -> None:
    text = "阶段:\n- {阶段: 签约, 凭据: [正式投资协议], 凭据必附: true}"
    set_gates(by=None, jurisdiction=here, text=text, valid_from=date(2022, 1, 1), basis="某政办〔2022〕3号")
    move = {"by": reporter, "phase": phase, "stage": Stage.SIGNED, "on": TODAY, "as_of": TODAY, "paper": "formal"}
    with pytest.raises(NotAllowed) as refused:
        advance_stage(**move)
    assert [(item.words, item.field.place) for item in refused.value.missing] == [("正式投资协议", "evidence")]
    hang_evidence(
        by=reporter, phase=phase, stage=Stage.SIGNED, item="正式投资协议", attachment=paper(project), on=TODAY
    )
    advance_stage(**move)
    phase.refresh_from_db()
    assert phase.stage == "signed"


def test_going_back_opens_again_what_was_reached_and_past_days_stay(
    project: Project, phase: Phase, reporter: User, head: User
) -> None:
    made = a_milestone(project, date(2022, 3, 31), stage="signed")
    Milestone.objects.filter(pk=made.pk).update(text="签约", known_on=date(2022, 1, 10))
    advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=date(2022, 3, 1), as_of=TODAY, paper="formal")

    def still(day: date) -> list[str]:
        rows = milestones_as_of(day, Milestone.objects.filter(project=project)).filter(open_on(day))
        return list(rows.values_list("text", flat=True))

    assert still(TODAY) == []
    back = request_return(
        by=reporter, phase=phase, stage=Stage.NEGOTIATION, on=date(2022, 6, 1), as_of=TODAY, reason="协议无效"
    )
    answer_request(by=head, request=back, agreed=True, as_of=TODAY)
    assert still(TODAY) == ["签约"]
    assert still(date(2022, 5, 31)) == [], "it had been reached then"
    again = Milestone.objects.get(project=project, reached_on=None)
    project.refresh_from_db()
    assert (again.end, project.due_on) == (date(2022, 3, 31), date(2022, 3, 31))
    assert "阶段退回，节点“签约”自 2022-06-01 重新列为未完成" in [sentence(line) for line in history(project)]
    month = gather(project.jurisdiction, Period(2022, "month", 3), TODAY)
    assert [one.text for one in month.reached] == ["签约"], "March goes on telling that it was reached in March"
    assert project.pk in month.moved
    phase.refresh_from_db()
    advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=date(2022, 7, 1), as_of=TODAY, paper="formal")
    assert still(TODAY) == []


def test_a_move_that_was_taken_back_within_the_month_is_none(
    project: Project, phase: Phase, reporter: User, head: User
) -> None:
    advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=date(2022, 6, 3), as_of=TODAY, paper="formal")
    phase.refresh_from_db()
    given = {"by": reporter, "phase": phase, "stage": Stage.NEGOTIATION, "as_of": TODAY, "reason": "协议无效"}
    back = request_return(**given, on=date(2022, 6, 20))
    answer_request(by=head, request=back, agreed=True, as_of=TODAY)
    assert gather(project.jurisdiction, Period(2022, "month", 6), TODAY).moved == frozenset()


def test_what_one_phase_gave_up_the_whole_keeps_while_another_holds_it(
    project: Project, phase: Phase, reporter: User, head: User
) -> None:
    other = Phase.objects.create(
        project=project, name="二期", position=1, stage="negotiation", stage_on=date(2022, 1, 10)
    )
    made = a_milestone(project, date(2022, 3, 31), stage="signed")
    for one in (phase, other):
        advance_stage(by=None, phase=one, stage=Stage.SIGNED, on=date(2022, 3, 1), as_of=TODAY, paper="formal")
    phase.refresh_from_db()
    given = {"by": reporter, "phase": phase, "stage": Stage.NEGOTIATION, "on": TODAY, "as_of": TODAY, "reason": "不实"}
    answer_request(by=head, request=request_return(**given), agreed=True, as_of=TODAY)
    made.refresh_from_db()
    assert (made.withdrawn_on, Milestone.objects.filter(project=project).count()) == (None, 1)


def test_two_people_move_one_project_and_the_second_is_told(project: Project, phase: Phase, reporter: User) -> None:
    move = {"by": reporter, "phase": phase, "on": TODAY, "as_of": TODAY, "paper": "formal", "seen": Stage.NEGOTIATION}
    advance_stage(by=None, phase=phase, stage=Stage.SIGNED, on=TODAY, as_of=TODAY, paper="formal")
    with pytest.raises(NotAllowed, match="刚刚有人把它从“谈判”改为“签约”"):
        advance_stage(**move, stage=Stage.LANDED)


def test_a_day_before_the_project_is_asked_and_not_refused(here: Unit, unit: Unit, reporter: User) -> None:
    lead = a_project(here, "丙项目", known_on=date(2022, 7, 10), fields={"unit": unit, "investor": "丙公司"})
    edit_project(by=None, project=lead, fields={"content": "新建厂房"})
    move = {
        "by": reporter,
        "phase": lead.phases.get(),
        "stage": Stage.APPRAISAL,
        "on": date(2022, 7, 1),
        "as_of": TODAY,
    }
    with pytest.raises(NotSure, match="早于项目入库日 2022-07-10"):
        advance_stage(**move)
    advance_stage(**move, sure=True)
    with pytest.raises(NotAllowed, match="早于进入“研判”阶段的 2022-07-01"):
        advance_stage(**{**move, "stage": Stage.SIGNED, "on": date(2022, 6, 1), "paper": "formal"})


def test_what_counts_is_printed_in_the_bulletin(here: Unit, project: Project) -> None:
    assert [gate.stage for gate in definitions_of(here, TODAY)] == [Stage.SIGNED, Stage.LANDED, Stage.CONSTRUCTION]
    notes = next(one for one in compose(gather(here, Period(2022, "month", 6), TODAY)).sections if one.key == "notes")
    words = "".join(map(str, notes.blocks))
    assert "框架协议、意向书、章程不算签约" in words
    assert "凭据：营业执照、土地出让合同或厂房租赁合同" in words
    assert "奠基、场地平整不算开工" in words
