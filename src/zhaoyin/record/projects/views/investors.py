"""Investors and their projects; the leading industries of a place."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import covers, permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.listing import Declared, Filter
from zhaoyin.record.investors.actions import Clash, edit_investor
from zhaoyin.record.investors.actions import StaleVersion as OtherVersion
from zhaoyin.record.investors.models import InvestorKind
from zhaoyin.record.investors.queries import containing, names_of_members

from .. import actions
from ..actions import StaleVersion
from ..forms import LeadingForm, OpenInvestorForm
from ..models import LeadingIndustry
from ..queries import investors_visible_to, leading_of, projects_of_investor
from .merging import Page, save_merged

LIST = Declared(
    filters=(Filter("q", "名称、代码含"), Filter("kind", "类别", tuple(InvestorKind.choices))),
    sorts={"name": ("name", "pk"), "projects": ("project_count", "pk")}, order="name",
)  # fmt: skip


@needs(Permission.RECORDS_SEE)
@require_safe
def investors(request: SignedInRequest) -> HttpResponse:
    """The investors of projects that are seen."""
    listing = LIST.read(request.GET)
    rows = investors_visible_to(request.user)
    if word := listing.value("q"):
        rows = containing(rows, word)
    if kind := listing.value("kind"):
        rows = rows.filter(kind=kind)
    page = listing.page_of(rows.order_by(*listing.ordering))
    return render(request, "projects/investors.html", {"listing": listing, "page": page})


@needs(Permission.RECORDS_SEE)
@require_safe
def investor(request: SignedInRequest, pk: int) -> HttpResponse:
    """An investor with its projects."""
    row = get_object_or_404(investors_visible_to(request.user), pk=pk)
    context = {
        "investor": row, "members": names_of_members(row), "stakes": projects_of_investor(request.user, row),
        "may_edit": covers(request.user, Permission.PROJECT_EDIT, row.jurisdiction.path),
    }  # fmt: skip
    return render(request, "projects/investor.html", context)


@needs(Permission.PROJECT_EDIT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is known of an investor."""
    row = get_object_or_404(investors_visible_to(request.user), pk=pk)
    permit(request.user, Permission.PROJECT_EDIT, row.jurisdiction)

    def opened(data: Mapping[str, Any] | None) -> OpenInvestorForm:
        return OpenInvestorForm(data, investor=get_object_or_404(investors_visible_to(request.user), pk=pk))

    def store(form: OpenInvestorForm) -> str:
        facts, members = form.given()
        try:
            changed = edit_investor(by=request.user, investor=row, facts=facts, members=members, seen=form.before)
        except Clash as wrong:
            raise ValueError(str(wrong)) from None
        except OtherVersion as stale:
            raise StaleVersion(str(stale)) from None
        return "投资方已保存" if changed else "没有改动"

    more = {"note": row.name, "two": True, "back": f"/projects/investors/{pk}/"}
    return save_merged(request, opened, store, Page("修改投资方", "保存", None, more, "projects:investor", row))


@needs(Permission.ORGANISATION_EDIT)
def leading(request: SignedInRequest) -> HttpResponse:
    """Name a leading industry of the place; those that are named stand below."""
    here = jurisdiction_for(request)
    if here is None:
        messages.error(request, "还没有行政区划：先建立一个行动方案，或载入一个行政区划的数据。")
        return redirect("library:front")
    rows = leading_of(here.pk)
    start = next(
        ({"name": row.name, "codes": row.codes} for row, _ in rows if str(row.pk) == request.GET.get("edit")), {}
    )
    form = LeadingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.set_leading_industry(by=request.user, jurisdiction=here, **form.cleaned_data)
        messages.success(request, "主导产业已保存")
        return redirect("projects:leading")
    context = {"form": form, "rows": rows, "here": here}
    return render(request, "projects/leading.html", context, status=422 if form.is_bound else 200)


@needs(Permission.ORGANISATION_EDIT)
@require_POST
def remove_leading(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an industry off the place's list."""
    here = jurisdiction_for(request)
    row = get_object_or_404(LeadingIndustry, pk=pk, jurisdiction=here)
    actions.remove_leading_industry(by=request.user, leading=row)
    messages.success(request, f"主导产业“{row.name}”已移去")
    return redirect("projects:leading")
