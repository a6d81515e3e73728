"""From a reviewed document to a plan: what would change, what was made, taking it back, and the plan itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.ground.ui.views import way_back
from zhaoyin.record.projects.actions import NotAllowed

from .. import actions, queries
from ..forms import SettlementForm


@needs(Permission.PLAN_COMMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def commit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the reading the plan. A newer edition, or projects known already, are shown first and then confirmed."""
    row = get_object_or_404(queries.documents_visible_to(request.user), pk=pk)
    if request.method != "POST" or "confirmed" not in request.POST:
        preview = queries.preview(row)
        if preview is None:
            return redirect("plans:document", pk=pk)
        if request.method != "POST" or preview.known:
            return render(request, "plans/preview.html", {"preview": preview, "document": row})
    try:
        made = actions.commit_document(by=request.user, document=row, on=today_of(request))
    except (NotAllowed, actions.Refused) as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:document", pk=pk)
    return redirect("plans:committed", pk=made.pk)


@needs(Permission.WHOLE_SEE)
@require_safe
def committed(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a commit made, and after an undo what it left."""
    row = get_object_or_404(queries.commits_visible_to(request.user), pk=pk)
    return render(request, "plans/committed.html", {"commit": row, "outcome": queries.outcome(row)})


@needs(Permission.PLAN_COMMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, saying what would be lost; then take the commit back."""
    row = get_object_or_404(queries.commits_visible_to(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "plans/undo.html", {"commit": row, "outcome": queries.outcome(row)})
    try:
        kept = actions.undo_commit(by=request.user, commit=row, on=today_of(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销；改动过的内容保留，见下" if kept else "已全部撤销")
    return redirect("plans:committed", pk=pk)


@needs(Permission.PLAN_SEE)
@require_safe
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """One plan: targets, duties, sections, projects with their open doubts, documents and editions."""
    row = get_object_or_404(queries.plans_visible_to(request.user).select_related("jurisdiction"), pk=pk)
    return render(request, "plans/plan.html", {"page": queries.plan_page(row, request.user)})


@needs(Permission.PROJECT_EDIT)
@require_POST
def settle_later(request: SignedInRequest, pk: int) -> HttpResponse:
    """Settle a doubt that was left open when the plan was made; from the plan's page or the project's, and back to it."""
    row = get_object_or_404(queries.doubts_visible_to(request.user), pk=pk)
    form = SettlementForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["settlement"].strip():
        messages.error(request, "请写明这处疑点如何处理，不超过 300 个字")
    else:
        actions.settle_doubt(by=request.user, doubt=row, settlement=form.cleaned_data["settlement"])
        messages.success(request, f"疑点 {row.number} 已处理")
    return redirect(way_back(request))
