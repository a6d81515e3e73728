"""What the shell itself posts."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zhaoyin.ground.access.needs import needs

from . import asof


@needs()
@require_POST
def set_as_of(request: HttpRequest) -> HttpResponse:
    """Set the day that all measures are computed for (`day`), or go back to the usual one (`reset`); then return."""
    if "reset" in request.POST:
        asof.forget(request)
    else:
        try:
            asof.remember(request, request.POST.get("day", ""))
        except asof.WrongDay as wrong:
            messages.error(request, str(wrong))
    return redirect(way_back(request))


def way_back(request: HttpRequest) -> str:
    """The page the form stood on, without a day of its own in the address; the front page if it is not ours."""
    back = request.POST.get("next") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(back)
    # Without host and scheme, a path of two slashes would itself name a host.
    path = "/" + parts.path.lstrip("/\\")
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != asof.NAME])
    return f"{path}?{query}" if query else path
