"""The record of a project, and the forms that write it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.kernel.industries import industry_of
from zhaoyin.kernel.numerals import plain
from zhaoyin.record.investors.actions import Clash, add_investor

from .. import actions
from ..actions import CannotRestrict, TooMuch
from ..forms import (
    AliasForm,
    CapitalForm,
    EconomyForm,
    LeaveForm,
    OriginForm,
    RestrictForm,
    StakeForm,
    TeamForm,
    WhyForm,
    YieldForm,
)  # fmt: skip
from ..models import Alias, Economy, ForeignCapital, Origin, Project, Stake, TeamPart
from ..queries import allowed_on, dossier_of, permit_on, visible_to
from .pages import form_page, project_for, refuse


def _back(pk: int) -> HttpResponse:
    return redirect("projects:dossier", pk=pk)


def _row(request: SignedInRequest, model: type[Any], pk: int, permission: Permission) -> Any:
    """A row of a project that is seen; Forbidden where the person may not do this with the project."""
    rows = model.objects.filter(project__in=visible_to(request.user).order_by()).select_related("project__jurisdiction")
    row = get_object_or_404(rows, pk=pk)
    permit_on(request.user, permission, row.project)
    return row


@needs(Permission.RECORDS_SEE)
@require_safe
def dossier(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that is recorded of a project, and what happened to it, as of the day."""
    rows = visible_to(request.user).select_related("jurisdiction", "unit").filter(known_on__lte=request.as_of)
    project = get_object_or_404(rows, pk=pk)
    context = {"page": dossier_of(project, request.as_of), "allowed": allowed_on(request.user, pk)}
    return render(request, "projects/dossier.html", context)


@needs(Permission.PROJECT_EDIT)
def economy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Codes, industry and figures."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    row = Economy.objects.filter(project=project).first()
    start = {key: getattr(row, key) for key in actions.ECONOMY_FIELDS} if row else {}
    start = {key: plain(value) if hasattr(value, "as_tuple") else value for key, value in start.items()}
    if start.get("industry") and (known := industry_of(start["industry"])):
        start["industry"] = f"{known.path[0].code}{start['industry']} {known.name}" if known.above else known.words
    form = EconomyForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        facts = {key: form.cleaned_data[key] for key in actions.ECONOMY_FIELDS}
        changed = actions.set_economy(by=request.user, project=project, facts=facts)
        messages.success(request, "已保存" if changed else "没有改动")
        return _back(pk)
    return form_page(request, form, "修改代码和指标", "保存", project, two=True)


@needs(Permission.PROGRESS_WRITE)
def add_yield(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was promised of a measure in a year, and what came; a pair that is there is replaced."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    form = YieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("measure", "year", "promised", "actual")}
        actions.record_yield(by=request.user, project=project, **given)
        messages.success(request, "承诺与实际已记下")
        return _back(pk)
    return form_page(request, form, "记承诺与实际", "记下", project, goes="同一指标同一年度再记一次，以后一次为准。")


@needs(Permission.PROGRESS_WRITE)
def add_capital(request: SignedInRequest, pk: int) -> HttpResponse:
    """Foreign capital that arrived."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    form = CapitalForm(request.POST or None, today=today_of(request), auto_id="capital-%s")
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("on", "currency", "paid", "rate", "note")}
        row = actions.record_foreign_capital(
            by=request.user, jurisdiction=project.jurisdiction, project=project, **given
        )
        messages.success(request, f"已记到账外资 {plain(row.amount_wan_usd)} 万美元")
        return _back(pk)
    return form_page(request, form, "记到账外资", "记下", project, goes="提交后计入年度目标“实际使用外资”。")


@needs(Permission.PROJECT_EDIT)
def remove_capital(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back an entry of foreign capital that was made by mistake."""
    row = _row(request, ForeignCapital, pk, Permission.PROJECT_EDIT)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_foreign_capital(by=request.user, entry=row, reason=form.cleaned_data["reason"])
        messages.success(request, "这笔到账外资已撤回")
        return _back(row.project_id)
    note = f"{row.on} 到账 {plain(row.amount_wan_usd)} 万美元"
    return form_page(request, form, "撤回到账外资", "撤回", row.project, note=note, goes="理由记入操作日志。")


@needs(Permission.PROJECT_EDIT)
def link_investor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add an investor to the project: one that is known by name or code, or a new one."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    start = {"name": project.investor if not project.stakes.exists() else ""}
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
    return form_page(request, form, "登记投资方", "登记", project, two=True, goes=goes)


@needs(Permission.PROJECT_EDIT)
@require_POST
def unlink_investor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an investor off the project."""
    row = _row(request, Stake, pk, Permission.PROJECT_EDIT)
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
    return form_page(request, form, "添加别名", "添加", project, goes="用别名也能搜到这个项目。")


@needs(Permission.PROJECT_EDIT)
@require_POST
def remove_alias(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget another name."""
    row = _row(request, Alias, pk, Permission.PROJECT_EDIT)
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
    return form_page(request, form, "加入项目团队", "加入", project)


@needs(Permission.PROJECT_EDIT)
def leave_team(request: SignedInRequest, pk: int) -> HttpResponse:
    """End somebody's part."""
    row = _row(request, TeamPart, pk, Permission.PROJECT_EDIT)
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
    return form_page(request, form, "离开项目团队", "确定", row.project, note=note)


@needs(Permission.PROJECT_EDIT)
def origin(request: SignedInRequest, pk: int) -> HttpResponse:
    """The channel that the project came by."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    row = Origin.objects.filter(project=project).first()
    start = {key: getattr(row, key) for key in ("kind", "who", "on", "note")} if row else {}
    form = OriginForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.set_origin(by=request.user, project=project, **form.cleaned_data)
        messages.success(request, "来源渠道已保存")
        return _back(pk)
    return form_page(request, form, "来源渠道", "保存", project)


@needs(Permission.PROJECT_SHARE)
def restrict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the project to named people only."""
    project = project_for(request, pk, Permission.PROJECT_SHARE)
    found = dossier_of(project, today_of(request))
    start = {
        "people": "、".join(one.official.name for one in found.named),
        "reason": found.restriction.reason if found.restriction else "",
    }
    form = RestrictForm(request.POST or None, project=project, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.restrict_project(
                by=request.user,
                project=project,
                reason=form.cleaned_data["reason"],
                officials=form.cleaned_data["people"],
            )
        except CannotRestrict as refused:
            refuse(form, [str(refused)])
        else:
            messages.success(request, "已限定查看范围")
            return _back(pk)
    goes = "其他人的清单、搜索、统计和导出里不再有它；全辖通报和目标完成数仍计入，但不写名称。"
    return form_page(request, form, "限定查看范围", "限定", project, goes=goes)


@needs(Permission.PROJECT_SHARE)
@require_POST
def unrestrict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let everybody see the project again whose role reaches it."""
    project: Project = project_for(request, pk, Permission.PROJECT_SHARE)
    if actions.lift_restriction(by=request.user, project=project):
        messages.success(request, "已取消限定范围")
    return _back(pk)
