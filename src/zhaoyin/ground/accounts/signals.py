"""What signing in and what belongs to it leave in the journal: every such line is written here, and said here.

Signs of the libraries (somebody signed in, failed, was locked, signed out) become lines at once; our own actions call
`write` inside their transaction.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.signals import user_logged_in
from axes.signals import user_locked_out
from django.contrib.auth import signals as django_signals
from django.db import models

from zhaoyin.ground.access.rules import role_of
from zhaoyin.ground.journal import actions as journal

from . import locks, sessions
from .models import User
from .queries import VOUCHED
from .rules.entrance import device_words

SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "accounts.signed_in": lambda d: f"登录（{d['way']}，{device_words(d['agent'])}）",
    "accounts.sign_in_failed": lambda d: f"登录失败，登录名“{d['username']}”",
    "accounts.locked": lambda d: f"连续登录失败，登录名“{d['username']}”已锁定",
    "accounts.unlocked": lambda d: "解除账号锁定",
    "accounts.signed_out": lambda d: "退出登录",
    "accounts.password_changed": lambda d: "修改密码",
    "accounts.password_reset": lambda d: "重置为一次性密码",
    "accounts.factor_set": lambda d: "启用动态口令",
    "accounts.factor_reset": lambda d: "清除动态口令",
    "accounts.recovery_code_used": lambda d: "使用一个恢复码",
    "accounts.recovery_codes_renewed": lambda d: "重新生成恢复码",
    "accounts.session_ended": lambda d: f"结束一个登录（{device_words(d['agent'])}）",
    "accounts.sessions_ended": lambda d: f"结束 {d['count']} 个登录",
    "accounts.linked": lambda d: "绑定单点登录身份",
    "accounts.refused": lambda d: f"访问 {d['path']} 被拒绝：没有“{d['wanted']}”的权限",
    "accounts.added": lambda d: "建立账号",
    "accounts.role_granted": lambda d: (
        f"授予角色“{role_of(d['role']).name}”" + (f"（{d['unit']}）" if d["unit"] else "")
    ),
    "accounts.role_revoked": lambda d: (
        f"收回角色“{role_of(d['role']).name}”" + (f"（{d['unit']}）" if d["unit"] else "")
    ),
}
# What each act is called in the journal's filter.
NAMES = {
    "accounts.signed_in": "登录",
    "accounts.sign_in_failed": "登录失败",
    "accounts.locked": "账号锁定",
    "accounts.unlocked": "解除锁定",
    "accounts.signed_out": "退出登录",
    "accounts.password_changed": "修改密码",
    "accounts.password_reset": "重置密码",
    "accounts.factor_set": "启用动态口令",
    "accounts.factor_reset": "清除动态口令",
    "accounts.recovery_code_used": "使用恢复码",
    "accounts.recovery_codes_renewed": "重新生成恢复码",
    "accounts.session_ended": "结束登录",
    "accounts.sessions_ended": "结束全部登录",
    "accounts.linked": "绑定单点登录",
    "accounts.refused": "访问被拒绝",
    "accounts.added": "建立账号",
    "accounts.role_granted": "授予角色",
    "accounts.role_revoked": "收回角色",
}


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
