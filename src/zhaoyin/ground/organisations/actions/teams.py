"""Special teams and who sits in them, from which day to which."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from ..models import Official, SpecialTeam, TeamMember, TeamSeat, Unit
from ..rules import order_fault, overlap, span_words
from .changing import Refused, allow, fresh, locked, named, plain, set_fields, unique
from .groups import ended, kept, of_place, told

FIELDS = frozenset({"name", "fund", "base", "closed_on"})
# Seat (a `TeamSeat` value) → who sits there.
People = Mapping[str, Sequence[Official]]


@transaction.atomic
def add_team(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    name: str,
    fund: str = "",
    base: str = "",
    people: People | None = None,
    since: date | None = None,
) -> SpecialTeam:
    """Make a special team (专班) with its `people` from the day `since` (None: unknown).

    Whether its composition is complete is judged by `rules.composition`, not here: teams fill up over weeks. Raises Refused,
    Forbidden.
    """
    allow(by, jurisdiction)
    with unique(f"“{jurisdiction.name}”已有名为“{name}”的专班。"):
        team = SpecialTeam.objects.create(jurisdiction=jurisdiction, name=named(name, "名称"), fund=fund, base=base)
    told(by, team, "organisations.team_added", {"fund": fund, "base": base})
    if people:
        _set_members(by, team, people, since)
    return team


@transaction.atomic
def edit_team(
    *,
    by: models.Model | None,
    team: SpecialTeam,
    fields: Mapping[str, Any],
    people: People | None = None,
    since: date | None = None,
    version: int | None = None,
) -> bool:
    """Change a team (`FIELDS`) and, where given, let `people` sit in it from the day `since` on, instead of who sits there now.

    Whoever is not named any more leaves the day before; whoever was to begin on that day or later never sat. Returns whether
    anything changed. Raises StaleVersion, Forbidden; Refused where somebody leaves and no day is given.
    """
    allow(by, team.jurisdiction)
    stored = fresh(team, version)
    changed = bool(kept(by, team, stored, set_fields(stored, fields, FIELDS), "organisations.team_edited"))
    if people is not None and _set_members(by, stored, people, since):
        if not changed:
            stored.version += 1
            stored.save(update_fields=["version"])
            team.refresh_from_db()
        return True
    return changed


@transaction.atomic
def seat_member(
    *,
    by: models.Model | None,
    team: SpecialTeam,
    official: Official,
    seat: str,
    since: date | None = None,
    until: date | None = None,
) -> TeamMember:
    """Record who sat in a team, and as what, from one day to another (None: unknown, or to this day).

    Raises Refused where the official sits there on one of these days, or somebody else does whose seat only one can have.
    """
    allow(by, team.jurisdiction)
    member = _seated(locked(team), official, seat, since, until)
    detail = {"official": official.name, "seat": seat, "since": plain(since), "until": plain(until)}
    told(by, team, "organisations.team_seated", detail)
    return member


@transaction.atomic
def end_member(*, by: models.Model | None, member: TeamMember, on: date) -> None:
    """Record the last day of somebody's seat in a team. Raises Refused for a seat that has ended, or had not begun."""
    allow(by, member.team.jurisdiction)
    stored = ended(member, on)
    detail = {"official": stored.official.name, "seat": stored.seat, "until": [None, on.isoformat()]}
    told(by, stored.team, "organisations.team_left", detail)


def _set_members(by: models.Model | None, team: SpecialTeam, people: People, since: date | None) -> bool:
    """Let just these people sit in the team from the day on; returns whether that changed anything."""
    present = list(team.members.filter(until__isnull=True).select_related("official").order_by("pk"))
    changes: dict[str, list[list[str]]] = {}
    coming: list[tuple[str, Official]] = []
    for seat, wanted in people.items():
        here = [row for row in present if row.seat == seat]
        leaving = [row for row in here if row.official not in wanted]
        new = [one for one in dict.fromkeys(wanted) if one not in [row.official for row in here]]
        if leaving or new:
            changes[seat] = [[row.official.name for row in here], [one.name for one in dict.fromkeys(wanted)]]
        coming += [(seat, one) for one in new]
        for row in leaving:
            _leave(row, since)
    for seat, one in coming:
        _seated(team, one, seat, since, None)
    if changes:
        told(by, team, "organisations.team_members_set", {**changes, "since": plain(since)})
    return bool(changes)


def _leave(row: TeamMember, since: date | None) -> None:
    if since is None:
        raise Refused(f"“{row.official.name}”不再任{row.get_seat_display()}，请填写人员变动的日期。")
    if row.since is not None and row.since >= since:
        row.delete()
        return
    row.until = since - timedelta(days=1)
    row.save()


def _seated(team: SpecialTeam, official: Official, seat: str, since: date | None, until: date | None) -> TeamMember:
    of_place(team.jurisdiction, [official])
    member = TeamMember(team=team, official=official, seat=seat, since=since, until=until)
    if fault := order_fault(member):
        raise Refused(fault)
    alone = seat != TeamSeat.COMMISSIONER
    for other in team.members.filter(seat=seat).select_related("official"):
        if overlap(other, member) and (alone or other.official_id == official.pk):
            what = f"{other.get_seat_display()}一时只有一位" if alone else "不必再登记"
            raise Refused(
                f"“{other.official.name}”已是{team.name}的{other.get_seat_display()}（{span_words(other)}），{what}。"
            )
    member.save()
    return member
