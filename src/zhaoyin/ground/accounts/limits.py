"""Whoever asks too often for what costs much is asked to wait. Views say what they are (ground.access.limits)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from .actions import count_use


class LimitsMiddleware:
    """Answers 429 instead of the view. Stands after sign-in and after the question who may; other pages cost nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: object, kwargs: object) -> HttpResponse | None:
        """Count, and refuse what is too much."""
        kind, asked, method = getattr(view, "limited", ("", "", ""))
        if not kind or (asked and not request.GET.get(asked)) or (method and request.method != method):
            return None
        now = timezone.now()
        if count_use(by=request.user, kind=kind, most=settings.LIMITS[kind], at=now):  # type: ignore[arg-type]
            return None
        wait = 60 - int(now.timestamp()) % 60
        context = {"wait": wait, "most": settings.LIMITS[kind]}
        answer = render(request, "accounts/limited.html", context, status=429)
        answer["Retry-After"] = str(wait)
        return answer
