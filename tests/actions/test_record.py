"""The record of a project: investors, names, figures, capital, team, and who may see it at all."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.filings.models import Filing
from zhaoyin.record.investors.actions import Clash, add_investor, edit_investor
from zhaoyin.record.investors.models import Investor, InvestorKind
from zhaoyin.record.projects import actions
from zhaoyin.record.projects.actions import CannotRestrict, TooMuch
from zhaoyin.record.projects.models import Measure, Project
from zhaoyin.record.projects.queries import (
    dossier_of,
    investors_visible_to,
    matching,
    permit_on,
    projects_of_investor,
    timeline_of,
    visible_to,
)

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 15)
GOOD = "91350100M000100Y43"


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=DAY)


@pytest.fixture
def project(here: Unit) -> Project:
    return a_project(here, "甲项目", yi="5", known_on=date(2022, 1, 10), stage=Stage.NEGOTIATION,
                     fields={"unit": a_unit(here, "东镇"), "investor": "意向企业有甲公司等"})  # fmt: skip


def office(here: Unit, name: str = "") -> User:
    """The office's account, of an official where a name is given."""
    user = a_user(here)
    if name:
        user.official = an_official(here, name)
        user.save()
    return User.objects.get(pk=user.pk)


def again(user: User) -> User:
    """The account as the next request loads it."""
    return User.objects.get(pk=user.pk)


def test_a_company_is_known_by_code_and_by_name(here: Unit) -> None:
    made = add_investor(by=None, jurisdiction=here, name="甲公司", group="甲集团")
    assert made.group is not None
    assert made.group.kind == InvestorKind.GROUP
    assert add_investor(by=None, jurisdiction=here, name="甲公司", uscc=GOOD.lower()).pk == made.pk
    assert Investor.objects.get(pk=made.pk).uscc == GOOD
    with pytest.raises(Clash, match="甲公司"):
        add_investor(by=None, jurisdiction=here, name="乙公司", uscc=GOOD)
    with pytest.raises(Clash, match="国家"):
        add_investor(by=None, jurisdiction=here, name="丙株式会社", kind="foreign", country="")


def test_a_consortium_has_members_and_perhaps_more(here: Unit) -> None:
    made = add_investor(
        by=None, jurisdiction=here, name="联合体", kind="consortium", members=["甲公司", "乙公司"], open=True
    )
    assert [one.name for one in made.members.order_by("pk")] == ["甲公司", "乙公司"]
    assert edit_investor(by=None, investor=made, facts={}, members=["乙公司"])
    assert not edit_investor(by=None, investor=made, facts={}, members=["乙公司"])


def test_the_printed_words_stay_beside_the_investors(here: Unit, project: Project) -> None:
    user = office(here)
    investor = add_investor(by=user, jurisdiction=here, name="甲公司", group="甲集团")
    actions.link_investor(by=user, project=project, investor=investor, percent=Decimal(60))
    other = add_investor(by=user, jurisdiction=here, name="乙公司")
    with pytest.raises(TooMuch):
        actions.link_investor(by=user, project=project, investor=other, percent=Decimal(41))
    project.refresh_from_db()
    assert project.investor == "意向企业有甲公司等"
    assert investor.group is not None
    assert [one.project for one in projects_of_investor(user, investor.group)] == [project]
    assert {one.name for one in investors_visible_to(user)} == {"甲公司", "甲集团", "乙公司"}
    stranger = a_user(a_unit(here, "西镇"), role="reporter")
    assert not investors_visible_to(stranger).exists()
    with pytest.raises(Forbidden):
        actions.unlink_investor(by=stranger, stake=project.stakes.get())


def test_a_project_is_found_by_another_name(project: Project) -> None:
    actions.add_alias(by=None, project=project, name="星河工程", kind="short")
    assert not actions.add_alias(by=None, project=project, name="星河工程")
    assert Project.objects.filter(matching("星河")).get() == project
    actions.remove_alias(by=None, alias=project.aliases.get())
    assert not Project.objects.filter(matching("星河")).exists()


