"""Accounts as administrators see them: the list, one account, what somebody may do and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Lower

from zhaoyin.ground.access.queries import holding_of, may
from zhaoyin.ground.access.rules import (
    GROUPS,
    Grant,
    Holding,
    Permission,
    reach_words,
    reasons,
    role_of,
    scope_of,
    scope_words,
)
from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.ground.organisations.queries import open_on
from zhaoyin.ground.organisations.workbook import node_labels

from ..models import RoleGrant, Session, User
from ..rules.entrance import FAILURES, FAILURES_OF_ACCOUNT, locked_until
from ..rules.people import masked

# Whoever holds one of these sees accounts.
KEEPERS = (Permission.ACCOUNT_MANAGE, Permission.ROLE_SEE, Permission.ROLE_GRANT, Permission.ACCOUNT_SECURE)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
Counter = Callable[[User], str]
_counters: dict[Permission, Counter] = {}


def count_within(permission: Permission, counter: Counter) -> None:
    """Let an upper room say how much there is where somebody holds `permission` (“现有 68 个项目”)."""
    _counters[permission] = counter


def sees_people(user: Any) -> bool:
    """Whether the account may open the list of accounts at all."""
    return any(may(user, permission) for permission in KEEPERS)


def people_visible_to(user: Any) -> QuerySet[User]:
    """The accounts whose unit lies where `user` keeps accounts; for the three administrators that is all of them."""
    scopes = [scope_of(holding_of(user), permission) for permission in KEEPERS]
    if any(scope.everything for scope in scopes):
        return User.objects.all()
    paths = {path for scope in scopes for path in scope.paths}
    return User.objects.filter(reduce(or_, (Q(unit__path__startswith=path) for path in paths), Q(pk__in=[])))


def people_listed(
    user: Any, locked: Iterable[str], *, q: str = "", role: str = "", unit: str = "", state: str = "", factor: str = ""
) -> QuerySet[User]:
    """The visible accounts that a list asks for, with `factor` (has a second one) and `seen_at` for sorting; their grants
    and units come along. `locked` are the names of those that are locked now (`locked_names`)."""
    rows = people_visible_to(user).annotate(
        factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)),
        seen_at=Coalesce("last_login", Value(NEVER)),
    )
    if q:
        named = Q(unit__name__icontains=q) | Q(unit__short_name__icontains=q)
        rows = rows.filter(Q(name__icontains=q) | Q(username__icontains=q) | named)
    if unit:
        rows = rows.filter(Q(unit__name__icontains=unit) | Q(unit__short_name__icontains=unit))
    if role:
        held = RoleGrant.objects.filter(user=OuterRef("pk"))
        rows = rows.filter(~Exists(held) if role == "none" else Exists(held.filter(role=role)))
    if state:
        rows = rows.filter(is_active=state != "closed")
    if state == "locked":
        rows = rows.filter(username__in=list(locked))
    if factor:
        rows = rows.filter(factor=factor == "yes")
    grants = RoleGrant.objects.select_related("unit__jurisdiction").order_by("pk")
    return rows.select_related("unit", "official").prefetch_related(Prefetch("grants", grants))


def locked_names(now: datetime) -> dict[str, datetime]:
    """Accounts that are locked from somewhere at a moment → until when."""
    rows = AccessAttempt.objects.filter(username__in=User.objects.values("username"))
    single = rows.filter(failures_since_start__gte=FAILURES).values_list(
        "username", "failures_since_start", "attempt_time"
    )
    together = (
        rows.order_by()
        .values_list("username")
        .annotate(failed=Sum("failures_since_start"), newest=Max("attempt_time"))
        .filter(failed__gte=FAILURES_OF_ACCOUNT)
    )
    ends = [(name, locked_until(failed, newest)) for name, failed, newest in single]
    ends += [(name, locked_until(failed, newest, FAILURES_OF_ACCOUNT)) for name, failed, newest in together]
    found: dict[str, datetime] = {}
    for name, end in ends:
        if end is not None and end > now:
            found[name] = max(end, found.get(name, end))
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, in words."""

    pk: int
    name: str
    description: str
    reach: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Power:
    """One permission as somebody holds it or does not: why, and where; `count` is what an upper room says lies there."""

    permission: Permission
    reasons: tuple[str, ...]
    scope: tuple[str, ...]
    count: str = ""

    @property
    def held(self) -> bool:
        """Whether it is held at all."""
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Powers:
    """What somebody may do: the roles held, and every permission by group. `remarks` are sentences on what does not work."""

    roles: tuple[Held, ...]
    groups: tuple[tuple[str, tuple[Power, ...]], ...]
    remarks: tuple[str, ...]


