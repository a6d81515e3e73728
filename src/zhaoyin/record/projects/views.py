"""The forms of one project. Each is a page of its own; the project's page shows the same forms in dialogs."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.kernel.stages import Stage

from . import actions
from .actions import NotAllowed, StaleVersion
from .forms import AnswerForm, FactsForm, NewProjectForm, NoteForm, ProblemForm, StageForm
from .models import Problem, Project
from .queries import permit_on, visible_to


@needs(Permission.PROJECT_ADD)
def new(request: SignedInRequest) -> HttpResponse:
    """Make a project from what is known at first contact."""
    here = jurisdiction_for(request)
    if here is None:
        messages.error(request, "还没有行政区划：先建立一个行动方案，或载入一个行政区划的数据。")
        return redirect("library:index")
    form = NewProjectForm(request.POST or None, jurisdiction=here, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        plain = {key: facts[key] for key in ("investor", "investment_yi", "land_mu", "unit", "content")}
        project = actions.create_project(
            by=request.user, jurisdiction=here, name=facts["name"], known_on=facts["known_on"],
            stage=Stage(facts["stage"]), leaders=facts["leaders"], fields=plain,
        )  # fmt: skip
        messages.success(request, f"“{project.name}”已入库")
        return redirect("library:project", pk=project.pk)
    return _form(request, form, "新建项目", "入库", back="/")


@needs(Permission.PROJECT_EDIT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the facts. Whoever comes second is shown what the first one stored, beside what was typed."""
    project = _project(request, pk, Permission.PROJECT_EDIT)
    start = _stored(project)
    form = FactsForm(request.POST or None, initial=start, jurisdiction=project.jurisdiction)
    theirs: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.revise_project(
                by=request.user, project=project, fields=form.facts(), leaders=form.cleaned_data["leaders"],
                version=form.cleaned_data["version"],
            )  # fmt: skip
        except StaleVersion as stale:
            form.add_error(None, str(stale))
            project.refresh_from_db(fields=["version"])
            form.data = {**form.data.dict(), "version": str(project.version)}  # type: ignore[attr-defined]
            theirs = _differing(form, start)
        else:
            messages.success(request, "已保存" if changed else "没有改动")
            return redirect("library:project", pk=pk)
    return _form(request, form, "修改项目资料", "保存", project, two=True, theirs=theirs)


@needs(Permission.PROGRESS_WRITE)
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write down what happened."""
    project = _project(request, pk, Permission.PROGRESS_WRITE)
    own = request.user.unit
    unit = own if own is not None and own.jurisdiction_id else project.unit
    form = NoteForm(request.POST or None, project=project, today=today_of(request), unit=unit, auto_id="note-%s")
    if request.method == "POST" and form.is_valid():
        actions.write_note(by=request.user, project=project, **form.cleaned_data)
        messages.success(request, "进展已记下")
        return redirect("library:project", pk=pk)
    return _form(request, form, "记进展", "记下", project, goes="提交后同时记入项目进展和当月通报。")


@needs(Permission.STAGE_ADVANCE)
def stage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a phase to a further stage; a refusal says every reason."""
    project = _project(request, pk, Permission.STAGE_ADVANCE)
    today = today_of(request)
    form = StageForm(request.POST or None, project=project, today=today, auto_id="stage-%s")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"stage": Stage(form.cleaned_data["stage"])}
        try:
            actions.advance_stage(by=request.user, as_of=today, **given)
        except NotAllowed as refused:
            _refuse(form, refused)
        else:
            messages.success(request, f"已进入“{given['stage'].label}”阶段，相应节点同时完成")
            return redirect("library:project", pk=pk)
    return _form(request, form, "推进阶段", "推进", project, goes="提交后，承诺到这一阶段的节点同时完成。")


@needs(Permission.PROGRESS_WRITE)
def problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what stands in the way."""
    project = _project(request, pk, Permission.PROGRESS_WRITE)
    form = ProblemForm(request.POST or None, project=project, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        actions.raise_problem(by=request.user, project=project, **form.cleaned_data)
        messages.success(request, "问题已登记")
        return redirect("library:project", pk=pk)
    return _form(request, form, "登记问题", "登记", project, goes="提交后列入当月通报的存在问题。")


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
        actions.settle_problem(by=request.user, problem=row, **form.cleaned_data)
        messages.success(request, "问题已解决")
        return redirect("library:project", pk=row.project_id)
    return _form(request, form, "解决问题", "解决", row.project, note=row.text)


def _project(request: SignedInRequest, pk: int, permission: Permission) -> Project:
    """A project that is seen; Forbidden where the person may not do this with it."""
    rows = visible_to(request.user).select_related("jurisdiction", "unit", "platform", "text")
    found = get_object_or_404(rows, pk=pk)
    permit_on(request.user, permission, found)
    return found


def _form(
    request: SignedInRequest, form: Form, title: str, submit: str, project: Project | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "project": project, **more}
    if not form.is_bound:
        form.visible_fields()[0].field.widget.attrs["autofocus"] = True
    return render(request, "projects/form.html", context, status=422 if form.is_bound else 200)


def _refuse(form: Form, refused: NotAllowed) -> None:
    for reason in refused.reasons:
        form.add_error(None, reason)


def _stored(project: Project) -> dict[str, Any]:
    """The values that the form of facts starts with."""
    text = getattr(project, "text", None)
    names = project.contact_leaders.values_list("official__name", flat=True)
    return {
        "version": project.version, "name": project.name, "investor": project.investor, "unit": project.unit,
        "investment_yi": _short(project.investment_yi), "land_mu": _short(project.land_mu), "platform": project.platform,
        "standing": project.standing, "leaders": "、".join(names), "site": text.site if text else "",
        "content": text.content if text else "",
    }  # fmt: skip


def _short(value: Any) -> Any:
    return None if value is None else format(value.normalize(), "f")


def _differing(form: Form, stored: dict[str, Any]) -> dict[str, str]:
    """Field → what is stored now, where that is not what was typed."""
    differing = {}
    for key, now in stored.items():
        typed = form.cleaned_data.get(key)
        words = "、".join(str(one) for one in typed) if isinstance(typed, list) else typed
        if key != "version" and str(_short(words) if hasattr(words, "normalize") else words or "") != str(now or ""):
            differing[key] = str(now or "空")
    return differing
