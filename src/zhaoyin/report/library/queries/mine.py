"""Which projects are somebody's own: those to work on, and those the person keeps an eye on."""

from datetime import date
from typing import Any

from zhaoyin.ground.access.queries import holding_of
from zhaoyin.ground.organisations.models import SpecialTeam, TeamMember, Unit, UnitKind
from zhaoyin.ground.organisations.queries import held_on, still
from zhaoyin.record.projects.models import ContactLeader, Project
from zhaoyin.record.projects.queries import Sight

NOTHING = Sight(None, None, None)


def own_of(user: Any, as_of: date) -> Sight:
    """The projects that the person works on: led by the person's unit or one below it, led by the person, or of a special
    team in which the person sits on the day. Whoever works in a jurisdiction's own office works on all of its projects.
    """
    holding = holding_of(user)
    here = Unit.objects.filter(pk=holding.unit).first() if holding.unit else None
    if here is not None and here.kind == UnitKind.JURISDICTION:
        return Sight((here.pk,), None, None)
    units = tuple(Unit.objects.filter(path__startswith=here.path).values_list("pk", flat=True)) if here else ()
    tied: tuple[int, ...] = ()
    if holding.official:
        led = ContactLeader.objects.filter(official=holding.official).order_by().values_list("project_id")
        member = TeamMember.objects.filter(held_on(as_of), official=holding.official).values("team_id")
        teams = SpecialTeam.objects.filter(still(as_of), pk__in=member)
        worked = Project.objects.filter(team_id__in=teams.values("pk")).order_by().values_list("pk")
        tied = tuple(number for (number,) in led.union(worked))
    return Sight(None, units or None, tied or None)
