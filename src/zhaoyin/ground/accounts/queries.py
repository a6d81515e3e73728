"""Reading accounts."""

from django.http import HttpRequest

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import jurisdiction_of


def jurisdiction_for(request: HttpRequest) -> Unit | None:
    """The jurisdiction that the signed-in person works in, looked up once a request; before sign-in the first one."""
    if not hasattr(request, "_jurisdiction"):
        unit = getattr(getattr(request, "user", None), "unit", None)
        request._jurisdiction = jurisdiction_of(unit)  # type: ignore[attr-defined]
    found: Unit | None = request._jurisdiction  # type: ignore[attr-defined]
    return found
