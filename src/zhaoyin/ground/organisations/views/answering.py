"""How every form of this room is answered: saved and led on, or shown again with what is wrong."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ..actions import Refused, StaleVersion
from ..models import Unit
from ..queries import jurisdiction_of, places_of


class Request(HttpRequest):
    """A request of somebody who has signed in, with the day that the page is for."""

    user: Any
    as_of: date


def answer(
    request: Request,
    form: Form,
    act: Callable[[], str],
    *,
    title: str,
    submit: str,
    back: str,
    stored: Mapping[str, Any] | None = None,
    done: str = "",
    **more: Any,
) -> HttpResponse:
    """Run `act` once the form is valid; it returns what to say. A refusal stands above the fields. `stored` is what the
    form started with: where somebody else saved meanwhile, it stands beside what was typed."""
    theirs: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            said = act()
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        except StaleVersion as stale:
            form.add_error(None, str(stale))
            now = stored or {}
            form.data = {**form.data.dict(), "version": str(now.get("version", ""))}  # type: ignore[attr-defined]
            theirs = differing(form, now)
        else:
            messages.success(request, said)
            return redirect(done or back)
    context = {"form": form, "title": title, "submit": submit, "back": back, "theirs": theirs, **more}
    return render(request, "organisations/form.html", context, status=422 if form.is_bound else 200)


def differing(form: Form, stored: Mapping[str, Any]) -> dict[str, str]:
    """Field → what is stored now, where that is not what was typed."""
    found = {}
    for key, now in stored.items():
        typed = form.cleaned_data.get(key)
        if key != "version" and key in form.fields and said(typed) != said(now):
            found[key] = said(now) or "空"
    return found


def said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(sorted(str(one) for one in value))
    return str(value) if value not in (None, "") else ""


def place_choice(request: Request) -> dict[str, Any]:
    """Which jurisdiction a new record is for: asked where the person keeps several."""
    places = places_of(request.user)
    return {"places": places, "here": here_of(request)}


def here_of(request: Request) -> Unit | None:
    """The jurisdiction that the person works in, if the person keeps it; else the first that is kept."""
    places = places_of(request.user)
    own = jurisdiction_of(request.user.unit) if request.user.unit_id else None
    return (own and places.filter(pk=own.pk).first()) or places.first()
