"""Setting what a jurisdiction asks for between stages."""

from datetime import date

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from ..models import Gates
from ..rules import read_gates


@transaction.atomic
def set_gates(*, by: models.Model | None, jurisdiction: Unit, text: str, valid_from: date, basis: str) -> Gates:
    """Let the table hold in the jurisdiction from the day on; one of the same day is replaced, earlier ones stay.

    Raises WrongGates with everything that is wrong with the text, and Forbidden.
    """
    permit(by, Permission.GATES_EDIT, jurisdiction)
    read_gates(text)
    row, _ = Gates.objects.update_or_create(
        jurisdiction=jurisdiction,
        valid_from=valid_from,
        defaults={"text": text, "basis": basis, "by_id": by.pk if by is not None else None},
    )
    journal.record(
        by=by,
        act="projects.gates_set",
        subject=jurisdiction,
        jurisdiction_id=jurisdiction.pk,
        detail={"from": valid_from.isoformat(), "basis": basis},
    )
    return row
