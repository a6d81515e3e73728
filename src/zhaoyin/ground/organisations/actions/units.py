"""Jurisdictions and units: made, changed, moved, closed, merged."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F

from zhaoyin.ground.journal import actions as journal

from ..models import Unit, UnitKind
from ..rules import code_fault, days_in_order, kind_of, may_close, may_merge, may_move
from .changing import Refused, allow, fresh, locked, must, named, node_of, plain, set_fields, unique

FIELDS = frozenset({"name", "short_name", "kind", "code", "reports", "founded_on", "opens_on"})


@transaction.atomic
def add_jurisdiction(
    *,
    by: models.Model | None,
    name: str,
    code: str = "",
    above: Unit | None = None,
    demo: bool = False,
    opens_on: date | None = None,
    short_name: str = "",
    founded_on: date | None = None,
) -> Unit:
    """Make a jurisdiction at the top of the tree, or below `above`."""
    allow(by, above)
    unit = Unit(
        kind=UnitKind.JURISDICTION, name=named(name, "名称"), code=code, demo=demo, opens_on=opens_on, short_name=short_name,
        founded_on=founded_on,
    )  # fmt: skip
    return _made(by, unit, above, "organisations.jurisdiction_added")


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
    founded_on: date | None = None,
) -> Unit:
    """Make a unit in `jurisdiction`, below `above` (a unit of it) or at its first level.

    Without `kind` the name decides. `reports` says whether the unit owes a monthly report of progress.
    """
    allow(by, above or jurisdiction)
    if above is not None and above.place_id != jurisdiction.pk:
        raise Refused(f"“{above.name}”不属于“{jurisdiction.name}”，不能作上级。")
    name = named(name, "名称")
    unit = Unit(
        kind=kind or kind_of(name), name=name, short_name=short_name, jurisdiction=jurisdiction, reports=reports,
        founded_on=founded_on,
    )  # fmt: skip
    return _made(by, unit, above or jurisdiction, "organisations.unit_added")


@transaction.atomic
def add_units(*, by: models.Model | None, jurisdiction: Unit, names: Iterable[str]) -> list[Unit]:
    """Make units at the first level of `jurisdiction`, in the order given, in a constant number of statements.

    A plan names them: what they are, their names decide. Raises Refused for a name that is there already.
    """
    wanted = [named(name, "名称") for name in names]
    if not wanted:
        return []
    allow(by, jurisdiction)
    above = _held(jurisdiction)
    if above.closed_on is not None:
        raise Refused(f"“{above.name}”已于 {above.closed_on} 撤销，不能在其下新设单位。")
    last = Unit.objects.filter(path__startswith=above.path, depth=above.depth + 1).order_by("path").last()
    path = last._inc_path() if last is not None else Unit._get_path(above.path, above.depth + 1, 1)
    units = []
    for name in wanted:
        unit = Unit(kind=kind_of(name), name=name, jurisdiction=above, reports=True, path=path, depth=above.depth + 1)
        units.append(unit)
        path = unit._inc_path()
    with unique("方案里的单位与已有的单位同名。"):
        Unit.objects.bulk_create(units)
    Unit.objects.filter(pk=above.pk).update(numchild=F("numchild") + len(units))
    journal.record_many(
        by=by, act="organisations.unit_added", subjects=units, jurisdiction_id=above.pk, detail={"above": above.name}
    )
    return units


def _made(by: models.Model | None, unit: Unit, above: Unit | None, act: str) -> Unit:
    """Save a new node as the last one below `above`, or at the top."""
    if above is not None:
        above = _held(above)
        if above.closed_on is not None:
            raise Refused(f"“{above.name}”已于 {above.closed_on} 撤销，不能在其下新设单位。")
    _check(unit, above)
    with unique(f"已有“{unit.name}”，或代码 {unit.code or '（空）'} 已被使用。"):
        if above is None:
            Unit.objects.add_root(instance=unit)
        else:
            Unit.objects.add_child(above, instance=unit)
    journal.record(
        by=by, act=act, subject=unit, jurisdiction_id=unit.place_id,
        detail={"above": above.name if above else "", "kind": unit.kind, "founded_on": plain(unit.founded_on)},
    )  # fmt: skip
    return unit


def _held(unit: Unit) -> Unit:
    """The node as stored, with its jurisdiction held: paths and counts of children change for one person at a time."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.place_id)
    return locked(unit)


