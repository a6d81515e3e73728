"""Which projects somebody looked at last: kept in the person's own browser, signed, and nowhere else."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "recent"
MOST = 10
DAYS = 30


def numbers(request: HttpRequest) -> list[int]:
    """The projects looked at last, the newest first; none of what another account left in the browser."""
    try:
        user, found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE)
        return [int(pk) for pk in found][:MOST] if user == request.user.pk else []
    except (signing.BadSignature, ValueError, TypeError):
        return []


def note(request: HttpRequest, answer: HttpResponse, pk: int) -> None:
    """Put the project first."""
    before = numbers(request)
    if before[:1] == [pk]:
        return
    kept = [pk, *(one for one in before if one != pk)][:MOST]
    answer.set_cookie(
        COOKIE, signing.dumps([request.user.pk, kept], salt=COOKIE), max_age=DAYS * 86400, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
