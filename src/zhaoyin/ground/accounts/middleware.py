"""A one-time password opens one page only: the one that replaces it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OPEN = {"accounts:password", "accounts:logout", "accounts:login"}


class PasswordChangeMiddleware:
    """Sends a signed-in user whose password must be changed to the page that does it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Redirect unless the page is one of those that must stay open."""
        match = request.resolver_match
        if match and match.view_name not in OPEN and getattr(request.user, "must_change_password", False):
            return redirect("accounts:password")
        return None
