"""The days without movement that the gate tables of all places allow on a day."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from zhaoyin.ground.organisations.models import Unit, UnitKind
from zhaoyin.ground.prepared import prepared

from ..models import Gates
from ..rules import USUAL, Silence, silence_in


def silence_on(as_of: date) -> Silence:
    """As of a day; one look where no jurisdiction has set a table of its own."""
    owners = dict(prepared(_tables, as_of))
    if not owners:
        return USUAL
    rows = Unit.objects.filter(kind=UnitKind.JURISDICTION).values_list("pk", "path")
    return silence_in(owners, dict(rows), Unit.steplen)


def _tables(as_of: date) -> QuerySet[Any, Any]:
    """(path, text) of every table that had begun, the newest of each place last."""
    rows = Gates.objects.filter(valid_from__lte=as_of).order_by("valid_from", "pk")
    return rows.values_list("jurisdiction__path", "text")
