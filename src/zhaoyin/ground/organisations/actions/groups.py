"""Investment groups, special teams, the leading group."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from ..models import GroupLead, InvestmentGroup, LeadingGroup, LeadingMember, Official, Seat, SpecialTeam, Unit
from .changing import Refused, allow, fresh, locked, named, plain, set_fields, unique

TEAM_FIELDS = frozenset({"name", "city_leader", "section_official", "fund", "base", "closed_on"})
Group = InvestmentGroup | SpecialTeam | LeadingGroup


@transaction.atomic
def add_group(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    number: int,
    name: str,
    lead: Official | None = None,
    since: date | None = None,
) -> InvestmentGroup:
    """Make an investment group (专业招商组), led by `lead` from the day `since` (None: unknown)."""
    allow(by, jurisdiction)
    with unique(f"“{jurisdiction.name}”已有第 {number} 组。"):
        group = InvestmentGroup.objects.create(jurisdiction=jurisdiction, number=number, name=named(name, "名称"))
    _told(by, group, "organisations.group_added", {"number": number})
    if lead is not None:
        set_group_lead(by=by, group=group, official=lead, since=since)
    return group


@transaction.atomic
def edit_group(
    *, by: models.Model | None, group: InvestmentGroup, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Change number, name or closing day. Returns {field: [before, after]} of what changed."""
    return _edited(by, group, fields, ("number", "name", "closed_on"), version, "organisations.group_edited")


@transaction.atomic
def set_group_lead(
    *, by: models.Model | None, group: InvestmentGroup, official: Official | None, since: date | None
) -> None:
    """Let `official` lead the group from the day `since`; whoever led it leaves the day before. None: nobody leads it."""
    allow(by, group.jurisdiction)
    stored = locked(group)
    now = stored.leads.filter(until__isnull=True).select_related("official").first()
    if now is not None:
        if official is not None and now.official_id == official.pk:
            raise Refused(f"“{official.name}”已是{stored.name}的牵头领导。")
        if since is None or (now.since is not None and since <= now.since):
            start = f" {now.since}" if now.since else ""
            raise Refused(f"请填写接任日，并晚于“{now.official.name}”的接任日{start}。")
        end_group_lead(by=by, lead=now, on=since - timedelta(days=1))
    elif official is None:
        raise Refused(f"{stored.name}现在没有牵头领导。")
    if official is not None:
        add_group_lead(by=by, group=stored, official=official, since=since)


@transaction.atomic
def add_group_lead(
    *,
    by: models.Model | None,
    group: InvestmentGroup,
    official: Official,
    since: date | None = None,
    until: date | None = None,
) -> GroupLead:
    """Record who led a group from one day to another. Refused where somebody else led it on one of these days."""
    allow(by, group.jurisdiction)
    stored = locked(group)
    _of_place(stored.jurisdiction, [official])
    if since and until and until < since:
        raise Refused(f"离任日 {until} 早于接任日 {since}。")
    for other in stored.leads.select_related("official"):
        if _meet(other.since, other.until, since, until):
            term = f"{other.since or '接任日不详'} 至 {other.until or '今'}"
            raise Refused(
                f"“{other.official.name}”牵头{stored.name}（{term}），与所填的日期重叠：一个组一时只有一位牵头领导。"
            )
    lead = GroupLead.objects.create(group=stored, official=official, since=since, until=until)
    detail = {"lead": official.name, "since": plain(since), "until": plain(until)}
    _told(by, stored, "organisations.group_lead_set", detail)
    return lead


@transaction.atomic
def end_group_lead(*, by: models.Model | None, lead: GroupLead, on: date) -> None:
    """Record the last day on which somebody led a group."""
    allow(by, lead.group.jurisdiction)
    locked(lead.group)
    stored = locked(lead)
    if stored.until is not None:
        raise Refused(f"“{stored.official.name}”已于 {stored.until} 不再牵头{stored.group.name}。")
    if stored.since is not None and on < stored.since:
        raise Refused(f"离任日 {on} 早于接任日 {stored.since}。")
    stored.until = on
    stored.save()
    detail = {"lead": stored.official.name, "until": [None, on.isoformat()]}
    _told(by, stored.group, "organisations.group_lead_ended", detail)
    lead.refresh_from_db()


@transaction.atomic
def close_group(*, by: models.Model | None, group: Group, on: date) -> None:
    """Close a group or team from the day `on`; it stays, for the months before."""
    allow(by, group.jurisdiction)
    stored = locked(group)
    if stored.closed_on is not None:
        raise Refused(f"“{stored.name}”已于 {stored.closed_on} 撤销。")
    set_fields(stored, {"closed_on": on}, ("closed_on",))
    stored.save()
    _told(by, stored, "organisations.group_closed", {"closed_on": [None, on.isoformat()]})
    group.refresh_from_db()


@transaction.atomic
def add_team(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    name: str,
    city_leader: Official | None = None,
    section_official: Official | None = None,
    fund: str = "",
    base: str = "",
    commissioners: Iterable[Official] = (),
) -> SpecialTeam:
    """Make a special team (专班); whether its composition is complete is judged by `rules.composition`, not here."""
    allow(by, jurisdiction)
    people = list(dict.fromkeys(commissioners))
    _of_place(jurisdiction, [city_leader, section_official, *people])
    with unique(f"“{jurisdiction.name}”已有名为“{name}”的专班。"):
        team = SpecialTeam.objects.create(
            jurisdiction=jurisdiction, name=named(name, "名称"), city_leader=city_leader, section_official=section_official,
            fund=fund, base=base,
        )  # fmt: skip
    team.commissioners.set(people)
    detail = {
        "city_leader": plain(city_leader), "section_official": plain(section_official), "fund": fund, "base": base,
        "commissioners": [one.name for one in people],
    }  # fmt: skip
    _told(by, team, "organisations.team_added", detail)
    return team


