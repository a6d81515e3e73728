"""Officials and the posts they hold."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction

from zhaoyin.ground.journal import actions as journal

from ..models import Appointment, Official, Unit
from ..rules import Term, may_appoint, post_kind_of
from .changing import Refused, allow, fresh, locked, must, named, plain, set_fields, unique

POST_FIELDS = ("unit", "post", "kind", "since", "until")


@transaction.atomic
def add_officials(*, by: models.Model | None, jurisdiction: Unit, names: Iterable[str]) -> list[Official]:
    """Make officials known by name in `jurisdiction`, in the order given."""
    allow(by, jurisdiction)
    officials = Official.objects.bulk_create(Official(jurisdiction=jurisdiction, name=name) for name in names)
    journal.record_many(by=by, act="organisations.official_added", subjects=officials, jurisdiction_id=jurisdiction.pk)
    return officials


@transaction.atomic
def add_official(*, by: models.Model | None, jurisdiction: Unit, name: str) -> Official:
    """Make one official; Refused for a name that somebody here has already."""
    allow(by, jurisdiction)
    name = named(name, "姓名")
    with unique(f"“{jurisdiction.name}”已有名为“{name}”的干部；同名的请加注区别，如“{name}（乙）”。"):
        return add_officials(by=by, jurisdiction=jurisdiction, names=[name])[0]


@transaction.atomic
def edit_official(
    *, by: models.Model | None, official: Official, name: str, version: int | None = None
) -> dict[str, list[Any]]:
    """Correct an official's name. Returns {field: [before, after]} of what changed."""
    allow(by, official.jurisdiction)
    stored = fresh(official, version)
    changes = set_fields(stored, {"name": named(name, "姓名")}, ("name",))
    if changes:
        with unique(f"“{stored.jurisdiction.name}”已有名为“{stored.name}”的干部。"):
            stored.save()
        _told(by, stored, "organisations.official_edited", changes)
        official.refresh_from_db()
    return changes


@transaction.atomic
def add_appointment(
    *,
    by: models.Model | None,
    official: Official,
    unit: Unit,
    post: str,
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Appointment:
    """Record that an official holds a post in a unit, from one day to another (None: unknown, or to this day).

    Without `kind` the post's words decide. Refused where the official holds the same post on one of these days.
    """
    allow(by, official.jurisdiction)
    post = named(post, "职务")
    row = Appointment(
        official=official, unit=unit, post=post, kind=kind or post_kind_of(post).value, since=since, until=until
    )
    _placed(official, unit)
    _saved(row)
    _told(by, official, "organisations.appointed", _facts(row))
    return row


@transaction.atomic
def edit_appointment(
    *, by: models.Model | None, appointment: Appointment, fields: Mapping[str, Any]
) -> dict[str, list[Any]]:
    """Correct an appointment (`POST_FIELDS`). Returns {field: [before, after]} of what changed."""
    allow(by, appointment.official.jurisdiction)
    locked(appointment.official)
    stored = locked(appointment)
    changes = {
        key: [plain(getattr(stored, key)), plain(value)]
        for key, value in fields.items()
        if getattr(stored, key) != value
    }
    if unknown := fields.keys() - set(POST_FIELDS):
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    if changes:
        for key, value in fields.items():
            setattr(stored, key, value)
        _placed(stored.official, stored.unit)
        _saved(stored)
        _told(by, stored.official, "organisations.appointment_edited", {**_facts(stored), "changes": changes})
        appointment.refresh_from_db()
    return changes


@transaction.atomic
def end_appointment(*, by: models.Model | None, appointment: Appointment, on: date) -> None:
    """Record the last day on which the post was held."""
    allow(by, appointment.official.jurisdiction)
    locked(appointment.official)
    stored = locked(appointment)
    if stored.until is not None:
        raise Refused(f"“{stored.post}”已于 {stored.until} 离任。")
    stored.until = on
    _saved(stored)
    _told(by, stored.official, "organisations.appointment_ended", _facts(stored))
    appointment.refresh_from_db()


def _placed(official: Official, unit: Unit) -> None:
    """A post lies in the official's own jurisdiction or in one of its units."""
    if official.jurisdiction_id not in (unit.pk, unit.jurisdiction_id):
        raise Refused(f"“{unit.name}”不属于“{official.jurisdiction.name}”，不能给“{official.name}”登记这个任职。")


def _saved(row: Appointment) -> None:
    """Check a term beside the official's others, with the official held, and save it."""
    locked(row.official)
    others = Appointment.objects.filter(official=row.official_id).exclude(pk=row.pk)
    held = [Term(*values) for values in others.values_list("unit_id", "post", "kind", "since", "until")]
    must(may_appoint(Term(row.unit_id, row.post, row.kind, row.since, row.until), held))
    with unique(f"“{row.official.name}”的“{row.post}”与已有的同一任职重叠。"):
        row.save()


def _facts(row: Appointment) -> dict[str, Any]:
    return {
        "unit": row.unit.name, "post": row.post, "kind": row.kind, "since": plain(row.since), "until": plain(row.until),
    }  # fmt: skip


def _told(by: models.Model | None, official: Official, act: str, detail: dict[str, Any]) -> None:
    journal.record(by=by, act=act, subject=official, jurisdiction_id=official.jurisdiction_id, detail=detail)
