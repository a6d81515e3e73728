"""Whoever lacks what a page needs is told so. What it needs is said beside the view (ground.access.needs)."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhaoyin.ground.access.queries import holding_of, may
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.ground.journal import actions as journal


class AccessMiddleware:
    """Refuses, with a page that says what is missing, whoever lacks what a view needs. Stands after sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: object, kwargs: object) -> HttpResponse | None:
        """Refuse unless the signed-in person holds one of the permissions that the view names."""
        if not getattr(view, "login_required", True):
            return None
        wanted: tuple[Permission, ...] | None = getattr(view, "needs", None)
        if wanted is None:
            raise PermissionError(f"{request.resolver_match and request.resolver_match.view_name} names no permission")
        if not wanted or any(may(request.user, permission) for permission in wanted):
            return None
        return refused(request, Forbidden(wanted[0]))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An action that refuses becomes the same page."""
        return refused(request, exception) if isinstance(exception, Forbidden) else None


def refused(request: HttpRequest, why: Forbidden) -> HttpResponse:
    """The page that says what is missing and who can grant it. The journal keeps that somebody tried."""
    journal.refuse(
        by=request.user if isinstance(request.user, models.Model) else None,
        act="accounts.refused",
        detail={"path": request.path[:200], "wanted": why.permission.label},
    )
    page = "forbidden" if holding_of(request.user).grants else "no_role"
    return render(request, f"accounts/{page}.html", {"why": why}, status=403)


def allowances(request: HttpRequest) -> dict[str, Callable[[str], bool]]:
    """The context processor: templates ask `may("plan.commit")` before they show a button."""
    return {"may": lambda key: may(request.user, Permission(key))}