def test_codes_figures_and_the_places_leading_industries(here: Unit, project: Project) -> None:
    actions.set_leading_industry(by=None, jurisdiction=here, name="新能源", codes=["C384", "38"])
    assert actions.set_economy(by=None, project=project, facts={"industry": "C3841", "fixed_yi": Decimal(3)})
    assert not actions.set_economy(by=None, project=project, facts={"industry": "3841"})
    found = dossier_of(project, DAY)
    assert found.industry == "C3841 电池制造"
    assert [one.name for one in found.leading] == ["新能源"]
    with pytest.raises(ValueError, match="没有行业代码"):
        actions.set_economy(by=None, project=project, facts={"industry": "999"})


def test_promises_are_held_against_what_came(project: Project) -> None:
    for year, promised, actual in ((None, "10", None), (2021, "10", "6"), (2022, "10", "1")):
        actions.record_yield(
            by=None, project=project, measure=Measure.OUTPUT, year=year, promised=Decimal(promised),
            actual=(actual and Decimal(actual)) or None,
        )  # fmt: skip
    actions.record_yield(by=None, project=project, measure="output", year=None, promised=Decimal(12))
    assert {one.year: one.words for one in dossier_of(project, DAY).yields} == {
        None: "协议约定", 2021: "差 40%", 2022: "年度未结束",
    }  # fmt: skip
    with pytest.raises(ValueError, match="年度"):
        actions.record_yield(by=None, project=project, measure="tax", year=None, actual=Decimal(1))


def test_a_promise_is_typed_once(project: Project) -> None:
    record = partial(actions.record_yield, by=None, project=project, measure="tax")
    record(year=None, promised=Decimal(800))
    record(year=2021, actual=Decimal(600), keep=True)
    assert {one.year: one.words for one in dossier_of(project, DAY).yields} == {
        None: "协议约定", 2021: "差 25%（按达产年承诺）",
    }  # fmt: skip
    record(year=2021, promised=Decimal(500))
    record(year=2021, actual=Decimal(600), keep=True)
    row = project.yields.get(year=2021)
    assert (row.promised, row.actual) == (500, 600)
    assert record(year=2021) is None
    assert not project.yields.filter(year=2021).exists()
    assert last_words(project) == "2021 年税收：承诺 空，实际 空"


def last_words(project: Project) -> str:
    """The newest sentence of the project's history."""
    return sentence(history(project)[0])


def test_investors_are_taken_as_they_were_printed(here: Unit, project: Project) -> None:
    actions.edit_project(by=None, project=project, fields={"investor": "意向企业有甲公司、乙集团、丙公司等"})
    actions.link_investor(
        by=None, project=project, investor=add_investor(by=None, jurisdiction=here, name="丙公司"), kind="main"
    )
    found = dossier_of(project, DAY).printed
    assert (found.unlinked, found.open, found.intended) == (("甲公司", "乙集团"), True, True)
    made = actions.link_printed(by=None, project=project)
    assert [(one.investor.name, one.investor.kind, one.kind) for one in made] == [
        ("甲公司", "company", "intended"), ("乙集团", "group", "intended"),
    ]  # fmt: skip
    assert actions.link_printed(by=None, project=project) == []
    assert project.investor == "意向企业有甲公司、乙集团、丙公司等"
    with pytest.raises(Forbidden):
        actions.link_printed(by=a_user(a_unit(here, "西镇"), role="reporter"), project=project)


def test_members_of_a_consortium_are_not_asked_for_again(here: Unit, project: Project) -> None:
    actions.edit_project(by=None, project=project, fields={"investor": "甲公司、乙公司"})
    several = add_investor(
        by=None, jurisdiction=here, name="甲乙联合体", kind="consortium", members=["甲公司", "乙公司"]
    )
    actions.link_investor(by=None, project=project, investor=several)
    assert dossier_of(project, DAY).printed.unlinked == ()


