"""Who sees which organisations, the tree at any size, and what was there then."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import a_user
from tests.factories.targets import a_project
from zhaoyin.ground.organisations import actions
from zhaoyin.ground.organisations.models import SpecialTeam, Unit, UnitKind
from zhaoyin.ground.organisations.queries import (
    branch,
    groups_visible_to,
    official_card,
    officials_visible_to,
    open_in,
    open_on,
    search,
    team_rows,
    teams_visible_to,
    tree,
    unit_card,
    visible_to,
)
from zhaoyin.ground.organisations.queries.tree import WHOLE, Branch
from zhaoyin.kernel.period import Period
from zhaoyin.record.projects.actions import write_note
from zhaoyin.report.supervision.queries import gather

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 15)
JUNE = Period(2022, "month", 6)


def a_province(counties: int, units: int) -> Unit:
    """A province of that many counties with that many units each, and three units of its own."""
    province = actions.add_jurisdiction(by=None, name="某省", code="330000")
    for name in ("省商务厅", "省发改委", "省经信厅"):
        actions.add_unit(by=None, jurisdiction=province, name=name)
    for n in range(counties):
        county = actions.add_jurisdiction(by=None, name=f"第{n}县", above=province)
        for m in range(units):
            actions.add_unit(by=None, jurisdiction=county, name=f"{n}县{m}局")
    return province


def everything(node: Branch) -> list[Branch]:
    return [node, *(one for child in (*node.children, *node.closed) for one in everything(child))]


def test_a_small_tree_is_open_and_a_large_one_folds_its_counties() -> None:
    province = a_province(2, 3)
    user = a_user(province)
    small = tree(user, DAY)
    assert (small.places, small.units) == (3, 9)
    assert len(everything(small.roots[0])) == 12
    county = Unit.objects.get(name="第0县")
    for n in range(WHOLE):
        village = Unit(name=f"村{n}", jurisdiction=county, kind=UnitKind.TOWN)
        Unit.objects.add_child(Unit.objects.get(pk=county.pk), instance=village)
    folded = tree(user, DAY)
    shown = everything(folded.roots[0])
    assert [one.name for one in folded.roots[0].children] == ["省商务厅", "省发改委", "省经信厅", "第0县", "第1县"]
    assert {one.name: (one.loaded, one.units) for one in shown if one.is_place} == {
        "某省": (True, 3), "第0县": (False, 303), "第1县": (False, 3),
    }  # fmt: skip
    opened = branch(user, county.pk, DAY)
    assert opened is not None
    assert len(opened.children) == 303


def test_the_tree_takes_the_same_queries_however_large_it_is() -> None:
    taken = []
    for counties, units in ((1, 2), (3, 110)):
        Unit.objects.filter(code="330000").update(code="", name=f"前一省{units}")
        user = a_user(a_province(counties, units))
        with CaptureQueriesContext(connection) as captured:
            tree(user, DAY)
        taken.append(len(captured))
    assert taken[0] == taken[1] <= 6


def test_closed_units_are_folded_away_from_their_day_on() -> None:
    city = actions.add_jurisdiction(by=None, name="某市")
    old = actions.add_unit(by=None, jurisdiction=city, name="市经贸局")
    actions.close_unit(by=None, unit=old, on=DAY)
    user = a_user(city)
    root = tree(user, DAY).roots[0]
    assert ([one.name for one in root.closed], root.children) == (["市经贸局"], [])
    assert [one.name for one in tree(user, date(2022, 7, 14)).roots[0].children] == ["市经贸局"]


def test_everybody_sees_the_units_of_the_own_scope_and_no_others() -> None:
    city, other = (actions.add_jurisdiction(by=None, name=name) for name in ("某市", "另一市"))
    county = actions.add_jurisdiction(by=None, name="某县", above=city)
    bureau = actions.add_unit(by=None, jurisdiction=city, name="市发改局")
    section = actions.add_unit(by=None, jurisdiction=city, name="投资科", above=bureau)
    foreign = actions.add_unit(by=None, jurisdiction=other, name="外市局")
    seen = {
        "office": {city, county, bureau, section}, "system": {city, other, county, bureau, section, foreign},
    }  # fmt: skip
    for role, units in seen.items():
        assert set(visible_to(a_user(city, role))) == units
    head = a_user(bureau, "head")
    assert set(visible_to(head)) == {bureau, section}
    assert [one.name for one in tree(head, DAY).roots] == ["市发改局"]
    assert branch(head, city.pk, DAY) is None
    assert [one.node.name for one in search(head, "局", DAY)[0]] == ["市发改局"]
    assert set(visible_to(a_user(bureau, "team"))) == {bureau, section}, "what whoever works there sees"
    assert not visible_to(a_user(None, "team")), "no unit, and none of all the others"


def test_a_member_of_a_team_sees_the_team_and_who_sits_there_and_no_other() -> None:
    city = actions.add_jurisdiction(by=None, name="某市")
    bureau, other = (actions.add_unit(by=None, jurisdiction=city, name=name) for name in ("市发改局", "市经信局"))
    leader, member, stranger = (actions.add_official(by=None, jurisdiction=city, name=name) for name in "甲乙丙")
    team = actions.add_team(
        by=None, jurisdiction=city, name="新材料专班", people={"leader": [leader], "commissioner": [member]}
    )
    actions.add_team(by=None, jurisdiction=city, name="新能源专班", people={"leader": [stranger]})
    group = actions.add_group(by=None, jurisdiction=city, number=1, name="第1招商组", lead=member)
    actions.add_group(by=None, jurisdiction=city, number=2, name="第2招商组", lead=stranger)
    user = a_user(bureau, "team")
    user.official = member
    user.save()
    assert list(teams_visible_to(user)) == [team]
    assert list(groups_visible_to(user)) == [group]
    assert set(officials_visible_to(user)) == {leader, member}
    # Posts in units that are not seen do not exist for the person, in no list and no search.
    for unit, post in ((bureau, "副局长"), (other, "局长")):
        actions.add_appointment(by=None, official=leader, unit=unit, post=post)
    assert [post.row.post for post in official_card(user, leader, DAY, DAY).posts] == ["副局长"]
    assert official_card(user, leader, DAY, DAY).history == []
    assert [post.row.post for post in official_card(a_user(city), leader, DAY, DAY).posts] == ["局长", "副局长"]


def test_a_search_finds_units_by_who_holds_a_post_there() -> None:
    city = actions.add_jurisdiction(by=None, name="某市", code="330200")
    bureau = actions.add_unit(by=None, jurisdiction=city, name="市发改局", short_name="发改")
    official = actions.add_official(by=None, jurisdiction=city, name="领导甲")
    actions.add_appointment(by=None, official=official, unit=bureau, post="局长", since=DAY)
    user = a_user(city)
    for words, on, names in (
        ("发改", DAY, ["市发改局"]), ("3302", DAY, ["某市"]), ("领导甲", DAY, ["市发改局"]),
        ("领导甲", date(2022, 7, 14), []), ("%", DAY, []), ("没有", DAY, []),
    ):  # fmt: skip
        assert [one.node.name for one in search(user, words, on)[0]] == names, words


def test_the_card_tells_who_was_there_then_and_who_is_now() -> None:
    city = actions.add_jurisdiction(by=None, name="某市")
    bureau = actions.add_unit(by=None, jurisdiction=city, name="市发改局")
    old, new = (actions.add_official(by=None, jurisdiction=city, name=name) for name in ("领导甲", "领导乙"))
    actions.add_appointment(by=None, official=old, unit=bureau, post="局长", until=date(2022, 6, 30))
    actions.add_appointment(by=None, official=new, unit=bureau, post="局长", since=date(2022, 7, 1))
    actions.add_group(by=None, jurisdiction=city, number=1, name="第1招商组", lead=old)
    user = a_user(bureau, "reporter")
    office = a_user(city)
    card = unit_card(office, bureau, date(2022, 6, 1), DAY)
    assert [(post.row.official.name, post.word) for post in card.posts] == [
        ("领导甲", "当日在任，现已离任"), ("领导乙", "现任，当日未到任"),
    ]  # fmt: skip
    assert ([one.name for one in card.groups], card.accounts) == (["第1招商组"], 1)
    assert [post.row.official.name for post in unit_card(user, bureau, DAY, DAY).former] == ["领导甲"]


def test_teams_are_judged_by_the_posts_of_the_day() -> None:
    city = actions.add_jurisdiction(by=None, name="某市")
    people = {}
    for name, kind in (("领导甲", "main"), ("科长甲", "section"), ("专员甲", "commissioner")):
        people[name] = actions.add_official(by=None, jurisdiction=city, name=name)
        actions.add_appointment(by=None, official=people[name], unit=city, post=name, kind=kind, since=date(2022, 2, 1))
    seats = {"leader": [people["领导甲"]], "section": [people["科长甲"]], "commissioner": [people["专员甲"]]}
    team = actions.add_team(
        by=None,
        jurisdiction=city,
        name="新材料专班",
        fund="子基金",
        base="产业园",
        people=seats,
        since=date(2022, 1, 31),
    )
    assert team_rows(SpecialTeam.objects.all(), DAY)[0].verdict.ok
    early = team_rows(SpecialTeam.objects.all(), date(2022, 1, 31))[0].verdict
    assert (early.figure, len(early.reasons)) == (2, 3)
    none = team_rows(SpecialTeam.objects.all(), date(2022, 1, 30))[0]
    assert (none.verdict.figure, len(none.former)) == (2, 3), "before its people came"
    next_day = date(2022, 7, 16)
    actions.edit_team(by=None, team=team, fields={}, people=seats | {"leader": []}, since=next_day)
    assert team_rows(SpecialTeam.objects.all(), DAY)[0].verdict.ok
    assert team_rows(SpecialTeam.objects.all(), next_day)[0].verdict.reasons == ("缺市领导：应有 1 名。",)
    for n in range(3):
        actions.add_team(by=None, jurisdiction=city, name=f"又一专班{n}", people={"leader": [people["领导甲"]]})
    with CaptureQueriesContext(connection) as captured:
        team_rows(SpecialTeam.objects.all(), DAY)
    assert len(captured) == 3


def test_a_unit_owes_no_report_for_months_in_which_it_was_not_there() -> None:
    city = actions.add_jurisdiction(by=None, name="某市")
    founded = {"甲局": None, "乙局": date(2022, 7, 1), "丙局": date(2022, 6, 30), "丁局": None, "戊局": None}
    units = {
        name: actions.add_unit(by=None, jurisdiction=city, name=name, founded_on=day) for name, day in founded.items()
    }
    actions.close_unit(by=None, unit=units["丁局"], on=date(2022, 6, 1))
    actions.close_unit(by=None, unit=units["戊局"], on=date(2022, 6, 2))
    bureaus = Unit.objects.filter(jurisdiction=city)
    assert set(bureaus.filter(open_in(JUNE)).values_list("name", flat=True)) == {"甲局", "丙局", "戊局"}
    assert set(bureaus.filter(open_on(date(2022, 6, 1))).values_list("name", flat=True)) == {"甲局", "戊局"}
    project = a_project(city, fields={"unit": units["丁局"]})
    write_note(by=None, project=project, text="有进展", on=date(2022, 6, 3), unit=units["甲局"])
    facts = {unit.name: unit.reports for unit in gather(city, JUNE, DAY).units}
    assert facts == {"甲局": True, "乙局": False, "丙局": True, "丁局": False, "戊局": True}
