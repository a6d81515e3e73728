"""The record of a project, and the forms that write it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.record.investors.actions import Clash, add_investor

from .. import actions
from ..actions import CannotRestrict, TooMuch
from ..forms import AliasForm, LeaveForm, OriginForm, RestrictForm, StakeForm, TeamForm
from ..models import Alias, Origin, Project, Stake, TeamPart
from ..queries import allowed_on, dossier_of, printed_of, visible_to
from .merging import Page, save_merged
from .pages import form_page, project_for, refuse, row_for

MOMENTS = 40  # of the timeline, before one asks for all


def _back(pk: int) -> HttpResponse:
    return redirect("projects:dossier", pk=pk)


@needs(Permission.RECORDS_SEE)
@require_safe
def dossier(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that is recorded of a project, and what happened to it, as of the day."""
    rows = (
        visible_to(request.user).select_related("jurisdiction", "unit", "platform").filter(known_on__lte=request.as_of)
    )
    project = get_object_or_404(rows, pk=pk)
    page, kind = dossier_of(project, request.as_of), request.GET.get("kind", "")
    chosen = [one for one in page.timeline if not kind or one.kind == kind]
    most = len(chosen) if "all" in request.GET else MOMENTS
    context = {
        "page": page, "kind": kind, "moments": chosen[:most], "chosen": len(chosen), "allowed": allowed_on(request.user, pk),
    }  # fmt: skip
    return render(request, "projects/dossier.html", context)


@needs(Permission.PROJECT_EDIT)
def link_investor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add an investor to the project: one that is known by name or code, or a new one."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    printed = printed_of(project)
    start = (
        {"name": printed.unlinked[0], "part": "intended" if printed.intended else "main"} if printed.unlinked else {}
    )
    form = StakeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        facts, members = form.given()
        try:
            investor = add_investor(by=request.user, jurisdiction=project.jurisdiction, members=members, **facts)
            actions.link_investor(
                by=request.user, project=project, investor=investor, kind=form.cleaned_data["part"],
                percent=form.cleaned_data["percent"],
            )  # fmt: skip
        except (Clash, TooMuch) as wrong:
            refuse(form, [str(wrong)])
        else:
            messages.success(request, f"投资方{investor}已登记")
            return _back(pk)
    goes = f"方案中印的“{project.investor}”照原样保留。" if project.investor else ""
    return form_page(request, form, "登记投资方", "登记", project, two=True, goes=goes, record=True)


@needs(Permission.PROJECT_EDIT)
@require_POST
def link_printed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Link all investors that the printed words name."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    made = actions.link_printed(by=request.user, project=project)
    names = "、".join(one.investor.name for one in made)
    messages.success(request, f"已登记投资方：{names}" if made else "所印的投资方都已登记")
    return _back(pk)


@needs(Permission.PROJECT_EDIT)
@require_POST
def unlink_investor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an investor off the project."""
    row = row_for(request, Stake, pk, Permission.PROJECT_EDIT)
    actions.unlink_investor(by=request.user, stake=row)
    messages.success(request, "投资方已从这个项目移去")
    return _back(row.project_id)


@needs(Permission.PROJECT_EDIT)
def add_alias(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name of the project."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    form = AliasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_alias(by=request.user, project=project, **form.cleaned_data)
        messages.success(request, "别名已添加" if made else "早有这个别名，没有改动")
        return _back(pk)
    return form_page(request, form, "添加别名", "添加", project, goes="用别名也能搜到这个项目。", record=True)


@needs(Permission.PROJECT_EDIT)
@require_POST
def remove_alias(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget another name."""
    row = row_for(request, Alias, pk, Permission.PROJECT_EDIT)
    actions.remove_alias(by=request.user, alias=row)
    messages.success(request, "别名已移去")
    return _back(row.project_id)


@needs(Permission.PROJECT_EDIT)
def join_team(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give people a part in the project's team."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    form = TeamForm(request.POST or None, project=project, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        part, since = form.cleaned_data["part"], form.cleaned_data["since"]
        for official in form.cleaned_data["who"]:
            actions.join_team(by=request.user, project=project, official=official, part=part, since=since)
        messages.success(request, "团队已更新")
        return _back(pk)
    return form_page(request, form, "加入项目团队", "加入", project, record=True)


@needs(Permission.PROJECT_EDIT)
def leave_team(request: SignedInRequest, pk: int) -> HttpResponse:
    """End somebody's part."""
    row = row_for(request, TeamPart, pk, Permission.PROJECT_EDIT)
    form = LeaveForm(request.POST or None, today=today_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_team(by=request.user, part=row, until=form.cleaned_data["until"])
        except ValueError as wrong:
            form.add_error("until", str(wrong))
        else:
            messages.success(request, "团队已更新")
            return _back(row.project_id)
    note = f"{row.official}，{row.get_part_display()}"
    return form_page(request, form, "离开项目团队", "确定", row.project, note=note, record=True)


@needs(Permission.PROJECT_EDIT)
def origin(request: SignedInRequest, pk: int) -> HttpResponse:
    """The channel that the project came by."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)

    def opened(data: Mapping[str, Any] | None) -> OriginForm:
        row = Origin.objects.filter(project=project).first() or Origin(project=project)
        return OriginForm(data, row=row, today=today_of(request))

    def store(form: OriginForm) -> str:
        actions.set_origin(by=request.user, project=project, seen=form.before, **form.facts())
        return "来源渠道已保存"

    return save_merged(request, opened, store, Page("来源渠道", "保存", project, {"record": True}, "projects:dossier"))


@needs(Permission.PROJECT_SHARE)
def restrict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the project to named people only."""
    project = project_for(request, pk, Permission.PROJECT_SHARE)

    def opened(data: Mapping[str, Any] | None) -> RestrictForm:
        found = dossier_of(project_for(request, pk, Permission.PROJECT_SHARE), today_of(request))
        named = [one.official.name for one in found.named]
        return RestrictForm(
            data, project=project, named=named, reason=found.restriction.reason if found.restriction else ""
        )

    def store(form: RestrictForm) -> str:
        given = form.cleaned_data
        try:
            actions.restrict_project(
                by=request.user, project=project, reason=given["reason"], officials=given["people"], seen=form.before
            )
        except CannotRestrict as refused:
            raise ValueError(str(refused)) from None
        return "已限定查看范围"

    goes = "其他人的清单、搜索、统计和导出里不再有它；全辖通报和目标完成数仍计入，但不写名称。"
    more = {"goes": goes, "record": True}
    return save_merged(request, opened, store, Page("限定查看范围", "限定", project, more, "projects:dossier"))


@needs(Permission.PROJECT_SHARE)
@require_POST
def unrestrict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let everybody see the project again whose role reaches it."""
    project: Project = project_for(request, pk, Permission.PROJECT_SHARE)
    if actions.lift_restriction(by=request.user, project=project):
        messages.success(request, "已取消限定范围")
    return _back(pk)
