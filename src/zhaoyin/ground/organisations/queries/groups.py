"""Investment groups with their leads, special teams with their verdict, leading groups with their seats."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from zhaoyin.kernel.verdict import Verdict

from ..models import (
    GroupLead,
    InvestmentGroup,
    LeadingGroup,
    LeadingMember,
    Official,
    Seat,
    SpecialTeam,
    TeamMember,
    TeamSeat,
)
from ..rules import Composition, Member, composition, on_day
from .posts import held_on, kinds_held

SEATS = list(Seat.values)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A special team on a day: who sits in it, and whether it is composed as the plan says."""

    team: SpecialTeam
    seats: dict[str, list[Official]]  # seat (a `TeamSeat` value) → who sat there
    former: list[TeamMember]  # who sat there on other days
    verdict: Verdict


def lead_on(group: InvestmentGroup, on: date) -> Official | None:
    """Who led the group on the day."""
    row = group.leads.filter(held_on(on)).select_related("official").order_by("-since").first()
    return row.official if row else None


def groups_on(rows: QuerySet[InvestmentGroup], on: date) -> list[InvestmentGroup]:
    """Groups with `lead_then` (a GroupLead or None) and `terms`, all leads with the newest first; two queries."""
    leads = GroupLead.objects.select_related("official").order_by("-since", "-pk")
    groups = list(
        rows.select_related("jurisdiction")
        .prefetch_related(Prefetch("leads", leads))
        .order_by("jurisdiction__path", "number")
    )
    for group in groups:
        terms = list(group.leads.all())
        group.terms = terms  # type: ignore[attr-defined]
        group.lead_then = next((one for one in terms if on_day(one, on)), None)  # type: ignore[attr-defined]
    return groups


def team_rows(rows: QuerySet[SpecialTeam], on: date) -> list[TeamRow]:
    """Teams, each judged as of the day; three queries however many teams there are."""
    members = TeamMember.objects.select_related("official").order_by("pk")
    teams = list(
        rows.select_related("jurisdiction")
        .prefetch_related(Prefetch("members", members))
        .order_by("jurisdiction__path", "pk")
    )
    then = {team.pk: [one for one in team.members.all() if on_day(one, on)] for team in teams}
    kinds = kinds_held({one.official_id for sitting in then.values() for one in sitting}, on)
    made = []
    for team in teams:
        seats: dict[str, list[Official]] = {
            seat: [one.official for one in then[team.pk] if one.seat == seat] for seat in TeamSeat.values
        }
        leaders, sections, commissioners = (
            tuple(Member(one.name, kinds.get(one.pk, frozenset())) for one in seats[seat]) for seat in TeamSeat.values
        )
        verdict = composition(
            Composition(
                leaders, sections, (team.fund,) if team.fund else (), (team.base,) if team.base else (), commissioners
            )
        )
        former = [one for one in team.members.all() if one not in then[team.pk]]
        made.append(TeamRow(team, seats, former, verdict))
    return made


def seats_now(team: SpecialTeam) -> dict[str, Any]:
    """Who sits in a team without an end, as its form starts: an official or None for each single seat, the commissioners'
    names in one line."""
    rows = list(team.members.filter(until__isnull=True).select_related("official").order_by("pk"))
    seats: dict[str, Any] = {
        seat: next((row.official for row in rows if row.seat == seat), None)
        for seat in (TeamSeat.LEADER.value, TeamSeat.SECTION.value)
    }
    names = sorted(row.official.name for row in rows if row.seat == TeamSeat.COMMISSIONER)
    return seats | {TeamSeat.COMMISSIONER.value: "、".join(names)}


def leading_on(rows: QuerySet[LeadingGroup], on: date) -> list[LeadingGroup]:
    """Leading groups with `seats` (those held on the day), `office_seats` and `former`; two queries."""
    members = LeadingMember.objects.select_related("official").order_by("pk")
    groups = list(
        rows.select_related("jurisdiction", "office")
        .prefetch_related(Prefetch("members", members))
        .order_by("jurisdiction__path", "pk")
    )
    for group in groups:
        everybody = sorted(group.members.all(), key=lambda one: SEATS.index(one.seat))
        then = [one for one in everybody if on_day(one, on)]
        group.seats = [one for one in then if not one.in_office]  # type: ignore[attr-defined]
        group.office_seats = [one for one in then if one.in_office]  # type: ignore[attr-defined]
        group.former = [one for one in everybody if one not in then]  # type: ignore[attr-defined]
    return groups


def still(on: date) -> Q:
    """The groups and teams that were not closed on the day."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)
