"""Investment groups, special teams with their verdict, the leading group."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.ui.asof import today_of

from .. import actions, queries
from ..forms import (
    EndForm,
    GroupForm,
    LeadForm,
    LeadingForm,
    NewLeadingForm,
    NewTeamForm,
    PlaceForm,
    SeatForm,
    TeamForm,
)
from ..models import LeadingMember
from .answering import Request, answer, here_of, place_choice

GET_POST = ["GET", "HEAD", "POST"]
GROUPS, TEAMS, LEADING = "organisations:groups", "organisations:teams", "organisations:leading"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of groups: which of them somebody sees, how they are listed on a day, how one is made and called."""

    label: str
    visible: Callable[[Any], QuerySet[Any]]
    listed: Callable[[QuerySet[Any], date], list[Any]]
    form: type[PlaceForm]
    add: Callable[..., Any]
    then: str  # what comes after making one


# By the name of the page, as addresses have it.
SORTS = {
    "groups": Sort(
        "专业招商组", queries.groups_visible_to, queries.groups_on, GroupForm, actions.add_group, "请定牵头领导"
    ),
    "teams": Sort(
        "专班", queries.teams_visible_to, queries.team_rows, NewTeamForm, actions.add_team, "请在“修改”中定人员"
    ),
    "leading": Sort(
        "领导小组", queries.leading_groups_visible_to, queries.leading_on, NewLeadingForm, actions.add_leading_group, "请登记成员"
    ),
}  # fmt: skip


@needs(Permission.ORGANISATION_SEE)
@require_safe
def listed(request: Request, sort: str) -> HttpResponse:
    """The groups of one sort as of the day: who led them, who sat in them, special teams with their verdict."""
    rows = SORTS[sort].listed(SORTS[sort].visible(request.user), request.as_of)
    places = {getattr(row, "team", row).jurisdiction_id for row in rows}
    context = {"rows": rows, "can_edit": here_of(request) is not None, "places": len(places)}
    return render(request, f"organisations/{sort}.html", context)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def new(request: Request, sort: str) -> HttpResponse:
    """Make a group of that sort."""
    form = SORTS[sort].form(request.POST or None, **place_choice(request))

    def act() -> str:
        return f"“{SORTS[sort].add(by=request.user, **form.given()).name}”已建立，{SORTS[sort].then}"

    page = f"organisations:{sort}"
    return _answer(request, form, act, page, title=f"新增{SORTS[sort].label}", submit="建立")


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def close(request: Request, sort: str, pk: int) -> HttpResponse:
    """Close a group of that sort from a day on."""
    row = _one(SORTS[sort].visible(request.user), pk)
    form = EndForm(
        request.POST or None, initial={"on": today_of(request)}, label="撤销日", help_text="从这一天起不再列入；此前月份不变"
    )  # fmt: skip

    def act() -> str:
        actions.close_group(by=request.user, group=row, on=form.cleaned_data["on"])
        return f"“{row.name}”于 {form.cleaned_data['on']} 撤销"

    page = f"organisations:{sort}"
    return _answer(request, form, act, page, title="撤销", submit="撤销", subject=row, danger=True)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def group_edit(request: Request, pk: int) -> HttpResponse:
    """Change number and name."""
    row = _one(queries.groups_visible_to(request.user), pk)
    stored = {"version": row.version, "number": row.number, "name": row.name}
    form = GroupForm(request.POST or None, initial=stored)

    def act() -> str:
        return _saved(
            actions.edit_group(by=request.user, group=row, fields=form.given(), version=form.cleaned_data["version"])
        )

    return _answer(request, form, act, GROUPS, title="修改专业招商组", submit="保存", stored=stored, subject=row)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def group_lead(request: Request, pk: int) -> HttpResponse:
    """Say who leads a group from a day on."""
    row = _one(queries.groups_visible_to(request.user), pk)
    form = LeadForm(request.POST or None, here=row.jurisdiction, initial={"since": today_of(request)})

    def act() -> str:
        actions.set_group_lead(by=request.user, group=row, **form.cleaned_data)
        return "牵头领导已更换"

    return _answer(request, form, act, GROUPS, title="更换牵头领导", submit="更换", subject=row)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def team_edit(request: Request, pk: int) -> HttpResponse:
    """Change a special team and who sits in it."""
    row = _one(queries.teams_visible_to(request.user), pk)
    stored: dict[str, Any] = {key: getattr(row, key) for key in ("version", "name", "fund", "base")}
    stored |= queries.seats_now(row)
    start = stored | {"since": today_of(request)}
    form = TeamForm(request.POST or None, initial=start, here=row.jurisdiction)

    def act() -> str:
        return _saved(actions.edit_team(by=request.user, team=row, **form.facts()))

    return _answer(request, form, act, TEAMS, title="修改专班", submit="保存", stored=stored, subject=row, two=True)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def leading_edit(request: Request, pk: int) -> HttpResponse:
    """Change a leading group's name and office."""
    row = _one(queries.leading_groups_visible_to(request.user), pk)
    stored = {"version": row.version, "name": row.name, "office": row.office}
    form = LeadingForm(request.POST or None, initial=stored, group=row, today=today_of(request))

    def act() -> str:
        version = form.cleaned_data["version"]
        return _saved(actions.edit_leading_group(by=request.user, group=row, fields=form.given(), version=version))

    return _answer(request, form, act, LEADING, title="修改领导小组", submit="保存", stored=stored, subject=row)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def seat_new(request: Request, pk: int) -> HttpResponse:
    """Give somebody a seat."""
    row = _one(queries.leading_groups_visible_to(request.user), pk)
    form = SeatForm(request.POST or None, group=row)

    def act() -> str:
        member = actions.give_seat(by=request.user, group=row, **form.cleaned_data)
        return f"“{member.official.name}”已登记为{member.get_seat_display()}"

    return _answer(request, form, act, LEADING, title="登记成员", submit="登记", subject=row)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def seat_end(request: Request, pk: int) -> HttpResponse:
    """Record the last day of a seat."""
    seen = LeadingMember.objects.filter(group__in=queries.leading_groups_visible_to(request.user))
    row = get_object_or_404(seen.select_related("group__jurisdiction", "official"), pk=pk)
    form = EndForm(request.POST or None, initial={"on": today_of(request)})

    def act() -> str:
        actions.end_seat(by=request.user, member=row, on=form.cleaned_data["on"])
        return f"“{row.official.name}”已离任"

    return _answer(request, form, act, LEADING, title=f"离任：{row.official.name}", submit="离任", subject=row.group)


def _one(rows: QuerySet[Any], pk: int) -> Any:
    return get_object_or_404(rows.select_related("jurisdiction"), pk=pk)


def _answer(request: Request, form: Any, act: Any, page: str, **more: Any) -> HttpResponse:
    return answer(request, form, act, back=reverse(page), tab=page.removeprefix("organisations:"), **more)


def _saved(changed: Any) -> str:
    return "已保存" if changed else "没有改动"