def powers_of(user: User) -> Powers:
    """Everything that the account may do, and why. A closed account holds its roles and may do nothing."""
    rows = list(RoleGrant.objects.filter(user=user).select_related("unit__jurisdiction", "by").order_by("pk"))
    grants = [_named(row) for row in rows]
    holding = Holding(tuple(grants) if user.is_active else (), user.official_id, user.unit_id)
    unit = str(user.unit) if user.unit else "本单位"
    why = reasons(holding, Permission)
    groups = tuple(
        (
            group,
            tuple(
                Power(one, why[one], scope_words(holding, one, unit), _count(user, one, why[one]))
                for one in permissions
            ),
        )
        for group, permissions in GROUPS
    )
    held = tuple(
        Held(row.pk, grant.role.name, grant.role.description, reach_words(grant), str(row.by or "系统"), row.at)
        for row, grant in zip(rows, grants, strict=True)
    )
    return Powers(held, groups, tuple(_remarks(user, rows)))


def _count(user: User, permission: Permission, why: tuple[str, ...]) -> str:
    return _counters[permission](user) if why and permission in _counters else ""


def _named(row: RoleGrant) -> Grant:
    if row.unit is None:
        return Grant(role_of(row.role))
    place = row.unit.jurisdiction or row.unit
    return Grant(role_of(row.role), row.unit.path, place.path, str(row.unit), str(place))


def _remarks(user: User, rows: list[RoleGrant]) -> list[str]:
    remarks = []
    if not user.is_active:
        remarks.append("账号已停用，不能登录，所持的角色都不起作用。")
    if any(row.role == "team" for row in rows) and user.official_id is None:
        remarks.append(
            "“专班成员”按干部本人联系的项目算范围，而账号还没有对应的干部，所以看不到任何项目。请系统管理员在账号资料里填写对应干部。"
        )
    return remarks


@dataclass(frozen=True, slots=True)
class Person:
    """One account's page; the mobile number is masked."""

    user: User
    mobile: str
    factor: bool
    locked: datetime | None
    sessions: int
    powers: Powers


def person_page(user: User, now: datetime) -> Person:
    """What the page of one account shows at a moment."""
    sessions = Session.objects.filter(user=user, expire_date__gt=now).count()
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return Person(user, masked(user.mobile), factor, locked_names(now).get(user.username), sessions, powers_of(user))


class Units:
    """The units that are there on a day, as they are typed: by name, by short name, or by their way from the top."""

    def __init__(self, on: date) -> None:
        rows = list(Unit.objects.filter(open_on(on)).order_by("path").values_list("pk", "path", "name", "short_name"))
        self.labels = node_labels((pk, path, name) for pk, path, name, _ in rows)
        self._called: dict[str, list[int]] = defaultdict(list)
        for pk, _, name, short in rows:
            for word in {name, short, self.labels[pk]} - {""}:
                self._called[word].append(pk)

    def called(self, words: str) -> int | None:
        """The number of the unit. Raises LookupError, a sentence, where none or several are called so; None for no words."""
        words = " ".join(words.split())
        if not words:
            return None
        found = self._called.get(words, [])
        if len(found) > 1:
            whole = "”“".join(self.labels[pk] for pk in found[:3])
            raise LookupError(f"有 {len(found)} 个单位叫“{words}”，请写全，如“{whole}”。")
        if not found:
            raise LookupError(f"没有名为“{words[:40]}”的单位，请核对名称。")
        return found[0]


def official_called(name: str, unit: Unit | None) -> Official:
    """The official of that name where `unit` lies; anywhere without a unit. Raises LookupError, a sentence, else."""
    rows = Official.objects.filter(name=name)
    if unit is not None:
        rows = rows.filter(jurisdiction_id=unit.place_id)
    found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise LookupError(f"有多位干部叫“{name}”，请先填写单位。")
    raise LookupError(f"没有名为“{name[:20]}”的干部，请核对姓名，或先在“组织”里登记。")


def known_names(usernames: Iterable[str]) -> set[str]:
    """Which of the sign-in names, in small letters, are taken."""
    rows = User.objects.annotate(small=Lower("username")).filter(small__in={name.lower() for name in usernames})
    return set(rows.values_list("small", flat=True))


def known_mobiles(numbers: Iterable[str]) -> set[str]:
    """Which of the mobile numbers belong to an account."""
    return set(User.objects.filter(mobile__in=set(numbers) - {""}).values_list("mobile", flat=True))
