"""The pages of filings."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import covers, may, permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.record.projects.queries import visible_to as projects_visible_to

from . import actions
from .actions import CannotFile, LooksAlike
from .forms import AppealForm, DecisionForm, FilingForm, StepForm
from .models import KINDS, Filing, Status
from .queries import appeals_visible_to, row_of, visible_to

A_PAGE = 50


@needs(Permission.RECORDS_SEE)
def index(request: SignedInRequest) -> HttpResponse:
    """The filings that the person may see, the newest first, with what is owed to each."""
    rows = visible_to(request.user).filter(on__lte=request.as_of).prefetch_related("steps")  # type: ignore[attr-defined]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = [row_of(one, request.as_of) for one in page]  # type: ignore[attr-defined]
    context = {"page": page, "rows": shown, "kinds": dict(KINDS), "may_add": may(request.user, Permission.PROJECT_ADD)}
    return render(request, "filings/index.html", context)


@needs(Permission.PROJECT_ADD)
def new(request: SignedInRequest) -> HttpResponse:
    """Register a lead; what it looks like is shown before it is saved."""
    here = jurisdiction_for(request)
    if here is None:
        messages.error(request, "还没有行政区划：先建立一个行动方案，或载入一个行政区划的数据。")
        return redirect("filings:index")
    today = today_of(request)
    form = FilingForm(request.POST or None, by=request.user, jurisdiction=here, today=today)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = actions.file_lead(
                by=request.user, jurisdiction=here, unit=facts["unit"], lead=form.lead(), on=today,
                investment_yi=facts["investment_yi"], introducer=facts["introducer"], text=facts["text"],
                seen=facts["seen"],
            )  # fmt: skip
        except LooksAlike as alike:
            numbers = [one.project for one in alike.found]
            known = projects_visible_to(request.user).filter(pk__in=numbers)
            seen = set(known.values_list("pk", flat=True))
            found = [(one, one.project in seen) for one in alike.found]
            form.data = {**form.data.dict(), "seen": " ".join(map(str, numbers))}  # type: ignore[attr-defined]
        except CannotFile as refused:
            form.add_error(None, str(refused))
        else:
            if made.status == Status.LATER:
                messages.warning(request, "已有单位先备案，您的备案按后报留存；有异议可以申诉")
            else:
                messages.success(request, f"已备案，保护到 {made.until}")
            return redirect("filings:filing", pk=made.pk)
    return render(request, "filings/new.html", {"form": form, "found": found}, status=422 if form.is_bound else 200)


@needs(Permission.RECORDS_SEE)
def filing(request: SignedInRequest, pk: int) -> HttpResponse:
    """One filing: whether it holds, what is owed by when, who else filed it, what was disputed."""
    found = get_object_or_404(visible_to(request.user).prefetch_related("steps", "appeals"), pk=pk)
    others = Filing.objects.filter(project=found.project).exclude(pk=pk).select_related("unit").order_by("at", "pk")
    user, holds = request.user, found.status == Status.HOLDING
    context = {
        "row": row_of(found, request.as_of), "filing": found, "kinds": dict(KINDS), "others": others,  # type: ignore[attr-defined]
        "sees_project": projects_visible_to(user).filter(pk=found.project_id).exists(),
        "may_step": holds and covers(user, Permission.PROGRESS_WRITE, found.unit.path),
        "may_appeal": found.status == Status.LATER
        and covers(user, Permission.PROJECT_ADD, found.unit.path)
        and not any(not one.outcome for one in found.appeals.all()),
        "may_decide": covers(user, Permission.FILING_DECIDE, found.jurisdiction.path),
    }  # fmt: skip
    return render(request, "filings/filing.html", context)


@needs(Permission.PROGRESS_WRITE)
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what was done for the lead."""
    found = get_object_or_404(visible_to(request.user), pk=pk)
    permit(request.user, Permission.PROGRESS_WRITE, found.unit)
    form = StepForm(request.POST or None, filing=found, today=today_of(request), kind=request.GET.get("kind", ""))
    return _answered(request, form, found, "记一件事", "记下", "同时记入项目进展。", lambda: actions.take_step(
        by=request.user, filing=found, **form.cleaned_data
    ))  # fmt: skip


@needs(Permission.PROJECT_ADD)
def appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Dispute who was first."""
    found = get_object_or_404(visible_to(request.user), pk=pk)
    permit(request.user, Permission.PROJECT_ADD, found.unit)
    form = AppealForm(request.POST or None)
    return _answered(request, form, found, "申诉", "提交申诉", "由办公室裁定。", lambda: actions.appeal(
        by=request.user, filing=found, on=today_of(request), **form.cleaned_data
    ))  # fmt: skip


@needs(Permission.FILING_DECIDE)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide an appeal."""
    found = get_object_or_404(appeals_visible_to(request.user), pk=pk)
    permit(request.user, Permission.FILING_DECIDE, found.filing.jurisdiction)
    form = DecisionForm(request.POST or None)
    return _answered(request, form, found.filing, "裁定申诉", "裁定", "双方单位都能看到裁定和理由。", lambda: actions.decide(
        by=request.user, appeal=found, on=today_of(request), **form.cleaned_data
    ))  # fmt: skip


def _answered(
    request: SignedInRequest, form: Form, found: Filing, title: str, submit: str, goes: str, act: Any
) -> HttpResponse:
    """One form as a page; what is refused is said above it, and what is done leads back to the filing."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except CannotFile as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存")
            return redirect("filings:filing", pk=found.pk)
    context = {"form": form, "filing": found, "title": title, "submit": submit, "goes": goes}
    return render(request, "filings/form.html", context, status=422 if form.is_bound else 200)
