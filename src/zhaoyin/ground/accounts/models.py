"""Who signs in, and which roles they hold."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from zhaoyin.ground.access.rules import ROLES, THREE
from zhaoyin.ground.organisations.models import Versioned


class User(Versioned, AbstractUser):
    """An account of one person. What the person may see and do follows from the roles granted (`RoleGrant`), never from
    the account alone; `official` ties it to the projects the person leads or works on in a special team.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=40, blank=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, blank=True, related_name="users")
    official = models.OneToOneField(
        "organisations.Official", models.SET_NULL, null=True, blank=True, related_name="account", verbose_name="干部"
    )
    mobile = models.CharField("手机号", max_length=20, blank=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    password_set_at = models.DateTimeField("密码设置时间", default=timezone.now)

    REQUIRED_FIELDS = []

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "账号"
        constraints = [
            # Nobody tells “Wang” from “wang” when a name is read out.
            models.UniqueConstraint(Lower("username"), name="username_of_one_account"),
            # Single sign-on may find an account by it.
            models.UniqueConstraint(fields=["mobile"], condition=~Q(mobile=""), name="mobile_of_one_account"),
        ]

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class RoleGrant(models.Model):
    """A role that somebody holds in a unit and what is below it; without a unit in the whole deployment."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField("角色", max_length=16, choices=[(role.key, role.name) for role in ROLES.values()])
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("授予时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "角色授予"
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="grant_once"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(unit__isnull=True), name="grant_once_everywhere"
            ),
            # System, security and audit administrators are three different people.
            models.UniqueConstraint(fields=["user"], condition=Q(role__in=THREE), name="one_of_three_administrators"),
        ]

    def __str__(self) -> str:
        return f"{ROLES[self.role].name}·{self.unit or '整个系统'}"


class OldPassword(models.Model):
    """The hash of a password that was replaced: the newest few may not be chosen again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="old_passwords")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField("停用时间", auto_now_add=True)


class Use(models.Model):
    """How often somebody asked in one minute for what costs much: one row a person and kind, counted on by any process."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    minute = models.BigIntegerField("分钟（自 1970-01-01）")
    count = models.PositiveIntegerField("次数")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="use_of_one_kind")]


class Session(AbstractBaseSession):
    """A session as its owner knows it: which device, from where, since when. Written by `sessions.SessionStore`."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started = models.DateTimeField("登录时间", default=timezone.now)
    seen = models.DateTimeField("最近使用", default=timezone.now)
    address = models.GenericIPAddressField("地址", null=True)
    agent = models.CharField("浏览器", max_length=300, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "会话"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from .sessions import SessionStore

        return SessionStore
