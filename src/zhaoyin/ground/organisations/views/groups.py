"""Investment groups, special teams with their verdict, the leading group."""

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
from ..forms import EndForm, GroupForm, LeadForm, LeadingForm, NewLeadingForm, NewTeamForm, SeatForm, TeamForm
from ..models import LeadingMember
from .answering import Request, answer, here_of, place_choice

GET_POST = ["GET", "HEAD", "POST"]
GROUPS, TEAMS, LEADING = "organisations:groups", "organisations:teams", "organisations:leading"


@needs(Permission.ORGANISATION_SEE)
@require_safe
def groups(request: Request) -> HttpResponse:
    """The investment groups and who led them on the day."""
    rows = queries.groups_on(queries.groups_visible_to(request.user), request.as_of)
    return _list(request, "groups", rows)


@needs(Permission.ORGANISATION_SEE)
@require_safe
def teams(request: Request) -> HttpResponse:
    """The special teams, each with its verdict as of the day."""
    rows = queries.team_rows(queries.teams_visible_to(request.user), request.as_of)
    return _list(request, "teams", rows)


@needs(Permission.ORGANISATION_SEE)
@require_safe
def leading(request: Request) -> HttpResponse:
    """The leading groups with their seats on the day."""
    rows = queries.leading_on(queries.leading_groups_visible_to(request.user), request.as_of)
    return _list(request, "leading", rows)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def group_new(request: Request) -> HttpResponse:
    """Make an investment group."""
    form = GroupForm(request.POST or None, **place_choice(request))

    def act() -> str:
        return f"“{actions.add_group(by=request.user, **form.given()).name}”已建立，请定牵头领导"

    return _answer(request, form, act, GROUPS, title="新增专业招商组", submit="建立")


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
def group_close(request: Request, pk: int) -> HttpResponse:
    """Close an investment group."""
    return _close(request, queries.groups_visible_to(request.user), pk, GROUPS)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def team_new(request: Request) -> HttpResponse:
    """Make a special team."""
    form = NewTeamForm(request.POST or None, **place_choice(request))

    def act() -> str:
        return f"“{actions.add_team(by=request.user, **form.given()).name}”已建立，请在“修改”中定人员"

    return _answer(request, form, act, TEAMS, title="新增专班", submit="建立")


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
def team_close(request: Request, pk: int) -> HttpResponse:
    """Close a special team."""
    return _close(request, queries.teams_visible_to(request.user), pk, TEAMS)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(GET_POST)
def leading_new(request: Request) -> HttpResponse:
    """Make a leading group."""
    form = NewLeadingForm(request.POST or None, **place_choice(request))

    def act() -> str:
        return f"“{actions.add_leading_group(by=request.user, **form.given()).name}”已建立，请登记成员"

    return _answer(request, form, act, LEADING, title="新增领导小组", submit="建立")


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
def leading_close(request: Request, pk: int) -> HttpResponse:
    """Close a leading group."""
    return _close(request, queries.leading_groups_visible_to(request.user), pk, LEADING)


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


def _list(request: Request, tab: str, rows: list[Any]) -> HttpResponse:
    here = here_of(request)
    context = {"rows": rows, "can_edit": here is not None, "places": len({_place(row) for row in rows})}
    return render(request, f"organisations/{tab}.html", context)


def _place(row: Any) -> int:
    return int(getattr(row, "team", row).jurisdiction_id)


def _one(rows: QuerySet[Any], pk: int) -> Any:
    return get_object_or_404(rows.select_related("jurisdiction"), pk=pk)


def _close(request: Request, rows: QuerySet[Any], pk: int, page: str) -> HttpResponse:
    row: Any = _one(rows, pk)
    form = EndForm(
        request.POST or None,
        initial={"on": today_of(request)},
        label="撤销日",
        help_text="从这一天起不再列入；此前月份不变",
    )

    def act() -> str:
        actions.close_group(by=request.user, group=row, on=form.cleaned_data["on"])
        return f"“{row.name}”于 {form.cleaned_data['on']} 撤销"

    return _answer(request, form, act, page, title="撤销", submit="撤销", subject=row, danger=True)


def _answer(request: Request, form: Any, act: Any, page: str, **more: Any) -> HttpResponse:
    return answer(request, form, act, back=reverse(page), tab=page.removeprefix("organisations:"), **more)


def _saved(changed: Any) -> str:
    return "已保存" if changed else "没有改动"


__all__ = [
    "group_close", "group_edit", "group_lead", "group_new", "groups", "leading", "leading_close", "leading_edit",
    "leading_new", "seat_end", "seat_new", "team_close", "team_edit", "team_new", "teams",
]  # fmt: skip
