"""Recording what happened to a project."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of

from .. import actions
from ..forms import AnswerForm, NoteForm, OpenProblemForm, ProblemForm
from ..models import Problem
from ..queries import permit_on, visible_to
from .merging import Page, save_merged
from .pages import form_page, project_for, refuse, row_for


@needs(Permission.PROGRESS_WRITE)
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what happened."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    own = request.user.unit
    unit = own if own is not None and own.jurisdiction_id else project.unit
    form = NoteForm(request.POST or None, project=project, today=today_of(request), unit=unit, auto_id="note-%s")
    if request.method == "POST" and form.is_valid():
        actions.write_note(by=request.user, project=project, **form.entries())
        messages.success(request, "进展已记下")
        return redirect("library:project", pk=pk)
    return form_page(request, form, "记进展", "记下", project, goes="提交后同时记入项目进展和当月通报。")


@needs(Permission.PROGRESS_WRITE)
def problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what stands in the way."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    form = ProblemForm(request.POST or None, project=project, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        actions.raise_problem(by=request.user, project=project, **form.entries())
        messages.success(request, "问题已登记")
        return redirect("library:project", pk=pk)
    return form_page(request, form, "登记问题", "登记", project, goes="提交后列入当月通报的存在问题。")


@needs(Permission.PROGRESS_WRITE)
def edit_problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a problem that is still open: another owner, another day."""
    row: Problem = row_for(request, Problem, pk, Permission.PROGRESS_WRITE)

    def opened(data: Mapping[str, Any] | None) -> OpenProblemForm:
        now: Problem = row_for(request, Problem, pk, Permission.PROGRESS_WRITE)
        return OpenProblemForm(data, problem=now, today=today_of(request))

    def store(form: OpenProblemForm) -> str:
        facts = {key: form.cleaned_data[key] for key in actions.PROBLEM_FIELDS}
        changed = actions.edit_problem(by=request.user, problem=row, facts=facts, seen=form.before)
        return "问题已修改" if changed else "没有改动"

    more = {"goes": "改了什么、谁改的，都记入修改历史。"}
    return save_merged(request, opened, store, Page("修改问题", "保存", row.project, more))


@needs(Permission.PROGRESS_WRITE)
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a problem."""
    row = get_object_or_404(Problem.objects.filter(project__in=visible_to(request.user)), pk=pk)
    permit_on(request.user, Permission.PROGRESS_WRITE, row.project)
    if row.settled_on is not None:
        messages.info(request, f"这个问题已于 {row.settled_on} 解决")
        return redirect("library:project", pk=row.project_id)
    form = AnswerForm(request.POST or None, today=today_of(request), raised_on=row.raised_on, auto_id=f"settle-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_problem(by=request.user, problem=row, **form.cleaned_data)
        except ValueError as wrong:
            refuse(form, [str(wrong)])
        else:
            messages.success(request, "问题已解决")
            return redirect("library:project", pk=row.project_id)
    return form_page(request, form, "解决问题", "解决", row.project, note=row.text)
