"""What reading the journal leaves in the journal."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.journal.models import Entry

from . import queries


@transaction.atomic
def record_reading(*, by: User, conditions: Sequence[str], page: int) -> None:
    """Somebody has read a page of the whole journal, under these conditions. Raises Forbidden."""
    permit(by, Permission.JOURNAL_READ)
    _record(by, "audit.read", {"conditions": list(conditions), "page": page})


@transaction.atomic
def record_line_reading(*, by: User, entry: Entry) -> None:
    """Somebody has read all of a line that another person wrote. Raises Forbidden."""
    permit(by, Permission.JOURNAL_READ)
    _record(by, "audit.line_read", {"line": entry.pk})


@transaction.atomic
def record_export(*, by: User, conditions: Sequence[str], name: str, count: int) -> None:
    """Somebody takes lines out of the house. Raises Forbidden."""
    permit(by, Permission.JOURNAL_READ)
    _record(by, "audit.exported", {"conditions": list(conditions), "name": name, "count": count})


@transaction.atomic
def ask_for_verification(*, by: User, at: datetime) -> bool:
    """Let the journal be verified; False where that is under way. Raises Forbidden."""
    permit(by, Permission.JOURNAL_READ)
    if queries.verified(at).busy:
        return False
    _record(by, "audit.verification_asked", {})
    return True


def _record(by: User, act: str, detail: dict[str, object]) -> None:
    journal.record(by=by, act=act, subject=None, jurisdiction_id=None, detail=detail)
