"""Two projects that are one: chosen, seen beforehand, merged, taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of

from .. import actions
from ..actions import NotAllowed
from ..models import Project
from ..queries import allowed_on, candidates, history_before, mergings_visible_to, visible_to
from .pages import project_for


@needs(Permission.PROJECT_EDIT)
@require_http_methods(["GET", "POST"])
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose the project that this one goes into (`q`), see what that would do (`into`), do it (posted)."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    given = request.POST if request.method == "POST" else request.GET
    words, chosen = " ".join(given.get("q", "").replace("\0", "").split())[:100], given.get("into", "")
    context: dict[str, Any] = {"project": project, "words": words, "refused": ()}
    if chosen:
        number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 19 else 0
        into = get_object_or_404(visible_to(request.user, Permission.PROJECT_EDIT), pk=number)
        act = actions.merge_projects if request.method == "POST" else actions.preview_merging
        try:
            done = act(by=request.user, gone=project, into=into, on=today_of(request))
        except NotAllowed as refused:
            context["refused"] = refused.reasons
        else:
            if request.method == "POST":
                messages.success(request, f"“{project.name}”已并入“{into.name}”，原编号会自动转到这里")
                return redirect("library:project", pk=into.pk)
            return render(request, "projects/join.html", {**context, "into": into, "done": done})
    found: list[Project] = candidates(request.user, project, words)
    return render(
        request, "projects/join.html", {**context, "found": found}, status=422 if context["refused"] or chosen else 200
    )


@needs(Permission.RECORDS_SEE)
@require_safe
def merging(request: SignedInRequest, pk: int) -> HttpResponse:
    """One merging: what went over, what was left out, the history of the project that is gone, the way back."""
    row = get_object_or_404(mergings_visible_to(request.user), pk=pk)
    may = Permission.PROJECT_EDIT in allowed_on(request.user, row.project_id)
    context = {
        "merging": row,
        "project": row.project,
        "history": history_before(row),
        "may_undo": may and not row.undone_at,
    }
    return render(request, "projects/merging.html", context)


@needs(Permission.PROJECT_EDIT)
@require_POST
def undo_merging(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make two of one again."""
    row = get_object_or_404(mergings_visible_to(request.user), pk=pk)
    try:
        kept = actions.undo_merging(by=request.user, merging=row, on=today_of(request))
    except NotAllowed as refused:
        messages.error(request, "；".join(refused.reasons))
        return redirect("projects:merging", pk=pk)
    messages.success(request, f"合并已撤销，“{row.gone_name}”恢复为单独的项目")
    if kept:
        messages.warning(request, f"合并后改动过、留在“{row.project}”的：{'、'.join(kept)}")
    return redirect("library:project", pk=row.gone)
