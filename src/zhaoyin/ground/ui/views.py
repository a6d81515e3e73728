"""What the shell itself posts."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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


# What Django refuses to read on, in words. (Files that are too large are passed over, and their form says so.)
TOO_MUCH: dict[type[Exception], str] = {
    RequestDataTooBig: "提交的内容太大，没有保存，请减少文字后再提交，大段材料请作为文件上传。",
    TooManyFieldsSent: "一次提交的项目太多，没有保存，请分几次提交。",
    TooManyFilesSent: "一次上传的文件太多，没有保存，请分几次上传。",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what cannot be answered: too much (413), or malformed (400)."""
    said = TOO_MUCH.get(type(exception))
    return render(request, "400.html", {"too_much": said}, status=413 if said else 400)