@transaction.atomic
def edit_team(
    *,
    by: models.Model | None,
    team: SpecialTeam,
    fields: Mapping[str, Any],
    commissioners: Iterable[Official] | None = None,
    version: int | None = None,
) -> dict[str, list[Any]]:
    """Change a team (`TEAM_FIELDS`) and, if given, its commissioners. Returns {field: [before, after]} of what changed."""
    allow(by, team.jurisdiction)
    stored = fresh(team, version)
    people = None if commissioners is None else list(dict.fromkeys(commissioners))
    _of_place(stored.jurisdiction, [fields.get("city_leader"), fields.get("section_official"), *(people or [])])
    changes = set_fields(stored, fields, TEAM_FIELDS)
    before = list(stored.commissioners.order_by("pk"))
    if people is not None and {one.pk for one in before} != {one.pk for one in people}:
        changes["commissioners"] = [[one.name for one in before], [one.name for one in people]]
        stored.commissioners.set(people)
        if len(changes) == 1:
            stored.version += 1
    return _kept(by, team, stored, changes, "organisations.team_edited")


@transaction.atomic
def add_leading_group(
    *, by: models.Model | None, jurisdiction: Unit, name: str, office: Unit | None = None
) -> LeadingGroup:
    """Make a leading group (领导小组); its office is set in the unit `office`."""
    allow(by, jurisdiction)
    _in_place(jurisdiction, office)
    with unique(f"“{jurisdiction.name}”已有名为“{name}”的领导小组。"):
        group = LeadingGroup.objects.create(jurisdiction=jurisdiction, name=named(name, "名称"), office=office)
    _told(by, group, "organisations.leading_group_added", {"office": plain(office)})
    return group


@transaction.atomic
def edit_leading_group(
    *, by: models.Model | None, group: LeadingGroup, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Change name, office or closing day. Returns {field: [before, after]} of what changed."""
    _in_place(group.jurisdiction, fields.get("office"))
    return _edited(by, group, fields, ("name", "office", "closed_on"), version, "organisations.leading_group_edited")


@transaction.atomic
def give_seat(
    *,
    by: models.Model | None,
    group: LeadingGroup,
    official: Official,
    seat: str = Seat.MEMBER,
    in_office: bool = False,
    since: date | None = None,
    until: date | None = None,
) -> LeadingMember:
    """Give an official a seat in a leading group or in its office. Refused where a seat of the same place overlaps."""
    allow(by, group.jurisdiction)
    stored = locked(group)
    _of_place(stored.jurisdiction, [official])
    if since and until and until < since:
        raise Refused(f"离任日 {until} 早于任职日 {since}。")
    for other in stored.members.filter(official=official, in_office=in_office):
        if _meet(other.since, other.until, since, until):
            raise Refused(f"“{official.name}”已是{other.get_seat_display()}，请先填写离任日。")
    member = LeadingMember.objects.create(
        group=stored, official=official, seat=seat, in_office=in_office, since=since, until=until
    )
    detail = {"official": official.name, "seat": seat, "in_office": in_office, "since": plain(since)}
    _told(by, stored, "organisations.seat_given", detail)
    return member


@transaction.atomic
def end_seat(*, by: models.Model | None, member: LeadingMember, on: date) -> None:
    """Record the last day of somebody's seat."""
    allow(by, member.group.jurisdiction)
    stored = locked(member)
    if stored.until is not None:
        raise Refused(f"“{stored.official.name}”已于 {stored.until} 离任。")
    if stored.since is not None and on < stored.since:
        raise Refused(f"离任日 {on} 早于任职日 {stored.since}。")
    stored.until = on
    stored.save()
    detail = {"official": stored.official.name, "seat": stored.seat, "until": [None, on.isoformat()]}
    _told(by, stored.group, "organisations.seat_ended", detail)
    member.refresh_from_db()


def _edited(
    by: models.Model | None,
    group: Group,
    fields: Mapping[str, Any],
    allowed: Iterable[str],
    version: int | None,
    act: str,
) -> dict[str, list[Any]]:
    allow(by, group.jurisdiction)
    stored = fresh(group, version)
    return _kept(by, group, stored, set_fields(stored, fields, allowed), act)


def _kept(
    by: models.Model | None, group: Group, stored: Group, changes: dict[str, list[Any]], act: str
) -> dict[str, list[Any]]:
    if changes:
        stored.name = named(stored.name, "名称")
        with unique(f"“{stored.jurisdiction.name}”已有同号或同名的“{stored.name}”。"):
            stored.save()
        _told(by, stored, act, changes)
        group.refresh_from_db()
    return changes


def _of_place(jurisdiction: Unit, people: Iterable[Official | None]) -> None:
    for official in people:
        if official is not None and official.jurisdiction_id != jurisdiction.pk:
            raise Refused(f"“{official.name}”不是“{jurisdiction.name}”的干部。")


def _in_place(jurisdiction: Unit, office: Unit | None) -> None:
    if office is not None and office.jurisdiction_id != jurisdiction.pk:
        raise Refused(f"“{office.name}”不是“{jurisdiction.name}”的单位。")


def _meet(start: date | None, end: date | None, since: date | None, until: date | None) -> bool:
    return (start is None or until is None or start <= until) and (since is None or end is None or since <= end)


def _told(by: models.Model | None, group: Group, act: str, detail: dict[str, Any]) -> None:
    journal.record(by=by, act=act, subject=group, jurisdiction_id=group.jurisdiction_id, detail=detail)