def test_the_second_of_two_who_write_figures_is_told(project: Project) -> None:
    actions.set_economy(by=None, project=project, facts={"fixed_yi": Decimal(3)})
    with pytest.raises(actions.StaleVersion):
        actions.set_economy(by=None, project=project, facts={"fixed_yi": Decimal(4)}, seen={"fixed_yi": None})
    assert actions.set_economy(
        by=None, project=project, facts={"fixed_yi": Decimal(4)}, seen={"fixed_yi": Decimal(3), "code": ""}
    )


def test_figures_of_the_statistics_bureau_and_of_the_contract_stand_beside_ours(here: Unit, project: Project) -> None:
    actions.set_economy(
        by=None, project=project, facts={"statistics_yi": Decimal("4.5"), "contracted_wan_usd": Decimal(200)}
    )
    found = dossier_of(project, DAY)
    assert (found.statistics_gap, found.used_words) == ("（比总投资少 0.5 亿元）", "")
    for amount, words in ((150, "已到账 75%"), (100, "到账比合同多 50 万美元，请核对")):
        actions.record_foreign_capital(
            by=None, jurisdiction=here, project=project, on=date(2022, 5, 6), amount_wan_usd=Decimal(amount)
        )
        assert dossier_of(project, DAY).used_words == words


def test_an_open_problem_moves_to_another_owner_and_day(here: Unit, project: Project) -> None:
    unit = a_unit(here, "县局")
    problem = actions.raise_problem(
        by=None, project=project, kind="land", text="缺用地指标", on=date(2022, 6, 1), due_on=date(2022, 6, 30)
    )
    facts = {"kind": "approval", "text": "缺用地指标", "unit": unit, "on": date(2022, 6, 1), "due_on": DAY}
    assert actions.edit_problem(by=None, problem=problem, facts=facts)
    assert not actions.edit_problem(by=None, problem=problem, facts=facts)
    assert last_words(project) == (
        "问题“缺用地指标”：类别 土地 → 审批；解决单位 空 → 县局；应解决日 2022-06-30 → 2022-07-15"
    )
    actions.settle_problem(by=None, problem=problem, on=DAY, answer="已批")
    with pytest.raises(ValueError, match="已于 2022-07-15 解决"):
        actions.edit_problem(by=None, problem=problem, facts=facts)
    with pytest.raises(Forbidden):
        actions.edit_problem(by=a_user(a_unit(here, "西镇"), role="reporter"), problem=problem, facts=facts)


def test_capital_is_entered_in_its_currency_and_taken_back_with_a_reason(here: Unit, project: Project) -> None:
    row = actions.record_foreign_capital(
        by=None, jurisdiction=here, project=project, on=date(2022, 5, 6), paid=Decimal(100), currency="欧元",
        rate=Decimal("1.05"), note="验资报告 3 号",
    )  # fmt: skip
    assert row.amount_wan_usd == Decimal(105)
    assert dossier_of(project, DAY).used == Decimal(105)
    assert dossier_of(project, date(2022, 5, 5)).used == 0
    actions.remove_foreign_capital(by=None, entry=row, reason="重复")
    assert dossier_of(project, DAY).used == 0


def test_a_team_has_parts_from_day_to_day_and_the_timeline_tells_everything(here: Unit, project: Project) -> None:
    official = an_official(here, "专员甲")
    part = actions.join_team(by=None, project=project, official=official, part="agent", since=date(2022, 2, 1))
    assert actions.join_team(by=None, project=project, official=official, part="agent", since=DAY).pk == part.pk
    actions.write_note(by=None, project=project, text="实地考察", on=date(2022, 3, 1))
    actions.set_origin(by=None, project=project, kind="business", who="商会")
    with pytest.raises(ValueError, match="不能早于"):
        actions.leave_team(by=None, part=part, until=date(2022, 1, 1))
    actions.leave_team(by=None, part=part, until=date(2022, 4, 1))
    told = [(one.on, one.kind) for one in timeline_of(project.pk, DAY)]
    assert told == sorted(told, key=lambda one: one[0], reverse=True)
    assert {"团队", "进展", "阶段"} <= {kind for _, kind in told}
    assert all(one.on <= date(2022, 2, 15) for one in timeline_of(project.pk, date(2022, 2, 15)))
    assert dossier_of(project, DAY).team == []
    assert dossier_of(project, date(2022, 3, 1)).team == [part]


