"""The figures of a project: codes and industry, promises and what came, foreign capital."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.kernel.numerals import plain

from .. import actions
from ..forms import CapitalForm, EconomyForm, OutcomeForm, WhyForm, YieldForm
from ..models import ForeignCapital, Measure, Yield
from ..queries import of_code
from ..rules import UNITS_OF_MEASURES
from .merging import Page, save_merged
from .pages import form_page, project_for, row_for


@needs(Permission.PROJECT_EDIT)
def economy(request: SignedInRequest, pk: int) -> HttpResponse:
    """Codes, industry and figures. Whoever comes second decides field by field what both touched."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)

    def opened(data: Mapping[str, Any] | None) -> EconomyForm:
        return EconomyForm(
            data, project=project, today=today_of(request),
            namesake=lambda code: of_code(request.user, project, code),
        )  # fmt: skip

    def store(form: EconomyForm) -> str:
        changed = actions.set_economy(by=request.user, project=project, facts=form.facts(), seen=form.before)
        return "已保存" if changed else "没有改动"

    return save_merged(
        request,
        opened,
        store,
        Page("修改代码和指标", "保存", project, {"two": True, "record": True}, "projects:dossier"),
    )


@needs(Permission.PROGRESS_WRITE)
def add_yield(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was promised of a measure in a year, and what came; of a pair that is there, what is left empty stays."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    form = YieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("measure", "year", "promised", "actual")}
        actions.record_yield(by=request.user, project=project, keep=True, **given)
        messages.success(request, "承诺与实际已记下")
        return redirect("projects:dossier", pk=pk)
    goes = "承诺只记一次：记实际数时承诺留空，已有的数不变。"
    return form_page(request, form, "记承诺与实际", "记下", project, goes=goes, record=True)


@needs(Permission.PROGRESS_WRITE)
def edit_yield(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what was promised or came, of one measure and year."""
    row: Yield = row_for(request, Yield, pk, Permission.PROGRESS_WRITE)

    def opened(data: Mapping[str, Any] | None) -> OutcomeForm:
        return OutcomeForm(data, row=row_for(request, Yield, pk, Permission.PROGRESS_WRITE))

    def store(form: OutcomeForm) -> str:
        kept = actions.record_yield(
            by=request.user, project=row.project, measure=row.measure, year=row.year, seen=form.before,
            promised=form.cleaned_data["promised"], actual=form.cleaned_data.get("actual"),
        )  # fmt: skip
        return "承诺与实际已记下" if kept else "这一行已移去"

    more = {
        "note": f"{f'{row.year} 年' if row.year else '达产年'}{Measure(row.measure).label}",
        "goes": "都清空就移去这一行。", "measure": UNITS_OF_MEASURES[row.measure], "record": True,
    }  # fmt: skip
    return save_merged(request, opened, store, Page("改承诺与实际", "保存", row.project, more, "projects:dossier"))


@needs(Permission.PROGRESS_WRITE)
def add_capital(request: SignedInRequest, pk: int) -> HttpResponse:
    """Foreign capital that arrived."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    form = CapitalForm(request.POST or None, project=project, today=today_of(request), auto_id="capital-%s")
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("on", "currency", "paid", "rate", "note")}
        row = actions.record_foreign_capital(
            by=request.user, jurisdiction=project.jurisdiction, project=project, **given
        )
        messages.success(request, f"已记到账外资 {plain(row.amount_wan_usd)} 万美元")
        return redirect("projects:dossier", pk=pk)
    return form_page(
        request, form, "记到账外资", "记下", project, goes="提交后计入年度目标“实际使用外资”。", record=True
    )


@needs(Permission.PROJECT_EDIT)
def remove_capital(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back an entry of foreign capital that was made by mistake."""
    row = row_for(request, ForeignCapital, pk, Permission.PROJECT_EDIT)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_foreign_capital(by=request.user, entry=row, reason=form.cleaned_data["reason"])
        messages.success(request, "这笔到账外资已撤回")
        return redirect("projects:dossier", pk=row.project_id)
    note = f"{row.on} 到账 {plain(row.amount_wan_usd)} 万美元"
    return form_page(
        request, form, "撤回到账外资", "撤回", row.project, note=note, goes="理由记入操作日志。", record=True
    )
