"""What supervision writes: for now the line in the journal that says who took a bulletin away."""

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.organisations.models import Unit

from .bulletin import Bulletin
from .document import to_docx


@transaction.atomic
def export_bulletin(*, by: models.Model | None, jurisdiction: Unit, bulletin: Bulletin) -> bytes:
    """The bulletin as .docx, with a line in the journal. Raises DoesNotFoot and UnwritableDocument; then nothing is written."""
    permit(by, Permission.WHOLE_SEE, jurisdiction)
    content = to_docx(bulletin)
    journal.record(
        by=by,
        act="supervision.bulletin_exported",
        subject=jurisdiction,
        jurisdiction_id=jurisdiction.pk,
        detail={"period": str(bulletin.period), "as_of": bulletin.as_of.isoformat(), "number": bulletin.number},
    )
    return content
