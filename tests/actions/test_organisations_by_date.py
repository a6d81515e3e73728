"""Units, posts and groups change by date, with a line in the journal; what the rules refuse leaves everything as it was."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.accounts import a_user
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.journal import sentences
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.organisations import actions
from zhaoyin.ground.organisations.actions import Refused, StaleVersion
from zhaoyin.ground.organisations.closing import still_open
from zhaoyin.ground.organisations.forms import CloseForm
from zhaoyin.ground.organisations.models import Appointment, GroupLead, Official, TeamMember, Unit
from zhaoyin.ground.organisations.queries import holders_of, lead_on
from zhaoyin.record.projects.actions import create_project

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 15)


@pytest.fixture
def city() -> Unit:
    return actions.add_jurisdiction(by=None, name="某市", code="330200")


def a_unit(city: Unit, name: str, above: Unit | None = None) -> Unit:
    return actions.add_unit(by=None, jurisdiction=city, name=name, above=above)


def an_official(city: Unit, name: str = "领导甲") -> Official:
    return actions.add_official(by=None, jurisdiction=city, name=name)


def told(subject: Any) -> list[str]:
    """What the journal says of a record, the newest first."""
    return [sentences.sentence(line) for line in history(subject)]


# ---- units ----
def test_what_changes_is_journalled_before_and_after(city: Unit) -> None:
    unit = a_unit(city, "市发改局")
    actions.edit_unit(by=None, unit=unit, fields={"short_name": "发改", "reports": False})
    actions.edit_unit(by=None, unit=unit, fields={"short_name": "发改"})
    assert told(unit) == ["修改：简称“空”改为“发改”；按月报进展“是”改为“否”", "建立单位，上级“某市”"]
    assert unit.version == 2


def test_the_second_of_two_editors_is_told(city: Unit) -> None:
    unit = a_unit(city, "市发改局")
    seen = unit.version
    actions.edit_unit(by=None, unit=Unit.objects.get(pk=unit.pk), fields={"name": "市发展改革局"}, version=seen)
    with pytest.raises(StaleVersion):
        actions.edit_unit(by=None, unit=unit, fields={"name": "发改委"}, version=seen)
    assert Unit.objects.get(pk=unit.pk).name == "市发展改革局"


def test_a_unit_moves_with_what_is_below_it_and_never_into_a_loop(city: Unit) -> None:
    bureau, park = a_unit(city, "市发改局"), a_unit(city, "某园区")
    section = a_unit(city, "投资科", bureau)
    with pytest.raises(Refused, match="成为一个圈"):
        actions.move_unit(by=None, unit=bureau, above=section)
    actions.move_unit(by=None, unit=bureau, above=park)
    section.refresh_from_db()
    assert Unit.objects.get_parent(section) == bureau
    assert section.path.startswith(Unit.objects.get(pk=park.pk).path)
    assert told(bureau)[0] == "上级由“某市”改为“某园区”"
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_no_unit_moves_to_another_jurisdiction(city: Unit) -> None:
    county = actions.add_jurisdiction(by=None, name="某县", above=city)
    bureau = a_unit(city, "市发改局")
    with pytest.raises(Refused, match="不能移到另一个行政区划"):
        actions.move_unit(by=None, unit=bureau, above=county)


def test_closing_and_merging_keep_the_unit(city: Unit) -> None:
    old, new = a_unit(city, "市经贸局"), a_unit(city, "市经信局")
    actions.close_unit(by=None, unit=old, on=DAY, into=new)
    assert (old.closed_on, old.merged_into) == (DAY, new)
    assert told(old)[0] == "于 2022-07-15 撤销，并入“市经信局”"
    for refused in (
        lambda: actions.close_unit(by=None, unit=old, on=DAY),
        lambda: actions.close_unit(by=None, unit=new, on=DAY, into=old),
        lambda: actions.close_unit(by=None, unit=new, on=DAY, into=new),
        lambda: a_unit(city, "综合科", old),
        lambda: a_unit(city, "市经贸局"),
    ):
        with pytest.raises(Refused):
            refused()
    actions.reopen_unit(by=None, unit=old)
    assert (old.closed_on, old.merged_into) == (None, None)


def test_a_jurisdiction_with_open_units_is_not_closed(city: Unit) -> None:
    bureau = a_unit(city, "市发改局")
    with pytest.raises(Refused, match="还有未撤销的单位：“市发改局”"):
        actions.close_unit(by=None, unit=city, on=DAY)
    actions.close_unit(by=None, unit=bureau, on=DAY)
    actions.close_unit(by=None, unit=city, on=DAY)


def test_a_closing_names_what_is_open_and_goes_on(city: Unit) -> None:
    park = a_unit(city, "某园区")
    create_project(by=None, jurisdiction=city, name="青山项目", known_on=DAY, fields={"unit": park})
    actions.add_appointment(by=None, official=an_official(city), unit=park, post="主要负责人")
    assert set(still_open(park, a_user(None))) == {"1 个现任职务没有离任日", "1 个在推进的项目（青山项目）"}
    actions.close_unit(by=None, unit=park, on=DAY)


@pytest.mark.parametrize("code", ["999999", "33020", "330200"])
def test_a_wrong_code_or_one_that_is_taken_is_refused(city: Unit, code: str) -> None:
    with pytest.raises(Refused, match=code):
        actions.add_jurisdiction(by=None, name="另一市", code=code)
    assert Unit.objects.count() == 1


def test_the_database_keeps_a_merger_dated_and_away_from_itself(city: Unit) -> None:
    one, other = a_unit(city, "市发改局"), a_unit(city, "市经信局")
    for wrong in ({"merged_into": other}, {"merged_into": one, "closed_on": DAY}, {"code": "331082"},
                  {"founded_on": DAY, "closed_on": date(2022, 7, 14)}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.filter(pk=one.pk).update(**wrong)


# ---- posts ----
def test_a_past_month_finds_who_held_the_post_then(city: Unit) -> None:
    bureau = a_unit(city, "市发改局")
    old, new = an_official(city), an_official(city, "领导乙")
    first = actions.add_appointment(
        by=None, official=old, unit=bureau, post="局长", kind="head", since=date(2020, 1, 1)
    )
    actions.end_appointment(by=None, appointment=first, on=date(2022, 5, 31))
    actions.add_appointment(by=None, official=new, unit=bureau, post="局长", kind="head", since=date(2022, 6, 1))
    for day, holder in ((date(2022, 5, 31), old), (date(2022, 6, 1), new)):
        assert list(holders_of(bureau, day, kind="head")) == [holder]
        assert list(holders_of(bureau, day, post="局长")) == [holder]
    assert not holders_of(bureau, date(2019, 12, 31))
    assert told(old)[:2] == ["于 2022-05-31 离任“市发改局”的“局长”", "任“市发改局”的“局长”（2020-01-01 至今）"]


def test_the_same_post_twice_is_refused_by_the_rule_and_by_the_database(city: Unit) -> None:
    bureau, official = a_unit(city, "市发改局"), an_official(city)
    given: dict[str, Any] = {"official": official, "unit": bureau, "post": "局长", "kind": "head"}
    actions.add_appointment(by=None, since=date(2022, 1, 1), **given)
    with pytest.raises(Refused, match="“局长”已在任"):
        actions.add_appointment(by=None, since=date(2022, 3, 1), **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(since=date(2022, 3, 1), **given)
    before = Appointment.objects.create(until=date(2021, 12, 31), **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=before.pk).update(until=date(2022, 1, 1))
    actions.add_appointment(by=None, since=date(2022, 3, 1), **{**given, "kind": "leader"})


def test_dates_in_the_wrong_order_and_foreign_units_are_refused(city: Unit) -> None:
    county = actions.add_jurisdiction(by=None, name="某县", above=city)
    official = an_official(city)
    with pytest.raises(Refused, match="早于任职日"):
        actions.add_appointment(
            by=None, official=official, unit=city, post="市领导", since=DAY, until=date(2022, 7, 14)
        )
    with pytest.raises(Refused, match="不属于"):
        actions.add_appointment(by=None, official=official, unit=county, post="县领导")
    with pytest.raises(Refused, match="已有名为"):
        an_official(city)


@pytest.mark.django_db(transaction=True)
def test_two_who_appoint_in_the_same_moment_make_one_appointment() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time anyhow")
    city = actions.add_jurisdiction(by=None, name="某市")
    official, results = an_official(city), []
    barrier = threading.Barrier(4)

    def appoint() -> None:
        barrier.wait()
        try:
            Appointment.objects.create(official=official, unit=city, post="市领导", kind="leader")
            results.append("made")
        except IntegrityError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=appoint) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["made", "refused", "refused", "refused"]


# ---- groups ----
def test_a_group_is_led_by_one_at_a_time(city: Unit) -> None:
    one, other = an_official(city), an_official(city, "领导乙")
    group = actions.add_group(by=None, jurisdiction=city, number=1, name="第1招商组", lead=one, since=date(2022, 1, 1))
    actions.set_group_lead(by=None, group=group, official=other, since=date(2022, 6, 1))
    assert (lead_on(group, date(2022, 5, 31)), lead_on(group, date(2022, 6, 1))) == (one, other)
    with pytest.raises(Refused, match="重叠"):
        actions.add_group_lead(by=None, group=group, official=one, since=date(2022, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupLead.objects.create(group=group, official=one)
    with pytest.raises(Refused, match="已有第 1 组"):
        actions.add_group(by=None, jurisdiction=city, number=1, name="又一组")


def test_a_leading_group_has_seats_by_date(city: Unit) -> None:
    official = an_official(city)
    group = actions.add_leading_group(by=None, jurisdiction=city, name="领导小组", office=a_unit(city, "市投促中心"))
    member = actions.give_seat(by=None, group=group, official=official, seat="lead", since=date(2022, 1, 1))
    with pytest.raises(Refused, match="已是组长"):
        actions.give_seat(by=None, group=group, official=official)
    actions.give_seat(by=None, group=group, official=official, in_office=True)
    actions.end_seat(by=None, member=member, on=DAY)
    assert told(group)[0] == "“领导甲”于 2022-07-15 离任组长"


def test_a_team_says_who_came_and_went(city: Unit) -> None:
    one, two, leader = (an_official(city, name) for name in ("专员甲", "专员乙", "领导甲"))
    team = actions.add_team(by=None, jurisdiction=city, name="新材料专班", people={"commissioner": [one]})
    later = {"commissioner": [two], "leader": [leader]}
    with pytest.raises(Refused, match="请填写人员变动的日期"):
        actions.edit_team(by=None, team=team, fields={}, people=later)
    assert actions.edit_team(by=None, team=team, fields={"fund": "子基金"}, people=later, since=DAY, version=1)
    assert told(team)[:2] == [
        "自 2022-07-15 起，市领导“空”改为“领导甲”；招商专员“专员甲”改为“专员乙”",
        "修改：基金“空”改为“子基金”",
    ]
    assert [(str(row), row.seat, row.since, row.until) for row in team.members.order_by("pk")] == [
        ("专员甲", "commissioner", None, date(2022, 7, 14)),
        ("专员乙", "commissioner", DAY, None),
        ("领导甲", "leader", DAY, None),
    ]
    assert not actions.edit_team(by=None, team=team, fields={"fund": "子基金"}, people=later, since=date(2022, 8, 1))
    with pytest.raises(StaleVersion):
        actions.edit_team(by=None, team=team, fields={"fund": "另一基金"}, version=1)


def test_whoever_was_to_come_on_the_day_of_leaving_never_sat(city: Unit) -> None:
    team = actions.add_team(by=None, jurisdiction=city, name="新材料专班")
    one, two = an_official(city, "领导甲"), an_official(city, "领导乙")
    for official in (one, two):
        actions.edit_team(by=None, team=team, fields={}, people={"leader": [official]}, since=DAY)
    assert [str(row) for row in team.members.all()] == ["领导乙"]
    assert team.version == 3


def test_one_city_leader_sits_in_a_team_at_a_time(city: Unit) -> None:
    team = actions.add_team(by=None, jurisdiction=city, name="新材料专班")
    one, two, elsewhere = (
        an_official(city, "领导甲"),
        an_official(city, "领导乙"),
        actions.add_jurisdiction(by=None, name="别市"),
    )
    first = actions.seat_member(by=None, team=team, official=one, seat="leader", since=date(2022, 1, 1), until=DAY)
    with pytest.raises(Refused, match="“领导甲”已是新材料专班的市领导（2022-01-01 至 2022-07-15），市领导一时只有一位"):
        actions.seat_member(by=None, team=team, official=two, seat="leader", since=DAY)
    with pytest.raises(Refused, match="早于任职日"):
        actions.seat_member(by=None, team=team, official=two, seat="leader", since=DAY, until=date(2022, 7, 14))
    with pytest.raises(Refused, match="不是“某市”的干部"):
        actions.seat_member(by=None, team=team, official=an_official(elsewhere, "领导丙"), seat="leader")
    actions.seat_member(by=None, team=team, official=two, seat="leader", since=date(2022, 7, 16))
    with pytest.raises(Refused, match="已于 2022-07-15 离任"):
        actions.end_member(by=None, member=first, on=DAY)
    # The database refuses it too, where two write in the same moment.
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.create(team=team, official=one, seat="leader")
    for name in ("专员甲", "专员乙"):
        actions.seat_member(by=None, team=team, official=an_official(city, name), seat="commissioner")


# ---- who may ----
def test_a_unit_is_merged_only_into_one_that_the_person_keeps(city: Unit) -> None:
    county = actions.add_jurisdiction(by=None, name="某县", above=city)
    other = actions.add_jurisdiction(by=None, name="邻县", above=city)
    with pytest.raises(Forbidden):
        actions.close_unit(by=a_user(county), unit=county, on=DAY, into=other)
    assert not CloseForm(by=a_user(county), unit=county).fields["into"].queryset.exists(), "no other place is named"
    assert other in CloseForm(by=a_user(city), unit=county).fields["into"].queryset


def test_only_who_keeps_the_place_changes_it(city: Unit) -> None:
    other = actions.add_jurisdiction(by=None, name="另一市")
    bureau = a_unit(city, "市发改局")
    for by in (a_user(other), a_user(bureau, "head"), a_user(city, "supervisor")):
        for act in (
            lambda by=by: actions.add_jurisdiction(by=by, name="新市"),
            lambda by=by: actions.add_unit(by=by, jurisdiction=city, name="新局"),
            lambda by=by: actions.edit_unit(by=by, unit=bureau, fields={"name": "改"}),
            lambda by=by: actions.close_unit(by=by, unit=bureau, on=DAY),
            lambda by=by: actions.add_officials(by=by, jurisdiction=city, names=["甲"]),
            lambda by=by: actions.add_group(by=by, jurisdiction=city, number=1, name="组"),
        ):
            with pytest.raises(Forbidden):
                act()
    actions.add_unit(by=a_user(city), jurisdiction=city, name="新局")
    with pytest.raises(Forbidden):
        actions.add_jurisdiction(by=a_user(city), name="又一市")