def test_a_restricted_project_exists_for_those_named_only(here: Unit, project: Project) -> None:
    mine, other, town = office(here, "领导甲"), office(here), a_user(project.unit, role="head")
    named = a_user(a_unit(here, "西镇"), role="reporter")
    named.official = an_official(here, "领导乙")
    named.save()
    assert actions.restrict_project(by=mine, project=project, reason="商业秘密", officials=[named.official])
    assert list(visible_to(again(mine))) == [project]
    assert list(visible_to(again(named))) == [project]
    for user in (other, town):
        assert not visible_to(again(user)).exists()
        with pytest.raises(Forbidden):
            permit_on(again(user), Permission.PROJECT_EDIT, project)
    permit_on(again(mine), Permission.PROJECT_EDIT, project)
    with pytest.raises(Forbidden):
        permit_on(again(named), Permission.PROGRESS_WRITE, project)
    assert not actions.restrict_project(by=again(mine), project=project, reason="商业秘密", officials=[named.official])
    assert actions.lift_restriction(by=again(mine), project=project)
    assert visible_to(again(other)).exists()


def test_nobody_shuts_themselves_out(here: Unit, project: Project) -> None:
    with pytest.raises(CannotRestrict, match="没有对应的干部"):
        actions.restrict_project(by=office(here), project=project, reason="试", officials=[an_official(here, "领导丙")])
    with pytest.raises(CannotRestrict, match="哪些人"):
        actions.restrict_project(by=office(here, "领导丁"), project=project, reason="试", officials=[])


def test_a_restricted_project_is_on_no_page_of_others(here: Unit, project: Project) -> None:
    mine, other = office(here, "领导甲"), office(here)
    a_project(here, "乙项目", yi="2", known_on=date(2022, 1, 10))
    actions.write_note(by=None, project=project, text="密谈纪要", on=date(2022, 6, 1))
    actions.raise_problem(by=None, project=project, kind="land", text="密谈难题", on=date(2022, 6, 1))
    actions.restrict_project(by=again(mine), project=project, reason="商业秘密", officials=[mine.official])
    addresses = (
        "/library/", "/library/?q=项目", "/library/?as_of=2022-06-30", "/library/export/?as=csv", "/targets/",
        "/supervision/", "/supervision/bulletins/2022-07/", "/supervision/bulletins/2022-06/",
    )  # fmt: skip
    for address in addresses:
        answer = signed_in(again(other)).get(address)
        assert answer.status_code == 200, address
        words = answer.content.decode(errors="replace")
        assert "甲项目" not in words.replace("“甲项目”", "").replace('value="甲项目"', ""), address
        assert "密谈" not in words, address
    assert signed_in(again(other)).get(f"/projects/{project.pk}/").status_code == 404
    assert signed_in(again(mine)).get(f"/projects/{project.pk}/").status_code == 200


def test_the_timeline_tells_of_filings(here: Unit, project: Project) -> None:
    unit = a_unit(here, "甲镇")
    filing = Filing.objects.create(
        jurisdiction=here, unit=unit, project=project, name="甲线索", investor="甲公司", on=date(2022, 2, 1),
        until=date(2022, 5, 1), at=timezone.now(),
    )  # fmt: skip
    filing.appeals.create(text="我方先谈", on=date(2022, 2, 5), outcome="upheld", reason="函件为证", decided_on=DAY)
    told = [(one.on, one.text) for one in timeline_of(project.pk, DAY) if one.kind == "备案"]
    assert told == [
        (DAY, "裁定维持首报单位：函件为证"), (date(2022, 2, 5), "甲镇申诉：我方先谈"),
        (date(2022, 2, 1), "甲镇备案“甲线索”，首报"),
    ]  # fmt: skip
    before = [one.text for one in timeline_of(project.pk, date(2022, 2, 2)) if one.kind == "备案"]
    assert before == ["甲镇备案“甲线索”，首报"]
