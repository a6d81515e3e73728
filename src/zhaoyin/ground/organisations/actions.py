"""Making jurisdictions, units, officials, groups and teams."""

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
    unit = Unit.add_root(**fields) if above is None else _reread(above).add_child(**fields)
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
    unit = _reread(above or jurisdiction).add_child(
        kind=kind or kind_of(name), name=name, short_name=short_name, jurisdiction=jurisdiction, reports=reports
    )
    journal.record(by=by, act="organisations.unit_added", subject=unit, jurisdiction_id=jurisdiction.pk)
    return unit


@transaction.atomic
def add_official(*, by: models.Model | None, jurisdiction: Unit, name: str) -> Official:
    """Make an official known by name in `jurisdiction`."""
    official = Official.objects.create(jurisdiction=jurisdiction, name=name)
    journal.record(by=by, act="organisations.official_added", subject=official, jurisdiction_id=jurisdiction.pk)
    return official


def _reread(unit: Unit) -> Unit:
    # The tree counts children in the row: a stale copy would give two children one path.
    return Unit.objects.select_for_update().get(pk=unit.pk)
