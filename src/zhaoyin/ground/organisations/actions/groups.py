"""Investment groups and the leading group, who leads and sits in them; and what special teams share with them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from ..models import GroupLead, InvestmentGroup, LeadingGroup, LeadingMember, Official, Seat, SpecialTeam, Unit
from ..rules import order_fault, overlap, span_words
from .changing import Refused, allow, fresh, locked, named, plain, set_fields, unique

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
    told(by, group, "organisations.group_added", {"number": number})
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
    of_place(stored.jurisdiction, [official])
    lead = GroupLead(group=stored, official=official, since=since, until=until)
    if fault := order_fault(lead):
        raise Refused(fault)
    for other in stored.leads.select_related("official"):
        if overlap(other, lead):
            raise Refused(
                f"“{other.official.name}”牵头{stored.name}（{span_words(other)}），与所填的日期重叠：一个组一时只有一位牵头领导。"
            )
    lead.save()
    detail = {"lead": official.name, "since": plain(since), "until": plain(until)}
    told(by, stored, "organisations.group_lead_set", detail)
    return lead


@transaction.atomic
def end_group_lead(*, by: models.Model | None, lead: GroupLead, on: date) -> None:
    """Record the last day on which somebody led a group."""
    allow(by, lead.group.jurisdiction)
    locked(lead.group)
    stored = ended(lead, on)
    detail = {"lead": stored.official.name, "until": [None, on.isoformat()]}
    told(by, stored.group, "organisations.group_lead_ended", detail)


@transaction.atomic
def close_group(*, by: models.Model | None, group: Group, on: date) -> None:
    """Close a group or team from the day `on`; it stays, for the months before."""
    allow(by, group.jurisdiction)
    stored = locked(group)
    if stored.closed_on is not None:
        raise Refused(f"“{stored.name}”已于 {stored.closed_on} 撤销。")
    set_fields(stored, {"closed_on": on}, ("closed_on",))
    stored.save()
    told(by, stored, "organisations.group_closed", {"closed_on": [None, on.isoformat()]})
    group.refresh_from_db()


@transaction.atomic
def add_leading_group(
    *, by: models.Model | None, jurisdiction: Unit, name: str, office: Unit | None = None
) -> LeadingGroup:
    """Make a leading group (领导小组); its office is set in the unit `office`."""
    allow(by, jurisdiction)
    _in_place(jurisdiction, office)
    with unique(f"“{jurisdiction.name}”已有名为“{name}”的领导小组。"):
        group = LeadingGroup.objects.create(jurisdiction=jurisdiction, name=named(name, "名称"), office=office)
    told(by, group, "organisations.leading_group_added", {"office": plain(office)})
    return group


@transaction.atomic
def edit_leading_group(
    *, by: models.Model | None, group: LeadingGroup, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Change name, office or closing day. Returns {field: [before, after]} of what changed."""
    allow(by, group.jurisdiction)
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
    of_place(stored.jurisdiction, [official])
    member = LeadingMember(group=stored, official=official, seat=seat, in_office=in_office, since=since, until=until)
    if fault := order_fault(member):
        raise Refused(fault)
    for other in stored.members.filter(official=official, in_office=in_office):
        if overlap(other, member):
            raise Refused(f"“{official.name}”已是{other.get_seat_display()}，请先填写离任日。")
    member.save()
    detail = {"official": official.name, "seat": seat, "in_office": in_office, "since": plain(since)}
    told(by, stored, "organisations.seat_given", detail)
    return member


@transaction.atomic
def end_seat(*, by: models.Model | None, member: LeadingMember, on: date) -> None:
    """Record the last day of somebody's seat."""
    allow(by, member.group.jurisdiction)
    stored = ended(member, on)
    detail = {"official": stored.official.name, "seat": stored.seat, "until": [None, on.isoformat()]}
    told(by, stored.group, "organisations.seat_ended", detail)


def ended(row: Any, on: date) -> Any:
    """A lead or a seat (`row`, which is held and brought up to date) with its last day; Refused where it has one, or the day
    lies before the first."""
    stored = locked(row)
    if stored.until is not None:
        raise Refused(f"“{stored.official.name}”已于 {stored.until} 离任。")
    stored.until = on
    if fault := order_fault(stored):
        raise Refused(fault)
    stored.save()
    row.refresh_from_db()
    return stored


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
    return kept(by, group, stored, set_fields(stored, fields, allowed), act)


def kept(
    by: models.Model | None, group: Group, stored: Group, changes: dict[str, list[Any]], act: str
) -> dict[str, list[Any]]:
    """Save what changed of a group or team, and journal it as `act`. Returns the changes."""
    if changes:
        stored.name = named(stored.name, "名称")
        with unique(f"“{stored.jurisdiction.name}”已有同号或同名的“{stored.name}”。"):
            stored.save()
        told(by, stored, act, changes)
        group.refresh_from_db()
    return changes


def of_place(jurisdiction: Unit, people: Iterable[Official | None]) -> None:
    """Raise Refused for somebody who is no official of the jurisdiction."""
    for official in people:
        if official is not None and official.jurisdiction_id != jurisdiction.pk:
            raise Refused(f"“{official.name}”不是“{jurisdiction.name}”的干部。")


def _in_place(jurisdiction: Unit, office: Unit | None) -> None:
    if office is not None and office.jurisdiction_id != jurisdiction.pk:
        raise Refused(f"“{office.name}”不是“{jurisdiction.name}”的单位。")


def told(by: models.Model | None, group: Group, act: str, detail: dict[str, Any]) -> None:
    """Write a line about a group or team."""
    journal.record(by=by, act=act, subject=group, jurisdiction_id=group.jurisdiction_id, detail=detail)
