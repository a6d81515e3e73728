"""Counting how often somebody asks for what costs much."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When

from zhaoyin.ground.journal import actions as journal

from ..models import Use, User


def count_use(*, by: User, kind: str, most: int, at: datetime) -> bool:
    """Count one use of that kind in the minute of `at`; False if there were `most` already, which is journalled once a minute.

    One statement decides, so that several processes count together. The row of a person and kind is used again and again.
    """
    minute = int(at.timestamp()) // 60
    rows = Use.objects.filter(user=by, kind=kind)
    counted = Case(When(minute=minute, then=F("count") + 1), default=Value(1))
    open_to = ~Q(minute=minute) | Q(count__lt=most)
    if rows.filter(open_to).update(minute=minute, count=counted):
        return True
    try:
        with transaction.atomic():
            Use.objects.create(user=by, kind=kind, minute=minute, count=1)
        return True
    except IntegrityError:
        # There is a row: the limit is reached, or another process made it just now.
        if rows.filter(open_to).update(minute=minute, count=counted):
            return True
    if rows.filter(minute=minute, count=most).update(count=most + 1):
        journal.refuse(by=by, act="accounts.limited", detail={"kind": kind, "most": most})
    return False
