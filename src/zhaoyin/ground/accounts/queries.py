"""Reading accounts."""

from django.http import HttpRequest

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import jurisdiction_of

from .demo import DEMO_PASSWORD, DEMO_USER
from .models import User


def jurisdiction_for(request: HttpRequest) -> Unit | None:
    """The jurisdiction that the signed-in person works in, looked up once a request; before sign-in the first one."""
    if not hasattr(request, "_jurisdiction"):
        unit = getattr(getattr(request, "user", None), "unit", None)
        request._jurisdiction = jurisdiction_of(unit)  # type: ignore[attr-defined]
    found: Unit | None = request._jurisdiction  # type: ignore[attr-defined]
    return found


def demo_account(request: HttpRequest) -> tuple[str, str] | None:
    """Name and password of the demonstration account, where the data are a demonstration and the account is there."""
    here = jurisdiction_for(request)
    if here is None or not here.demo or not User.objects.filter(username=DEMO_USER, is_active=True).exists():
        return None
    return DEMO_USER, DEMO_PASSWORD
