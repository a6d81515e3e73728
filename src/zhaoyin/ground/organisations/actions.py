"""Making jurisdictions, units, officials, groups and teams."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from .models import Appointment, InvestmentGroup, Official, SpecialTeam, Unit, UnitKind
from .rules import kind_of


@transaction.atomic
def add_jurisdiction(
    *,
    by: models.Model | None,
    name: str,
    code: str = "",
    above: Unit | None = None,
    demo: bool = False,
    opens_on: date | None = None,
) -> Unit:
    """Make a jurisdiction at the top of the tree, or below `above`."""
    fields: dict[str, Any] = {
        "kind": UnitKind.JURISDICTION, "name": name, "code": code, "demo": demo, "opens_on": opens_on,
    }  # fmt: skip
    unit = _place(Unit(**fields), above)
    journal.record(by=by, act="organisations.jurisdiction_added", subject=unit, jurisdiction_id=unit.pk)
    return unit


@transaction.atomic
def add_unit(
    *,
    by: models.Model | None,
    jurisdiction: Unit,
    name: str,
    kind: str | None = None,
    short_name: str = "",
    reports: bool = True,
    above: Unit | None = None,
) -> Unit:
    """Make a unit in `jurisdiction`, below `above` (a unit of it) or at its first level.

    Without `kind` the name decides. `reports` says whether the unit owes a monthly report of progress.
    """
    unit = _place(
        Unit(kind=kind or kind_of(name), name=name, short_name=short_name, jurisdiction=jurisdiction, reports=reports),
        above or jurisdiction,
    )
    journal.record(by=by, act="organisations.unit_added", subject=unit, jurisdiction_id=jurisdiction.pk)
    return unit


@transaction.atomic
def add_officials(*, by: models.Model | None, jurisdiction: Unit, names: Iterable[str]) -> list[Official]:
    """Make officials known by name in `jurisdiction`, in the order given."""
    officials = Official.objects.bulk_create(Official(jurisdiction=jurisdiction, name=name) for name in names)
    journal.record_many(by=by, act="organisations.official_added", subjects=officials, jurisdiction_id=jurisdiction.pk)
    return officials


@transaction.atomic
def add_appointment(
    *,
    by: models.Model | None,
    official: Official,
    unit: Unit,
    post: str,
    since: date | None = None,
    until: date | None = None,
) -> Appointment:
    """Record that an official holds a post in a unit, from one day to another (None: unknown, or to this day)."""
    row = Appointment.objects.create(official=official, unit=unit, post=post, since=since, until=until)
    journal.record(
        by=by,
        act="organisations.appointed",
        subject=official,
        jurisdiction_id=official.jurisdiction_id,
        detail={"unit": unit.name, "post": post},
    )
    return row


@transaction.atomic
def add_group(
    *, by: models.Model | None, jurisdiction: Unit, number: int, name: str, lead: Official | None = None
) -> InvestmentGroup:
    """Make an investment group (专业招商组)."""
    group = InvestmentGroup.objects.create(jurisdiction=jurisdiction, number=number, name=name, lead=lead)
    journal.record(by=by, act="organisations.group_added", subject=group, jurisdiction_id=jurisdiction.pk)
    return group


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
    """Make a special team (专班); whether its composition is complete is judged elsewhere."""
    team = SpecialTeam.objects.create(
        jurisdiction=jurisdiction,
        name=name,
        city_leader=city_leader,
        section_official=section_official,
        fund=fund,
        base=base,
    )
    team.commissioners.set(commissioners)
    journal.record(by=by, act="organisations.team_added", subject=team, jurisdiction_id=jurisdiction.pk)
    return team


def _place(unit: Unit, above: Unit | None) -> Unit:
    """Save a new unit as the last one below `above`, or at the top."""
    if above is None:
        Unit.objects.add_root(instance=unit)
    else:
        # The tree counts children in the row: a stale copy would give two children one path.
        Unit.objects.add_child(Unit.objects.select_for_update().get(pk=above.pk), instance=unit)
    return unit
