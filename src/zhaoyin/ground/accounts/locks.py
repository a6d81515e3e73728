"""Locks after failures, kept in django-axes' table: one row for an account's name and an address.

A failure is counted before the password is looked at and taken back if it was right, so that many attempts at once
cannot all pass before the first of them has failed. A name that is no account is locked in the same way.
"""

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.db import transaction
from django.db.models import F, Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from zhaoyin.ground.journal.origin import address_of

from .rules.entrance import FAILURES, FAILURES_OF_ACCOUNT, FORGOTTEN, locked_until


class Handler(AxesDatabaseHandler):
    """Axes' handler with our way of counting."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether the password, or the code, may be looked at: counts the attempt if so."""
        return begin(request, str((credentials or {}).get("username") or ""))

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        """Tell when this very failure locked the account; attempts while it is locked tell nothing new."""
        username = str(credentials.get("username") or "")
        if request is None or getattr(request, "axes_locked_out", False):
            return
        if waiting(request, username):
            request.axes_locked_out = True
            user_locked_out.send("axes", request=request, username=username, ip_address=address_of(request))

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Nothing: failures are forgotten once the whole sign-in is done (`forget`)."""

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Nothing."""


def begin(request: HttpRequest, username: str) -> bool:
    """Count an attempt as failed, before it is tried. False while the account is locked: then nothing is counted."""
    now = timezone.now()
    key = {"username": username, "ip_address": address_of(request) or None, "user_agent": ""}
    fresh = {
        "failures_since_start": 0,
        "attempt_time": now,
        "get_data": "",
        "post_data": "",
        "http_accept": "",
        "path_info": "",
    }
    with transaction.atomic():
        AccessAttempt.objects.filter(attempt_time__lte=now - FORGOTTEN).delete()
        # The row is held until the attempt is counted: attempts at the same time come one after another.
        row, _ = AccessAttempt.objects.select_for_update().get_or_create(**key, defaults=fresh)
        if waiting(request, username):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            return False
        AccessAttempt.objects.filter(pk=row.pk).update(
            failures_since_start=F("failures_since_start") + 1, attempt_time=now
        )
    return True


def waiting(request: HttpRequest, username: str) -> timedelta | None:
    """How long the account is still locked from where the request comes; None where it is open."""
    now = timezone.now()
    here = _here(request, username)
    everywhere = AccessAttempt.objects.filter(username=username)
    ends = [_end(here, FAILURES), _end(everywhere, FAILURES_OF_ACCOUNT)]
    return max((end - now for end in ends if end is not None and end > now), default=None)


def left(request: HttpRequest, username: str) -> int:
    """How many more attempts are open before the account is locked."""
    here = _here(request, username)
    return max(0, FAILURES - (here.aggregate(failed=Sum("failures_since_start"))["failed"] or 0))


def give_back(request: HttpRequest, username: str) -> None:
    """The attempt that was counted was right: it is no failure."""
    here = _here(request, username).filter(failures_since_start__gt=0)
    here.update(failures_since_start=F("failures_since_start") - 1)


def forget(request: HttpRequest, username: str) -> None:
    """Somebody got in: the failures from there are over."""
    _here(request, username).delete()


def release(username: str) -> int:
    """Open the account again wherever it was locked; returns how many rows were deleted."""
    deleted, _ = AccessAttempt.objects.filter(username=username).delete()
    return deleted


def _here(request: HttpRequest, username: str) -> Any:
    return AccessAttempt.objects.filter(username=username, ip_address=address_of(request) or None)


def _end(rows: Any, limit: int) -> datetime | None:
    found = rows.aggregate(failed=Sum("failures_since_start"), newest=Max("attempt_time"))
    return locked_until(found["failed"], found["newest"], limit) if found["failed"] else None
