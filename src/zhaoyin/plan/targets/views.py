"""The pages of the year's targets."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.queries import jurisdiction_ids

from . import queries


@needs(Permission.PLAN_SEE)
def index(request: Any) -> HttpResponse:
    """Every target of the year's plans: done, the time gone by, the gap, the definition."""
    area = jurisdiction_ids(request.user.unit)
    years = queries.years_of(area)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and int(asked[:6]) in years else request.as_of.year
    plans = queries.progress_of(area, year, request.as_of)
    return render(request, "targets/index.html", {"plans": plans, "year": year, "years": years})


@needs(Permission.PLAN_SEE)
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """The records behind one target's figure, and those that were left out with the reason."""
    found = queries.progress_of_one(jurisdiction_ids(request.user.unit), pk, request.as_of)  # type: ignore[union-attr, attr-defined]
    if found is None:
        raise Http404
    target, progress = found
    return render(request, "targets/records.html", {"target": target, "progress": progress})
