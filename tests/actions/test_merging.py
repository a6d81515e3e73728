"""Two projects become one and two again: nothing is lost, nothing counts twice, what was touched since stays and is named."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from tests.factories.accounts import a_user
from tests.factories.cast import PDF
from tests.factories.schedules import a_milestone, an_entry
from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.schedules.actions import move_milestone
from zhaoyin.plan.targets.queries import stage_records
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.projects.actions import (
    NotAllowed,
    add_contact,
    advance_stage,
    attach_file,
    edit_project,
    link_investor,
    merge_projects,
    preview_merging,
    raise_problem,
    record_foreign_capital,
    set_leaders,
    share_project,
    undo_merging,
    write_note,
)
from zhaoyin.record.projects.models import (
    Economy,
    ForeignCapital,
    Merging,
    MoveRequest,
    Project,
    Restriction,
    StageChange,
    Stake,
    StandingChange,
    Yield,
)
from zhaoyin.record.projects.queries import merged_into, successor_of

pytestmark = pytest.mark.django_db
ON = date(2022, 7, 15)


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_pair(here: Unit) -> tuple[Project, Project]:
    """One project twice in the library: with what both have, and with what only one has."""
    plan, unit, leader = a_plan(here), a_unit(here, "东镇"), an_official(here, "领导甲")
    gone = a_project(here, "光学镜片", yi="5", known_on=date(2022, 1, 5), stage=Stage.NEGOTIATION)
    into = a_project(here, "光学镜片产业园", yi="5", known_on=date(2022, 2, 1), stage=Stage.NEGOTIATION)
    for project, seq in ((gone, 3), (into, 7)):
        set_leaders(by=None, project=project, leaders=[leader])
        an_entry(plan, project, seq)
        a_milestone(project, date(2022, 8, 31), text="正式开工")
        share_project(by=None, project=project, unit=unit)
        record_foreign_capital(
            by=None, jurisdiction=here, project=project, on=date(2022, 5, 1), amount_wan_usd=Decimal(30), note="凭证一"
        )
        advance_stage(
            by=None, phase=project.phases.get(), stage=Stage.SIGNED, on=date(2022, 4, seq), paper="formal", as_of=ON
        )
    edit_project(by=None, project=gone, fields={"investor": "甲公司", "land_mu": Decimal(120), "site": "东区"})
    write_note(by=None, project=gone, text="第一轮磋商", on=date(2022, 3, 1))
    write_note(by=None, project=into, text="第二轮磋商", on=date(2022, 6, 1))
    a_milestone(gone, date(2022, 7, 31), text="用地摘牌")
    raise_problem(by=None, project=gone, kind="land", text="指标不足", on=date(2022, 6, 2), unit=unit)
    add_contact(by=None, project=gone, name="联系人甲", phone="13800005678")
    attach_file(by=None, project=gone, name="协议.pdf", pieces=[PDF])
    for project in (gone, into):
        project.refresh_from_db()
    return gone, into


def everything() -> dict[str, Any]:
    """Every row of the rooms that hang on projects; without what an undo moves on."""
    rows = {}
    for room in ("projects", "plans", "schedules", "targets", "attachments", "investors", "imports"):
        for model in apps.get_app_config(room).get_models():
            if model is not Merging:
                rows[model._meta.label] = json.loads(serializers.serialize("json", model.objects.order_by("pk")))
    for row in rows["projects.Project"]:
        del row["fields"]["version"], row["fields"]["recorded_on"]
    return rows


def test_everything_goes_over_and_nothing_counts_twice(here: Unit) -> None:
    gone, into = a_pair(here)
    number = gone.pk
    done = merge_projects(by=None, gone=gone, into=into, on=ON)
    assert list(Project.objects.all()) == [into]
    into.refresh_from_db()
    assert [note.text for note in into.notes.all()] == ["第二轮磋商", "第一轮磋商"]
    assert sorted(into.milestones.values_list("text", flat=True)) == ["正式开工", "用地摘牌"]
    assert (into.contacts.get().phone.opened(), into.problems.get().text) == ("13800005678", "指标不足")
    assert Attachment.objects.get().subject_id == into.pk
    assert (into.plan_entries.count(), into.shares.count(), into.contact_leaders.count()) == (1, 1, 1)
    assert ForeignCapital.objects.get().amount_wan_usd == 30
    assert (into.investor, into.land_mu, into.text.site, into.investment_yi) == ("甲公司", 120, "东区", 5)
    assert (into.name, into.known_on, into.due_on) == ("光学镜片产业园", date(2022, 1, 5), date(2022, 7, 31))
    signed = stage_records([here.pk], date(2022, 1, 1), ON)["signed"]
    assert [(one.on, one.amount) for one in signed] == [(date(2022, 4, 3), 5)]
    assert {"节点", "方案项目", "实际使用外资", "共享"} <= done.left.keys()
    assert dict(done.filled) == {"投资方": "甲公司", "用地（亩）": "120.0000", "选址": "东区"}
    assert (successor_of(number), [one.gone for one in merged_into(into.pk)]) == (into.pk, [number])


def test_a_preview_says_what_would_happen_and_changes_nothing(here: Unit) -> None:
    gone, into = a_pair(here)
    before = everything()
    seen = preview_merging(by=None, gone=gone, into=into, on=ON)
    assert everything() == before
    done = merge_projects(by=None, gone=gone, into=into, on=ON)
    assert (seen.moved, seen.left, seen.filled) == (done.moved, done.left, done.filled)


def test_an_undo_makes_everything_what_it_was(here: Unit) -> None:
    gone, into = a_pair(here)
    before, number = everything(), gone.pk
    merging = merge_projects(by=None, gone=gone, into=into, on=ON).merging
    assert undo_merging(by=None, merging=merging, on=ON) == []
    assert everything() == before
    assert successor_of(number) is None
    with pytest.raises(NotAllowed, match="已经撤销"):
        undo_merging(by=None, merging=merging, on=ON)
    merge_projects(by=None, gone=Project.objects.get(pk=number), into=into, on=ON)
    assert successor_of(number) == into.pk


def test_what_was_touched_since_stays_and_is_named(here: Unit) -> None:
    gone, into = a_pair(here)
    merging = merge_projects(by=None, gone=gone, into=into, on=ON).merging
    into.refresh_from_db()
    edit_project(by=None, project=into, fields={"investor": "乙公司"})
    moved = into.milestones.get(text="用地摘牌")
    move_milestone(by=None, milestone=moved, start=None, end=date(2022, 9, 30), reason="指标未到", on=ON)
    kept = undo_merging(by=None, merging=merging, on=ON)
    assert kept == ["节点“用地摘牌”", "项目“光学镜片产业园”的投资方"]
    back = Project.objects.get(pk=merging.gone)
    into.refresh_from_db()
    assert (into.investor, into.land_mu, back.investor) == ("乙公司", None, "甲公司")
    assert (into.due_on, back.due_on) == (date(2022, 8, 31), date(2022, 8, 31))
    assert into.milestones.filter(pk=moved.pk).exists()


def test_numbers_lead_on_through_several_mergings_which_are_undone_in_turn(here: Unit) -> None:
    one, two, three = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙", "丙"))
    numbers = one.pk, two.pk
    first = merge_projects(by=None, gone=one, into=two, on=ON).merging
    second = merge_projects(by=None, gone=two, into=three, on=ON).merging
    assert [successor_of(number) for number in numbers] == [three.pk, three.pk]
    first.refresh_from_db()
    with pytest.raises(NotAllowed, match="请先撤销后一次"):
        undo_merging(by=None, merging=first, on=ON)
    assert undo_merging(by=None, merging=second, on=ON) == []
    first.refresh_from_db()
    assert undo_merging(by=None, merging=first, on=ON) == []
    assert Project.objects.count() == 3


def test_what_there_can_be_one_of_only_is_filled_from_the_other(here: Unit) -> None:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    Economy.objects.create(project=gone, code="2201-331082-04-01-000001", fixed_yi=Decimal(3))
    Economy.objects.create(project=into, fixed_yi=Decimal(4))
    for project, fact in ((gone, {"promised": Decimal(7), "actual": Decimal(2)}), (into, {"promised": Decimal(8)})):
        Yield.objects.create(project=project, measure="tax", year=2023, **fact)
    investor = Investor.objects.create(jurisdiction=here, name="甲公司")
    for project, percent in ((gone, Decimal(60)), (into, None)):
        link_investor(by=None, project=project, investor=investor, percent=percent)
    merge_projects(by=None, gone=gone, into=into, on=ON)
    economy, one = Economy.objects.get(), Yield.objects.get()
    assert (economy.project, economy.code, economy.fixed_yi) == (into, "2201-331082-04-01-000001", 4)
    assert (one.promised, one.actual, Stake.objects.get().percent) == (8, 2, 60)


def test_the_history_of_a_day_that_both_promised_goes_over(here: Unit) -> None:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    for project in (gone, into):
        a_milestone(project, date(2022, 9, 30), text="正式开工")
    early = a_milestone(gone, date(2022, 8, 31), text="摘牌")
    a_milestone(into, date(2022, 9, 30), text="摘牌")
    move_milestone(by=None, milestone=early, start=None, end=date(2022, 9, 30), reason="指标未到", on=ON)
    merge_projects(by=None, gone=gone, into=into, on=ON)
    told = {row.text: [move.reason for move in row.moves.all()] for row in into.milestones.all()}
    assert told["正式开工"] == []
    assert "指标未到" in told["摘牌"]


def test_files_of_one_name_become_versions_in_the_order_they_came(here: Unit) -> None:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    for project in (into, gone, into):
        attach_file(by=None, project=project, name="协议.pdf", pieces=[PDF])
    first = list(Attachment.objects.order_by("at"))
    merge_projects(by=None, gone=gone, into=into, on=ON)
    assert [(row.pk, row.version, row.subject_id) for row in Attachment.objects.order_by("at")] == [
        (row.pk, number, into.pk) for number, row in enumerate(first, 1)
    ]


def test_a_stage_taken_back_counts_once_on_the_days_before(here: Unit) -> None:
    gone, into = (a_project(here, name, yi="5", known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    for project in (gone, into):
        StageChange.objects.create(
            phase=project.phases.get(),
            stage=Stage.SIGNED,
            on=date(2022, 3, 1),
            paper="formal",
            annulled_on=date(2022, 6, 1),
        )
    merge_projects(by=None, gone=gone, into=into, on=ON)
    assert len(stage_records([here.pk], date(2022, 1, 1), date(2022, 5, 1))["signed"]) == 1
    assert stage_records([here.pk], date(2022, 1, 1), ON)["signed"] == []


def test_how_it_stood_is_told_by_the_one_that_stays(here: Unit) -> None:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    StandingChange.objects.create(
        project=gone, stood="active", standing="terminated", on=date(2022, 5, 1), reason="重复登记"
    )
    Project.objects.filter(pk=gone.pk).update(standing="terminated")
    done = merge_projects(by=None, gone=gone, into=into, on=ON)
    into.refresh_from_db()
    assert (into.standing, into.standings.count(), done.left["状态变动"]) == ("active", 0, 1)


def test_what_waits_for_an_answer_goes_over_and_two_of_one_phase_do_not(here: Unit) -> None:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    user = a_user(here)
    for project in (gone, into):
        MoveRequest.objects.create(phase=project.phases.get(), stood="lead", stage="appraisal", on=ON, by=user)
    with pytest.raises(NotAllowed, match="确认或撤回"):
        merge_projects(by=None, gone=gone, into=into, on=ON)
    MoveRequest.objects.filter(phase__project=into).delete()
    merge_projects(by=None, gone=gone, into=into, on=ON)
    assert MoveRequest.objects.get().phase.project == into


def test_what_was_written_since_on_a_day_of_the_other_keeps_its_day(here: Unit) -> None:
    gone, into = (a_project(here, name, known_on=date(2022, 1, 5)) for name in ("甲", "乙"))
    write_note(by=None, project=gone, text="磋商", on=date(2022, 6, 1))
    merging = merge_projects(by=None, gone=gone, into=into, on=ON).merging
    write_note(by=None, project=into, text="同一天的另一件事", on=date(2022, 6, 1))
    undo_merging(by=None, merging=merging, on=ON)
    into.refresh_from_db()
    assert [note.text for note in into.notes.all()] == ["同一天的另一件事"]
    assert (into.moved_on, into.movements.count()) == (date(2022, 6, 1), 1)


def test_what_cannot_be_merged_is_refused(here: Unit) -> None:
    one = a_project(here, "甲", known_on=date(2022, 1, 5))
    far = a_project(a_jurisdiction("远方市"), "乙", known_on=date(2022, 1, 5))
    with pytest.raises(NotAllowed, match="自己"):
        merge_projects(by=None, gone=one, into=one, on=ON)
    with pytest.raises(NotAllowed, match="行政区划"):
        merge_projects(by=None, gone=one, into=far, on=ON)
    with pytest.raises(Forbidden):
        merge_projects(by=a_user(here, role="leader"), gone=one, into=far, on=ON)
    near = a_project(here, "丙", known_on=date(2022, 1, 5))
    Restriction.objects.create(project=near, reason="商业秘密")
    with pytest.raises(NotAllowed, match="限定"):
        merge_projects(by=None, gone=one, into=near, on=ON)
