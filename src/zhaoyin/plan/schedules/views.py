"""The forms of milestones, each a page of its own; the project's page shows them in dialogs."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.record.projects.actions import NotAllowed
from zhaoyin.record.projects.models import Project
from zhaoyin.record.projects.queries import permit_on, visible_to
from zhaoyin.record.projects.views.merging import Page, save_merged

from . import actions
from .forms import MilestoneForm, MoveForm, ReachForm
from .models import Milestone

REACH_ONLY = "只记节点完成，不改变阶段；签约、落地、开工等请用“推进阶段”，节点会同时完成。"


@needs(Permission.STAGE_ADVANCE)
def reach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a milestone reached."""
    milestone, today = _milestone(request, pk, Permission.STAGE_ADVANCE), today_of(request)
    form = ReachForm(request.POST or None, today=today, auto_id=f"reach-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            actions.reach_milestone(by=request.user, milestone=milestone, on=form.cleaned_data["on"], as_of=today)
        except NotAllowed as refused:
            _refuse(form, refused)
        else:
            messages.success(request, f"节点“{milestone.text}”已完成")
            return redirect("library:project", pk=milestone.project_id)
    return _form(
        request, form, "完成节点", "完成", milestone.project, milestone, goes=REACH_ONLY if milestone.stage else ""
    )


@needs(Permission.MILESTONE_MOVE)
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a milestone's dates, with a reason; the first date stays in sight."""
    milestone = _milestone(request, pk, Permission.MILESTONE_MOVE)

    def opened(data: Mapping[str, Any] | None) -> MoveForm:
        milestone.refresh_from_db(fields=["start", "end", "kind", "reached_on", "withdrawn_on"])
        return MoveForm(data, milestone=milestone, auto_id=f"move-{pk}-%s")

    def store(form: MoveForm) -> str:
        given = {key: form.cleaned_data[key] for key in ("start", "end", "kind", "reason")}
        seen = (milestone.start, milestone.end, milestone.kind)
        actions.move_milestone(by=request.user, milestone=milestone, on=today_of(request), seen=seen, **given)
        return f"节点“{milestone.text}”已改期，原定日期保留"

    more = {"note": _words(milestone), "goes": ""}
    return save_merged(request, opened, store, Page("节点改期", "改期", milestone.project, more))


@needs(Permission.MILESTONE_MOVE)
def add(request: SignedInRequest, project: int) -> HttpResponse:
    """Add a promise that no plan made."""
    owner = get_object_or_404(visible_to(request.user), pk=project)
    permit_on(request.user, Permission.MILESTONE_MOVE, owner)
    form = MilestoneForm(request.POST or None, project=owner)
    if request.method == "POST" and form.is_valid():
        actions.add_milestones(by=request.user, promises=[(owner, form.cleaned_data)], known_on=today_of(request))
        messages.success(request, "节点已列入")
        return redirect("library:project", pk=project)
    return _form(request, form, "列入节点", "列入", owner)


def _milestone(request: SignedInRequest, pk: int, permission: Permission) -> Milestone:
    rows = Milestone.objects.filter(project__in=visible_to(request.user))
    found = get_object_or_404(rows.select_related("project__jurisdiction", "phase"), pk=pk)
    permit_on(request.user, permission, found.project)
    return found


def _form(
    request: SignedInRequest,
    form: Form,
    title: str,
    submit: str,
    project: Project,
    milestone: Milestone | None = None,
    goes: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "submit": submit, "project": project, "goes": goes}
    context["note"] = _words(milestone) if milestone else ""
    if not form.is_bound:
        form.visible_fields()[0].field.widget.attrs["autofocus"] = True
    return render(request, "projects/form.html", context, status=422 if form.is_bound else 200)


def _words(milestone: Milestone) -> str:
    phase = milestone.phase.name if milestone.phase else ""
    return milestone.text if milestone.text.startswith(phase) else phase + milestone.text


def _refuse(form: Form, refused: NotAllowed) -> None:
    for reason in refused.reasons:
        form.add_error(None, reason)
