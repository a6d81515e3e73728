"""What signing in and what belongs to it leave in the journal: every such line is written here (and said by `sentences`).

Signs of the libraries (somebody signed in, failed, was locked, signed out) become lines at once; our own actions call
`write` inside their transaction.
"""

from typing import Any

from allauth.account.signals import user_logged_in
from axes.signals import user_locked_out
from django.contrib.auth import signals as django_signals
from django.db import models

from zhaoyin.ground.journal import actions as journal

from . import locks, sessions
from .models import User
from .queries import VOUCHED


def write(act: str, *, by: models.Model | None, user: User, **detail: Any) -> None:
    """Add the line `accounts.<act>` about `user`, with what the sentence needs."""
    journal.record(by=by, act=f"accounts.{act}", subject=user, jurisdiction_id=_jurisdiction_id(user), detail=detail)


def connect() -> None:
    """Listen to the libraries, once."""
    django_signals.user_logged_in.connect(_begun, dispatch_uid="accounts.begun")
    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    django_signals.user_login_failed.connect(_failed, dispatch_uid="accounts.failed")
    user_locked_out.connect(_locked, dispatch_uid="accounts.locked")
    django_signals.user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")


def _begun(request: Any, user: User, **kwargs: Any) -> None:
    sessions.begin(request)


def _signed_in(request: Any, user: User, sociallogin: Any = None, **kwargs: Any) -> None:
    """The whole sign-in is done, the second factor too."""
    locks.forget(request, user.username)
    sessions.SessionStore.clear_expired()
    way = "密码"
    if sociallogin is not None:
        way = request.session[VOUCHED] = sociallogin.provider.app.name
    write("signed_in", by=user, user=user, way=way, agent=request.session[sessions.AGENT])


def _failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    _refused("sign_in_failed", credentials.get("username"))


def _locked(username: str, **kwargs: Any) -> None:
    _refused("locked", username)


def _signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        write("signed_out", by=user, user=user)


def _refused(act: str, username: Any) -> None:
    """A line about the account of that name, or about none where there is none: then the name alone is kept."""
    name = str(username or "")[:150]
    user = User.objects.select_related("unit").filter(username=name).first()
    where = _jurisdiction_id(user) if user is not None else None
    journal.refuse(by=None, act=f"accounts.{act}", subject=user, jurisdiction_id=where, detail={"username": name})


def _jurisdiction_id(user: User) -> int | None:
    return user.unit and user.unit.place_id
