"""Between the request and its page: who must sign in again, what must be done first, and that a session is in use."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from . import queries
from .sessions import SessionStore

LEAVING = "accounts:logout"  # stays open whatever must be done first
EXPIRED = "登录已过期，请重新登录，登录后回到原来的页面。"
NOT_SAVED = "登录已过期，刚才提交的内容没有保存。请重新登录，回到原来的页面再提交一次。"


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends whoever is signed out to the sign-in page and back to where they were, and says so if a session has ended."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """The way to the sign-in page; a part of a page that htmx asked for lets the whole page go there."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            messages.warning(request, EXPIRED if request.method == "GET" else NOT_SAVED)
        return sent_to(request, redirect_to_login(_page(request), settings.LOGIN_URL).url)


class EntranceMiddleware:
    """A password that must be changed, or a second factor that is asked for, comes before every other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Only a session that this request has read, and that will not be written anyway, needs its time prolonged.
        session = request.session
        if isinstance(session, SessionStore) and session.seen is not None and not session.modified:
            session.touch()
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Redirect unless the page is that one, or must stay open."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        door = queries.entrance_of(request.user, request.session, timezone.now()).door  # type: ignore[arg-type]
        match = request.resolver_match
        if door is None or match is None or match.view_name in (door.value, LEAVING):
            return None
        return sent_to(request, redirect(door.value).url)


def sent_to(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect, which htmx follows with the whole page and not with the part that it asked for."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _page(request: HttpRequest) -> str:
    """The page that somebody is on: the one asked for, or the one that a form or a part of a page was sent from."""
    if request.method == "GET" and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    sender = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(sender, {request.get_host()}):
        return "/"
    parts = urlsplit(sender)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
