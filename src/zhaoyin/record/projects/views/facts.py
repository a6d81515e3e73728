"""Making a project and changing what it is."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.kernel.numerals import plain
from zhaoyin.kernel.stages import Stage

from .. import actions
from ..forms import FactsForm, NewProjectForm
from ..models import Project
from .merging import Page, save_merged
from .pages import form_page, project_for


@needs(Permission.PROJECT_ADD)
def new(request: SignedInRequest) -> HttpResponse:
    """Make a project from what is known at first contact."""
    here = jurisdiction_for(request)
    if here is None:
        messages.error(request, "还没有行政区划：先建立一个行动方案，或载入一个行政区划的数据。")
        return redirect("library:index")
    form = NewProjectForm(request.POST or None, by=request.user, jurisdiction=here, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        known = {key: facts[key] for key in ("investor", "investment_yi", "land_mu", "unit", "content")}
        project = actions.create_project(
            by=request.user, jurisdiction=here, name=facts["name"], known_on=facts["known_on"],
            stage=Stage(facts["stage"]), leaders=facts["leaders"], fields=known,
        )  # fmt: skip
        messages.success(request, f"“{project.name}”已入库")
        return redirect("library:project", pk=project.pk)
    return form_page(request, form, "新建项目", "入库", back="/", two=True)


@needs(Permission.PROJECT_EDIT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change the facts. Whoever comes second decides field by field what both touched."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    today = today_of(request)

    def opened(data: Mapping[str, Any] | None) -> FactsForm:
        now = project_for(request, pk, Permission.PROJECT_EDIT)
        return FactsForm(data, initial=_stored(now), project=now, today=today)

    def store(form: FactsForm) -> str:
        changed = actions.revise_project(
            by=request.user, project=form.project, fields=form.facts(), leaders=form.cleaned_data["leaders"],
            version=form.project.version,
        )  # fmt: skip
        return "已保存" if changed else "没有改动"

    return save_merged(request, opened, store, Page("修改项目资料", "保存", project, {"two": True}))


def _stored(project: Project) -> dict[str, Any]:
    """The values that the form of facts starts with."""
    text = getattr(project, "text", None)
    names = project.contact_leaders.values_list("official__name", flat=True)
    return {
        "version": project.version, "name": project.name, "investor": project.investor, "unit": project.unit,
        "investment_yi": _short(project.investment_yi), "land_mu": _short(project.land_mu), "team": project.team,
        "platform": project.platform, "leaders": "、".join(names),
        "site": text.site if text else "", "content": text.content if text else "",
    }  # fmt: skip


def _short(value: Any) -> Any:
    return None if value is None else plain(value)