def _check(unit: Unit, above: Unit | None) -> None:
    """Raise Refused for a code that is none, a name or code that is there already, and days in the wrong order."""
    place = unit.kind == UnitKind.JURISDICTION
    if unit.code and not place:
        raise Refused("只有行政区划有区划代码。")
    if fault := code_fault(unit.code):
        raise Refused(fault)
    must(days_in_order(unit.founded_on, unit.closed_on))
    others = Unit.objects.exclude(pk=unit.pk)
    if unit.code and (same := others.filter(code=unit.code).first()):
        raise Refused(f"代码 {unit.code} 已是“{same.name}”的。")
    if not place:
        here = others.filter(jurisdiction=unit.jurisdiction_id, name=unit.name)
    elif above is not None:
        here = others.filter(path__startswith=above.path, depth=above.depth + 1, name=unit.name, kind=unit.kind)
    else:
        here = others.filter(depth=1, name=unit.name)
    if (same := here.first()) is not None:
        ended = f"（已于 {same.closed_on} 撤销）" if same.closed_on else ""
        raise Refused(f"已有同名的{'行政区划' if place else '单位'}“{unit.name}”{ended}。")


@transaction.atomic
def edit_unit(
    *, by: models.Model | None, unit: Unit, fields: Mapping[str, Any], version: int | None = None
) -> dict[str, list[Any]]:
    """Change what is known of a node (`FIELDS`). Returns {field: [before, after]} of what changed."""
    allow(by, unit)
    stored = fresh(unit, version)
    kind = fields.get("kind", stored.kind)
    if (kind == UnitKind.JURISDICTION) != (stored.kind == UnitKind.JURISDICTION):
        raise Refused("行政区划和单位不能互相改换，请另行新建。")
    given = dict(fields)
    if "name" in given:
        given["name"] = named(given["name"], "名称")
    changes = set_fields(stored, given, FIELDS)
    if changes:
        _check(stored, Unit.objects.get_parent(stored))
        with unique(f"已有“{stored.name}”，或代码 {stored.code or '（空）'} 已被使用。"):
            stored.save()
        journal.record(
            by=by, act="organisations.unit_edited", subject=stored, jurisdiction_id=stored.place_id,
            detail=changes,
        )  # fmt: skip
        unit.refresh_from_db()
    return changes


@transaction.atomic
def move_unit(*, by: models.Model | None, unit: Unit, above: Unit, version: int | None = None) -> None:
    """Put a unit, with everything below it, below `above` of the same jurisdiction."""
    allow(by, unit)
    allow(by, above)
    held_above, held = _held(above), _held(unit)
    held = fresh(held, version)
    must(may_move(node_of(held), node_of(held_above)))
    before = Unit.objects.get_parent(held)
    if before.pk == held_above.pk:
        return
    Unit.objects.move(held, held_above, pos="last-child")
    held.refresh_from_db()
    held.version += 1
    held.save(update_fields=["version"])
    journal.record(
        by=by, act="organisations.unit_moved", subject=held, jurisdiction_id=held.jurisdiction_id,
        detail={"above": [before.name, held_above.name]},
    )  # fmt: skip
    unit.refresh_from_db()


@transaction.atomic
def close_unit(
    *, by: models.Model | None, unit: Unit, on: date, into: Unit | None = None, version: int | None = None
) -> None:
    """Close a node from the day `on`, merged into another one if `into` is given. It stays, with all that refers to it."""
    allow(by, unit)
    stored = fresh(_held(unit), version)
    target = locked(into) if into is not None else None
    if target is not None:
        allow(by, target)
    below = Unit.objects.filter(path__startswith=stored.path, closed_on__isnull=True).exclude(pk=stored.pk)
    must(may_close(node_of(stored), on, list(below.order_by("path").values_list("name", flat=True))))
    if target is not None:
        must(may_merge(node_of(stored), node_of(target), on))
    set_fields(stored, {"closed_on": on, "merged_into": target}, ("closed_on", "merged_into"))
    stored.save()
    journal.record(
        by=by, act="organisations.unit_closed", subject=stored, jurisdiction_id=stored.place_id,
        detail={"closed_on": [None, on.isoformat()], "into": target.name if target else ""},
    )  # fmt: skip
    unit.refresh_from_db()


@transaction.atomic
def reopen_unit(*, by: models.Model | None, unit: Unit, version: int | None = None) -> None:
    """Take back a closing that was a mistake."""
    allow(by, unit)
    stored = fresh(_held(unit), version)
    above = Unit.objects.get_parent(stored)
    if stored.closed_on is None:
        raise Refused(f"“{stored.name}”没有撤销。")
    if above is not None and above.closed_on is not None:
        raise Refused(f"上级“{above.name}”已于 {above.closed_on} 撤销，请先恢复上级。")
    before = plain(stored.closed_on)
    set_fields(stored, {"closed_on": None, "merged_into": None}, ("closed_on", "merged_into"))
    stored.save()
    journal.record(
        by=by, act="organisations.unit_reopened", subject=stored, jurisdiction_id=stored.place_id,
        detail={"closed_on": [before, None]},
    )  # fmt: skip
    unit.refresh_from_db()
