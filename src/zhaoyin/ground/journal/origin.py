"""From where an act comes: the address of the request under way. Commands and background work have none."""

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_address: ContextVar[str] = ContextVar("journal_address", default="")


def address() -> str:
    """The address that lines written now come from; empty outside a request."""
    return _address.get()


def address_of(request: HttpRequest) -> str:
    """Who asks, empty where it is not known (a test's request, a socket).

    Behind settings.PROXIES fronts it is what the outermost of them wrote into X-Forwarded-For; what stands further left
    came from the visitor and may be invented. Who does not come from settings.PROXY_ADDRESSES is no front of ours.
    """
    given = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES and _is_front(given):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        given = forwarded[-min(settings.PROXIES, len(forwarded))].strip() or given
    try:
        return str(ip_address(given))
    except ValueError:
        return ""


def _is_front(given: str) -> bool:
    """Whether the address may be a front's: one of those that are named, or any where none is."""
    if not settings.PROXY_ADDRESSES:
        return True
    try:
        return any(ip_address(given) in network for network in settings.PROXY_ADDRESSES)
    except ValueError:
        return False


class OriginMiddleware:
    """Lets every line that a request writes know the address it came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = _address.set(address_of(request))
        try:
            return self.get_response(request)
        finally:
            _address.reset(before)
