"""The day that all measures are computed for: `request.as_of`.

It is the one that the address names (`?as_of=2022-07-15`, for this page only), else the one that the user chose for the
session, else the deployment's (settings.AS_OF), else the one on which the user's data open (a demonstration of a past
year, see `provide`), else today in Asia/Shanghai.
"""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

NAME = "as_of"
EARLIEST = date(2000, 1, 1)


class WrongDay(ValueError):
    """The words are no day that can be asked; the message is one Chinese sentence for the user."""


Opening = Callable[[HttpRequest], date | None]
_opening: list[Opening] = []


def provide(opening: Opening) -> None:
    """Let an upper room say on which day a user's data open, None for today."""
    _opening[:] = [opening]


def usual(request: HttpRequest) -> date:
    """The day without anybody's choice: the deployment's, else the data's own, else today."""
    fixed: date | None = settings.AS_OF
    if fixed is None and _opening:
        fixed = _opening[0](request)
    return fixed or timezone.localdate()


def parse(text: str, *, latest: date) -> date:
    """`text` (ISO) as a day from 2000 to `latest`; raises WrongDay."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise WrongDay(f"截至日期“{text.strip()[:20]}”不是日期，应形如 2022-07-15。") from None
    if day < EARLIEST:
        raise WrongDay("截至日期不能早于 2000-01-01。")
    if day > latest:
        raise WrongDay(f"截至日期不能晚于 {latest.isoformat()}，还没有发生的事无法统计。")
    return day


def latest(request: HttpRequest) -> date:
    """The last day that can be asked: today, or the usual day where that lies ahead of the clock."""
    return max(timezone.localdate(), usual(request))


def today_of(request: HttpRequest) -> date:
    """What counts as today for somebody who records something: the usual day, or a later one that the page is set to."""
    chosen: date | None = getattr(request, "as_of", None)
    return max(usual(request), chosen) if chosen else usual(request)


def remember(request: HttpRequest, text: str) -> date:
    """Keep `text` as the session's day; raises WrongDay and then keeps what was there."""
    day = parse(text, latest=latest(request))
    if day == usual(request):
        forget(request)  # the usual day moves on with the clock; a chosen one stands still
    else:
        request.session[NAME] = day.isoformat()
    return day


def forget(request: HttpRequest) -> None:
    """Go back to the usual day."""
    request.session.pop(NAME, None)


def read(request: HttpRequest) -> date:
    """The day of this request; a wrong day in the address is answered with a message and left out."""
    if asked := request.GET.get(NAME):
        try:
            return parse(asked, latest=latest(request))
        except WrongDay as wrong:
            messages.error(request, str(wrong))
    if chosen := request.session.get(NAME):
        try:
            return parse(chosen, latest=latest(request))
        except WrongDay:  # the clock or the deployment's day was set back since
            forget(request)
    return usual(request)


class AsOfMiddleware:
    """Gives every request its `as_of`. Stands after the session's and the messages' middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.as_of = read(request)  # type: ignore[attr-defined]
        return self.get_response(request)
