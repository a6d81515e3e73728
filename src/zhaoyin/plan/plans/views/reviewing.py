"""Reviewing what was read: the page, and the edits, rows and doubts that it sends back one by one.

A script asks for JSON and changes the page in place; without one the same forms lead back to the page.
"""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest

from .. import actions, queries, review
from ..forms import CellForm, RowForm, SettlementForm
from ..models import PlanDocument

REFUSALS = (actions.Refused, review.Unfit)


def review_page(request: SignedInRequest, row: PlanDocument) -> HttpResponse:
    """The page of a document that was read: `?page=`, `?open=` a project's row, `?doubt=` go to one, `?source=all`."""
    number, opened = _number(request.GET.get("doubt")), _number(request.GET.get("open"))
    page = _number(request.GET.get("page")) or 1
    if number is not None and (doubt := row.doubts.filter(number=number).first()):
        page, opened = queries.page_of_row(doubt.row), doubt.row
    elif opened is not None:
        page = queries.page_of_row(opened)
    shown = queries.review_page(row, page=page, opened=opened, unfolded=request.GET.get("source") == "all")
    return render(
        request, "plans/review.html", {"review": shown, "document": row, "current": number, "fields": review.FIELDS}
    )


@needs(Permission.PLAN_COMMIT)
@require_POST
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set one cell. Answers every cell that changed with it; 409 with both values where somebody was faster."""
    row = _document(request, pk)
    form = CellForm(request.POST)
    if not form.is_valid():
        return _refused("没有收到要改的内容，请刷新后再试")
    given = form.cleaned_data
    try:
        row = actions.edit_cell(
            by=request.user, document=row, path=given["path"], typed=given["value"], seen=given["seen"],
            version=given["version"], settles=given["doubt"],
        )  # fmt: skip
    except actions.Overtaken as overtaken:
        told = {"message": str(overtaken), "now": overtaken.now, "shown": overtaken.shown}
        return JsonResponse({**told, "version": overtaken.document.version}, status=409)
    except REFUSALS as refusal:
        return _refused(str(refusal))
    cells = {
        cell.path: {"shown": cell.shown, "typed": cell.typed, "printed": cell.printed, "known": cell.known}
        for cell in queries.cells_around(row.reading, given["path"])
    }
    return JsonResponse({"cells": cells, "reload": given["path"] == "year", **_state(row)})


@needs(Permission.PLAN_COMMIT)
@require_POST
def rows(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add, remove or restore a row. A script gets the project's detail again, or the address of the page to load."""
    row = _document(request, pk)
    form = RowForm(request.POST)
    if not form.is_valid():
        return _answer_refusal(request, row, "没有收到要增删的行，请刷新后再试")
    given = form.cleaned_data
    path = given["path"]
    known = {"by": request.user, "document": row, "version": given["version"]}
    try:
        if given["act"] == "add":
            fields = {
                name: request.POST[name].replace("\0", "")
                for name in request.POST
                if name in review.FIELDS.get(_last(path), {})
            }
            row = actions.add_row(path=path, given=fields, **known)
        elif given["act"] == "remove":
            row = actions.remove_row(path=path, **known)
        else:
            row = actions.restore_row(which=given["which"] if given["which"] is not None else -1, **known)
    except REFUSALS as refusal:
        return _answer_refusal(request, row, str(refusal))
    return _rows_changed(request, row, given["act"], path)


def _rows_changed(request: SignedInRequest, row: PlanDocument, act: str, path: str) -> HttpResponse:
    steps = path.split(".")
    inside = int(steps[1]) if act != "restore" and len(steps) >= 3 and steps[0] == "projects" else None
    if inside is not None and _wants_json(request):
        detail = queries.project_detail(row, inside)
        html = render_to_string("plans/_detail.html", {"detail": detail, "document": row}, request)
        return JsonResponse({"detail": html, "index": inside, "milestones": len(detail.milestones), **_state(row)})
    address = reverse("plans:document", args=[row.pk])
    if inside is not None:
        address += f"?open={inside}#project-{inside}"
    elif act == "add" and path == "projects":
        last = len(row.reading["projects"]) - 1
        address += f"?open={last}#project-{last}"
    elif steps[0] == "projects" and len(steps) == 2:
        address += f"?page={queries.page_of_row(int(steps[1]))}"
    return JsonResponse({"load": address, **_state(row)}) if _wants_json(request) else redirect(address)


@needs(Permission.PLAN_COMMIT)
@require_safe
def project(request: SignedInRequest, pk: int, index: int) -> HttpResponse:
    """What opens below the row of one project."""
    row = _document(request, pk, whole=True)
    try:
        detail = queries.project_detail(row, index)
    except (review.Unfit, KeyError):
        raise Http404 from None
    return render(request, "plans/_detail.html", {"detail": detail, "document": row})


@needs(Permission.PLAN_COMMIT)
@require_safe
def source(request: SignedInRequest, pk: int) -> HttpResponse:
    """A folded stretch of the source: `?at=` its first unit, `?count=` how many."""
    row = _document(request, pk, whole=True)
    at, count = _number(request.GET.get("at")), _number(request.GET.get("count"))
    if at is None or count is None or not row.source:
        raise Http404
    return render(request, "plans/_stretches.html", {"stretches": queries.source_stretch(row, at, min(count, 2000))})


@needs(Permission.PLAN_COMMIT)
@require_POST
def settle(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Settle a doubt in the review, or open it again."""
    row = _document(request, pk)
    form = SettlementForm(request.POST)
    if not form.is_valid():
        return _answer_refusal(request, row, "处理说明不能超过 300 个字")
    doubt = get_object_or_404(row.doubts, number=number)
    actions.settle_doubt(by=request.user, doubt=doubt, settlement=form.cleaned_data["settlement"])
    if _wants_json(request):
        return JsonResponse({"number": number, "settlement": doubt.settlement, **_state(row)})
    return redirect(f"{reverse('plans:document', args=[pk])}?doubt={number}#doubt-{number}")


def _document(request: SignedInRequest, pk: int, *, whole: bool = False) -> PlanDocument:
    """The document, `whole` with its long contents: an action reads them itself."""
    rows = queries.documents_visible_to(request.user)
    return get_object_or_404(rows if whole else rows.defer("source", "reading"), pk=pk)


def _state(row: PlanDocument) -> dict[str, Any]:
    settled = list(row.doubts.filter(settled_at__isnull=False).values_list("number", flat=True))
    return {"version": row.version, "counts": asdict(review.counts(row.reading)), "settled": settled}


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=422)


def _answer_refusal(request: SignedInRequest, row: PlanDocument, message: str) -> HttpResponse:
    if _wants_json(request):
        return _refused(message)
    messages.error(request, message)
    return redirect("plans:document", pk=row.pk)


def _wants_json(request: SignedInRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 9 else None


def _last(path: str) -> str:
    return path.rpartition(".")[2]
