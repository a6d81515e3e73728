"""Making jurisdictions, units, officials, groups and teams."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from .models import Official, Unit, UnitKind
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
        "jurisdiction": above,
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


def _place(unit: Unit, above: Unit | None) -> Unit:
    """Save a new unit as the last one below `above`, or at the top."""
    if above is None:
        Unit.objects.add_root(instance=unit)
    else:
        # The tree counts children in the row: a stale copy would give two children one path.
        Unit.objects.add_child(Unit.objects.select_for_update().get(pk=above.pk), instance=unit)
    return unit
