"""Settling doubts, in the review or later on the project's page."""

from django.db import models, transaction
from django.utils import timezone

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.journal import actions as journal
from zhaoyin.record.projects.queries import permit_on

from ..models import Doubt


@transaction.atomic
def settle_doubt(*, by: models.Model, doubt: Doubt, settlement: str) -> None:
    """Say how a doubt was settled. Settling again replaces the words; an empty settlement opens it again."""
    if doubt.project is None:
        permit(by, Permission.PLAN_COMMIT, doubt.document.jurisdiction)
    else:
        permit_on(by, Permission.PROJECT_EDIT, doubt.project)
    doubt.settlement = settlement.strip()[:300]
    doubt.settled_by_id = by.pk if doubt.settlement else None
    doubt.settled_at = timezone.now() if doubt.settlement else None
    doubt.save(update_fields=["settlement", "settled_by", "settled_at"])
    document = doubt.document
    # On a committed project this touches the project: an undo must not take it away from whoever settled it.
    journal.record(
        by=by,
        act="plans.doubt_settled",
        subject=doubt.project or document,
        jurisdiction_id=document.jurisdiction_id,
        detail={"message": doubt.message, "settlement": doubt.settlement},
    )
