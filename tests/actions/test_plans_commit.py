"""Committing a reading, committing a newer edition, and undoing either."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.factories.plans import a_user
from zhaoyin.documents.reading.model import (
    PlanReading,
    ReadDuty,
    ReadMilestone,
    ReadPhase,
    ReadProject,
    ReadSection,
    ReadTarget,
)  # fmt: skip
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.models import Entry as JournalEntry
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.duties.models import Duty
from zhaoyin.plan.plans import stored
from zhaoyin.plan.plans.actions import commit_document, settle_doubt, undo_commit
from zhaoyin.plan.plans.comparison import compare
from zhaoyin.plan.plans.models import DocumentState, Doubt, Entry, Plan, PlanDocument
from zhaoyin.plan.schedules.actions import reach_milestone
from zhaoyin.plan.schedules.models import Milestone, Move
from zhaoyin.plan.targets.models import Target
from zhaoyin.record.projects.actions import NotAllowed, write_note
from zhaoyin.record.projects.models import Phase, Project, StageChange

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 1)


@pytest.fixture
def officer() -> User:
    return a_user("office", None)


def milestone(when: str, month: int, text: str, stage: str | None = None, phase: str | None = None) -> ReadMilestone:
    return ReadMilestone(when, date(2022, month, 1), date(2022, month, 28), "planned", text, stage, phase)


def reading() -> PlanReading:
    return PlanReading(
        title="2022年临川市招大引强行动方案",
        year=2022,
        place="临川市",
        targets=[ReadTarget("签约亿元以上项目", "projects_signed", "ge", Decimal(25), "个", Decimal(1), "全市", "…")],
        duties=[
            ReadDuty(("市党政主要领导",), "参与招商活动的时间", "share", "month", "ge", Fraction(1, 3), None, True, True, "…")
        ],
        sections=[ReadSection("盯引抓签约项目", 33, 2)],
        projects=[
            ReadProject(
                1, "盯引抓签约", "新材料产业园项目", Decimal(1000), Decimal(10000), "云帆控股集团有限公司", "建设石化基地",
                ("框架协议已签订",), "4月一期签约；5月一期落地", ("领导甲", "领导乙"), "市经信局、市发改局",
                phases=(ReadPhase("一期", Decimal(100), Decimal(1350)), ReadPhase("二期", Decimal(170), Decimal(1200))),
                milestones=(
                    milestone("4月", 4, "一期项目签约", "signed", "一期"),
                    milestone("5月", 5, "一期项目落地", "landed", "一期"),
                ),
                extra={"备案号": "A-1"},
            ),
            ReadProject(
                2, "签约抓落地", "电商产业园项目", Decimal("5.5"), None, "居家投资有限公司", "综合体", (), "12月开工",
                ("领导甲",),
                "临川市城发集团", milestones=(milestone("12月", 12, "开工建设", "construction"),),
            ),
        ],
    )  # fmt: skip


def document(read: PlanReading, name: str = "plan.docx") -> PlanDocument:
    row = PlanDocument.objects.create(
        name=name, path=name, sha256=name, size=1, state=DocumentState.READ, reading=stored.dump_reading(read)
    )
    Doubt.objects.create(document=row, row=0, number=1, field="phases", message="分期合计与总投资不符", quote="1000")
    return row


def counts() -> dict[str, int]:
    models = (Unit, Official, Project, Phase, StageChange, Milestone, Move, Plan, Entry, Target, Duty)
    return {model.__name__: model.objects.count() for model in models}


def test_a_commit_makes_everything_that_was_read(officer: User) -> None:
    commit = commit_document(by=officer, document=document(reading()), on=DAY)

    plan = commit.plan
    assert (plan.title, plan.year, plan.jurisdiction.name) == ("2022年临川市招大引强行动方案", 2022, "临川市")
    first, second = Project.objects.order_by("pk")
    assert [o.name for o in Official.objects.filter(contact_projects__project=first)] == ["领导甲", "领导乙"]
    assert first.unit.name == "市经信局"
    assert first.text.extra == {"备案号": "A-1", "主责单位": "市经信局、市发改局"}
    assert [(p.name, p.investment_yi) for p in first.phases.all()] == [("一期", Decimal(100)), ("二期", Decimal(170))]
    assert [m.phase.name for m in first.milestones.all()] == ["一期", "一期"]
    assert first.due_on == date(2022, 4, 28)
    assert (first.stage, second.stage) == (Stage.NEGOTIATION, Stage.SIGNED)
    assert second.land_mu is None
    assert (plan.targets.get().value, plan.duties.get().numerator, plan.duties.get().denominator) == (25, 1, 3)
    assert Doubt.objects.get().project == first
    assert Unit.objects.get(name="临川市城发集团").jurisdiction == plan.jurisdiction


def test_a_stage_on_entry_is_no_signing_of_this_year(officer: User) -> None:
    commit_document(by=officer, document=document(reading()), on=DAY)
    assert StageChange.objects.filter(stage=Stage.SIGNED).get().entry


def test_nothing_is_left_of_a_commit_that_fails(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = document(reading())
    before = counts()
    monkeypatch.setattr("zhaoyin.plan.plans.actions.commit.set_duties", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commit_document(by=officer, document=row, on=DAY)
    assert counts() == before
    row.refresh_from_db()
    assert row.state == DocumentState.READ


def test_a_target_too_large_for_any_column_is_refused_in_words(officer: User) -> None:
    read = reading()
    read.targets[0].value = Decimal(10) ** 20
    with pytest.raises(NotAllowed, match="目标或职责要求不合规范"):
        commit_document(by=officer, document=document(read), on=DAY)
    assert not Project.objects.exists()


def test_what_no_column_can_hold_is_kept_as_printed(officer: User) -> None:
    read = reading()
    read.projects[1].investment_yi = Decimal(10) ** 20
    read.projects[1].land_mu = Decimal("1.23456")
    read.projects[1].name = "长" * 250
    commit_document(by=officer, document=document(read), on=DAY)
    project = Project.objects.get(name="长" * 200)
    assert (project.investment_yi, project.land_mu) == (None, Decimal("1.2346"))
    assert project.text.extra["总投资（亿元）"] == "1" + "0" * 20
    assert project.text.extra["项目名称"] == "长" * 250


def test_a_duty_without_a_period_is_kept(officer: User) -> None:
    read = reading()
    read.duties[0].period = ""
    commit_document(by=officer, document=document(read), on=DAY)
    assert Duty.objects.get().get_period_display() == "未写周期"


@pytest.mark.parametrize(("field", "word"), [("year", "年度"), ("place", "地方")])
def test_a_plan_without_year_or_place_is_asked_for_it(officer: User, field: str, word: str) -> None:
    read = reading()
    setattr(read, field, None)
    with pytest.raises(NotAllowed, match=word):
        commit_document(by=officer, document=document(read), on=DAY)
    assert not Project.objects.exists()


def test_an_undo_takes_all_of_it_back(officer: User) -> None:
    row = document(reading())
    before = counts()
    commit = commit_document(by=officer, document=row, on=DAY)
    assert undo_commit(by=officer, commit=commit, on=DAY) == []
    assert counts() == before
    assert Doubt.objects.get().project is None
    row.refresh_from_db()
    assert row.state == DocumentState.UNDONE
    commit_document(by=officer, document=row, on=DAY)
    assert Project.objects.count() == 2


def test_what_was_touched_since_stays_and_is_named(officer: User) -> None:
    commit = commit_document(by=officer, document=document(reading()), on=DAY)
    touched = Project.objects.get(name="新材料产业园项目")
    write_note(by=officer, project=touched, text="已对接", on=date(2022, 3, 5))

    kept = undo_commit(by=officer, commit=commit, on=DAY)

    assert "项目“新材料产业园项目”" in kept
    assert "方案“2022年临川市招大引强行动方案”" in kept
    assert [project.name for project in Project.objects.all()] == ["新材料产业园项目"]
    assert touched.milestones.count() == 2
    assert not Unit.objects.filter(name="临川市城发集团").exists()
    with pytest.raises(NotAllowed, match="撤销过"):
        undo_commit(by=officer, commit=commit, on=DAY)


def test_settling_a_doubt_touches_its_project(officer: User) -> None:
    commit = commit_document(by=officer, document=document(reading()), on=DAY)
    settle_doubt(by=officer, doubt=Doubt.objects.get(), settlement="照录两数")
    assert "项目“新材料产业园项目”" in undo_commit(by=officer, commit=commit, on=DAY)


def newer() -> PlanReading:
    read = deepcopy(reading())
    read.title += "（修订稿）"
    first = read.projects[0]
    first.investor = "云帆控股集团"
    first.investment_yi = Decimal(900)
    first.leaders = ("领导乙",)
    first.milestones = (
        milestone("6月", 6, "一期项目签约", "signed", "一期"),
        milestone("8月", 8, "一期项目开工建设", "construction", "一期"),
    )
    read.projects[1] = ReadProject(3, "盯引抓签约", "光学镜片产业园项目", Decimal(3), Decimal(50), "明视光学有限公司")
    return read


def test_a_newer_edition_shows_what_changed_and_updates(officer: User) -> None:
    first = commit_document(by=officer, document=document(reading()), on=DAY)
    comparison = compare(newer(), first.plan.jurisdiction)
    assert comparison.plan == first.plan
    assert comparison.new == [1]
    assert [entry.project.name for entry in comparison.dropped] == ["电商产业园项目"]
    differences = comparison.changed[0].differences
    assert differences["总投资（亿元）"] == ("1000", "900")
    assert differences["联系领导"] == ("领导甲、领导乙", "领导乙")
    assert differences["节点“一期项目签约”"] == ("2022-04-01 至 2022-04-28", "2022-06-01 至 2022-06-28")
    assert "一期项目开工建设" in differences["新增节点"][1]
    assert "一期项目落地" in differences["撤销节点"][0]

    second = commit_document(by=officer, document=document(newer(), "plan-2.docx"), on=date(2022, 4, 1))

    assert second.plan == first.plan
    assert Plan.objects.count() == 1
    assert Project.objects.count() == 3
    project = Project.objects.get(name="新材料产业园项目")
    assert project.investment_yi == 900
    signing = project.milestones.get(text="一期项目签约")
    assert signing.end == date(2022, 6, 28)
    assert signing.moves.get().from_end == date(2022, 4, 28)
    assert project.milestones.get(text="一期项目落地").withdrawn_on == date(2022, 4, 1)
    assert project.due_on == date(2022, 6, 28)
    assert Entry.objects.get(project__name="电商产业园项目").dropped


def test_the_same_edition_again_changes_nothing(officer: User) -> None:
    commit_document(by=officer, document=document(reading()), on=DAY)
    before = counts()
    comparison = compare(reading(), Unit.objects.get(name="临川市"))
    assert (comparison.new, comparison.changed, comparison.dropped) == ([], [], [])
    commit_document(by=officer, document=document(reading(), "again.docx"), on=DAY)
    assert counts() == before


def test_undoing_an_edition_restores_the_one_before(officer: User) -> None:
    first = commit_document(by=officer, document=document(reading()), on=DAY)
    project = Project.objects.get(name="新材料产业园项目")
    before = counts()
    second = commit_document(by=officer, document=document(newer(), "plan-2.docx"), on=date(2022, 4, 1))
    with pytest.raises(NotAllowed, match="新版"):
        undo_commit(by=officer, commit=first, on=DAY)

    assert undo_commit(by=officer, commit=second, on=DAY) == []

    assert counts() == before
    project.refresh_from_db()
    assert project.investment_yi == 1000
    assert project.investor == "云帆控股集团有限公司"
    assert [row.official.name for row in project.contact_leaders.all()] == ["领导甲", "领导乙"]
    assert project.milestones.get(text="一期项目签约").end == date(2022, 4, 28)
    assert project.milestones.get(text="一期项目落地").withdrawn_on is None
    assert project.due_on == date(2022, 4, 28)
    assert not Entry.objects.filter(dropped=True).exists()


def test_undoing_an_edition_leaves_what_was_reached_meanwhile(officer: User) -> None:
    commit_document(by=officer, document=document(reading()), on=DAY)
    second = commit_document(by=officer, document=document(newer(), "plan-2.docx"), on=date(2022, 4, 1))
    project = Project.objects.get(name="新材料产业园项目")
    reach_milestone(
        by=officer, milestone=project.milestones.get(text="一期项目签约"), on=date(2022, 4, 9), as_of=date(2022, 4, 9)
    )
    kept = undo_commit(by=officer, commit=second, on=DAY)
    assert kept == ["项目“新材料产业园项目”"]
    project.refresh_from_db()
    assert project.investment_yi == 900
    assert project.milestones.get(text="一期项目签约").reached_on == date(2022, 4, 9)


def test_a_project_listed_twice_is_kept_twice_and_doubted(officer: User) -> None:
    read = reading()
    read.projects.append(deepcopy(read.projects[0]))
    commit_document(by=officer, document=document(read), on=DAY)
    assert Project.objects.count() == 3
    assert "疑为重复" in Doubt.objects.get(row=2).message


def test_the_journal_names_the_commit(officer: User) -> None:
    commit_document(by=officer, document=document(reading()), on=DAY)
    assert JournalEntry.objects.filter(act="plans.committed", by=officer).exists()


def test_a_thousand_rows_need_no_more_queries_than_ten(officer: User, django_assert_max_num_queries) -> None:
    def many(count: int, offset: int) -> PlanReading:
        read = reading()
        read.title = f"2022年方案{'甲乙'[offset > 0] * 9}"
        read.projects = [
            ReadProject(n, "盯引抓签约", f"第{n + offset}号装备制造基地", Decimal(2), None, f"第{n}机械公司",
                        leaders=("领导甲",), unit="市经信局",
                        milestones=(milestone("4月", 4, "签约"),))
            for n in range(count)
        ]  # fmt: skip
        return read

    commit_document(by=officer, document=document(many(10, 0)), on=DAY)
    with django_assert_max_num_queries(80):
        commit_document(by=officer, document=document(many(300, 5000), "b.docx"), on=DAY)
