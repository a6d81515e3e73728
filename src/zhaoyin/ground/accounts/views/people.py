"""Accounts, the roles they hold, and what follows from those."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import GROUPS, ROLES, Permission
from zhaoyin.ground.organisations.actions import Refused, StaleVersion
from zhaoyin.ground.ui.listing import Declared, Filter

from .. import actions
from ..forms import GrantForm, PersonForm
from ..forms.people import stored
from ..models import User
from ..queries import people as queries
from ..requests import SignedInRequest

LIST = Declared(
    filters=(
        Filter("q", "姓名、登录名或单位"),
        Filter("role", "角色", (*((role.key, role.name) for role in ROLES.values()), ("none", "没有角色"))),
        Filter("unit", "单位名称含"),
        Filter("state", "状态", (("active", "在用"), ("closed", "已停用"), ("locked", "已锁定"))),
        Filter("factor", "动态口令", (("yes", "已启用"), ("no", "未启用"))),
    ),
    sorts={
        "unit": ("unit__path", "name", "pk"),
        "name": ("name", "pk"),
        "username": ("username",),
        "seen": ("seen_at", "pk"),
    },
    order="unit",
)


@needs(*queries.KEEPERS)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The accounts, as the address asks for them."""
    listing = LIST.read(request.GET)
    locked = queries.locked_names(timezone.now())
    rows = queries.people_listed(request.user, locked, **listing.chosen)
    page = listing.page_of(rows.order_by(*listing.ordering))
    context = {"listing": listing, "page": page, "locked": locked, "roles": ROLES}
    return render(request, "accounts/people.html", context)


@needs(*queries.KEEPERS)
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One account: who it is, which roles it holds, what it may do and why."""
    user = _user(request, pk)
    context = {
        "person": queries.person_page(user, timezone.now()),
        "own": user == request.user,
    }
    return render(request, "accounts/person.html", context)


@needs()
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one may do oneself; whoever holds no role is told what to do."""
    person = queries.person_page(request.user, timezone.now())
    if not person.powers.roles:
        return render(request, "accounts/no_role.html")
    return render(request, "accounts/mine.html", {"person": person})


@needs()
@require_safe
def roles(request: SignedInRequest) -> HttpResponse:
    """Every role, in words and as a table of what it may do."""
    return render(
        request,
        "accounts/roles.html",
        {"roles": ROLES.values(), "groups": GROUPS, "sees": queries.sees_people(request.user)},
    )


@needs(Permission.ACCOUNT_MANAGE)
@never_cache
def new(request: SignedInRequest) -> HttpResponse:
    """Make an account; its one-time password is shown once."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        facts = form.facts()
        try:
            user, password = actions.add_user(
                by=request.user, username=form.cleaned_data["username"], name=facts.pop("name"), unit=facts.pop("unit"),
                fields=facts,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "accounts/one_time.html", {"user": user, "password": password, "made": True})
    return _form(request, form, "新建账号", "建立")


@needs(Permission.ACCOUNT_MANAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change an account. Whoever comes second is shown what the first one stored, beside what was typed."""
    user = _user(request, pk)
    form = PersonForm(request.POST if request.method == "POST" else None, user=user)
    theirs: dict[str, str] = {}
    if form.is_bound and form.is_valid():
        try:
            changed = actions.edit_user(
                by=request.user, user=user, fields=form.facts(), version=form.cleaned_data["version"] or 0
            )
        except StaleVersion as stale:
            form.add_error(None, str(stale))
            now = stored(_user(request, pk), form.units)
            theirs = {key: str(value or "空") for key, value in now.items() if str(value) != form.data.get(key, "")}
            form.data = {**form.data.dict(), "version": str(now["version"])}  # type: ignore[attr-defined]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存" if changed else "没有改动")
            return redirect("accounts:person", pk=pk)
    return _form(request, form, "修改账号", "保存", user, theirs)


@needs(Permission.ACCOUNT_MANAGE)
@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    user = _user(request, pk)
    if "reopen" in request.POST:
        actions.reopen_user(by=request.user, user=user)
        messages.success(request, f"{user} 的账号已恢复，可以登录")
    else:
        _try(
            request, user, "停用账号", lambda: actions.close_user(by=request.user, user=user), "账号已停用，登录已结束"
        )
    return redirect("accounts:person", pk=pk)


@needs(Permission.ROLE_GRANT)
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give somebody a role."""
    user = _user(request, pk)
    form = GrantForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        role, unit = form.cleaned_data["role"], form.cleaned_data["unit"]
        try:
            actions.grant_role(by=request.user, user=user, role=role, unit=unit)
        except Refused as refused:
            actions.record_refusal(by=request.user, user=user, tried=f"授予{ROLES[role].name}", why=refused)
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{user} 从下一次操作起是{ROLES[role].name}")
            return redirect("accounts:person", pk=pk)
    context = {"form": form, "user": user, "roles": ROLES.values(), "chosen": form.data.get("role", "")}
    return render(request, "accounts/grant.html", context, status=422 if form.is_bound else 200)


@needs(Permission.ROLE_GRANT)
@require_POST
def revoke(request: SignedInRequest, pk: int, grant: int) -> HttpResponse:
    """Take a role back."""
    user = _user(request, pk)
    row = get_object_or_404(user.grants.select_related("unit", "user__unit"), pk=grant)
    name = ROLES[row.role].name
    _try(
        request, user, f"收回{name}", lambda: actions.revoke_role(by=request.user, grant=row),
        f"{user} 从下一次操作起不再是{name}",
    )  # fmt: skip
    return redirect("accounts:person", pk=pk)


@needs(Permission.ACCOUNT_SECURE)
@never_cache
@require_POST
def secure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a one-time password, open a lock, take away a lost second factor, end sessions."""
    user, by = _user(request, pk), request.user
    what = request.POST.get("what")
    if what == "password":
        try:
            password = actions.reset_password(by=by, user=user)
        except Refused as refused:
            actions.record_refusal(by=by, user=user, tried="重置密码", why=refused)
            messages.error(request, str(refused))
        else:
            return render(request, "accounts/one_time.html", {"user": user, "password": password, "made": False})
    elif what == "unlock":
        actions.unlock(by=by, user=user)
        messages.success(request, "已解锁，可以再试密码")
    elif what == "factor":
        _try(
            request, user, "清除动态口令", lambda: actions.reset_second_factor(by=by, user=user),
            "动态口令已清除，登录已结束，下次登录须重新设置",
        )  # fmt: skip
    elif what == "sessions":
        ended = actions.end_sessions(by=by, user=user)
        messages.success(request, f"已结束 {ended} 个登录" if ended else "没有登录")
    return redirect("accounts:person", pk=pk)


def _user(request: SignedInRequest, pk: int) -> User:
    rows = queries.people_visible_to(request.user).select_related("unit__jurisdiction", "official")
    return get_object_or_404(rows, pk=pk)


def _try(request: SignedInRequest, user: User, tried: str, act: Callable[[], Any], done: str) -> None:
    try:
        act()
    except Refused as refused:
        actions.record_refusal(by=request.user, user=user, tried=tried, why=refused)
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _form(
    request: SignedInRequest, form: PersonForm, title: str, submit: str, user: User | None = None, theirs: Any = None
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "user": user, "theirs": theirs or {}}
    return render(request, "accounts/person_form.html", context, status=422 if form.is_bound else 200)
