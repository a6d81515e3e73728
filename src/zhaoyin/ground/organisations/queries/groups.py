"""Investment groups with their leads, special teams with their verdict, leading groups with their seats."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from zhaoyin.kernel.verdict import Verdict

from ..models import GroupLead, InvestmentGroup, LeadingGroup, LeadingMember, Official, Seat, SpecialTeam
from ..rules import Composition, Member, composition
from .posts import held_on, kinds_held

SEATS = list(Seat.values)


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A special team on a day: who sits in it, and whether it is composed as the plan says."""

    team: SpecialTeam
    commissioners: list[Official]
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
        group.lead_then = next((one for one in terms if _was(one, on)), None)  # type: ignore[attr-defined]
    return groups


def team_rows(rows: QuerySet[SpecialTeam], on: date) -> list[TeamRow]:
    """Teams, each judged as of the day; three queries however many teams there are."""
    teams = list(
        rows.select_related("jurisdiction", "city_leader", "section_official")
        .prefetch_related(Prefetch("commissioners", Official.objects.order_by("pk")))
        .order_by("jurisdiction__path", "pk")
    )
    people = {
        one
        for team in teams
        for one in (team.city_leader_id, team.section_official_id, *(row.pk for row in team.commissioners.all()))
        if one
    }
    kinds = kinds_held(people, on)

    def members(*officials: Official | None) -> tuple[Member, ...]:
        return tuple(Member(one.name, kinds.get(one.pk, frozenset())) for one in officials if one is not None)

    made = []
    for team in teams:
        commissioners = list(team.commissioners.all())
        seats = Composition(
            members(team.city_leader), members(team.section_official), (team.fund,) if team.fund else (),
            (team.base,) if team.base else (), members(*commissioners),
        )  # fmt: skip
        made.append(TeamRow(team, commissioners, composition(seats)))
    return made


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
        then = [one for one in everybody if _was(one, on)]
        group.seats = [one for one in then if not one.in_office]  # type: ignore[attr-defined]
        group.office_seats = [one for one in then if one.in_office]  # type: ignore[attr-defined]
        group.former = [one for one in everybody if one not in then]  # type: ignore[attr-defined]
    return groups


def still(on: date) -> Q:
    """The groups and teams that were not closed on the day."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)


def _was(term: GroupLead | LeadingMember, on: date) -> bool:
    return (term.since is None or term.since <= on) and (term.until is None or on <= term.until)
