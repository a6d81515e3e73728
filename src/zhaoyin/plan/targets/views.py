"""The pages of the year's targets."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import area_of
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.queries import jurisdiction_ids
from zhaoyin.record.projects.queries import Sight, sight_of

from . import queries
from .rules import METRICS


@needs(Permission.PLAN_SEE)
def index(request: Any) -> HttpResponse:
    """Every target of the year's plans: done, the time gone by, the gap, the definition."""
    area, sight = _places(request), _sight(request)
    years = queries.years_of(area)
    asked = request.GET.get("year", "")
    year = next((year for year in years if asked == str(year)), request.as_of.year)
    plans = queries.progress_of(area, year, request.as_of, sight)
    context = {"plans": plans, "year": year, "years": years, "part": sight is not None}
    return render(request, "targets/index.html", context)


@needs(Permission.PLAN_SEE)
def records(request: HttpRequest, pk: int) -> HttpResponse:
    """The records behind one target's figure, and those that were left out with the reason."""
    sight = _sight(request)
    found = queries.progress_of_one(_places(request), pk, request.as_of, sight)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    target, progress = found
    metric = METRICS.get(target.metric)
    counted = queries.counted_as(target.plan.jurisdiction, request.as_of, metric.source) if metric else ()  # type: ignore[attr-defined]
    context = {"target": target, "progress": progress, "part": sight is not None, "counted": counted}
    return render(request, "targets/records.html", context)


def _places(request: Any) -> list[int]:
    """The jurisdictions whose plans the person may see."""
    area = area_of(request.user, Permission.PLAN_SEE)
    return jurisdiction_ids(None) if area.everything else list(area.places)


def _sight(request: Any) -> Sight | None:
    """What the person may see, where that is less than all of these jurisdictions."""
    sight = sight_of(request.user)
    return None if set(_places(request)) <= set(sight.jurisdictions or ()) else sight
