"""The pages of the monthly bulletin."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from zhaoyin.documents.writing.package import UnwritableDocument
from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import jurisdiction_of
from zhaoyin.ground.ui.asof import EARLIEST
from zhaoyin.kernel.period import Period

from . import actions
from .compose import compose
from .facts import MonthFacts
from .forms import NumberForm
from .pages import page_of, record_list
from .queries import NotYet, gather, months_to_report
from .rules import DoesNotFoot

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs(Permission.WHOLE_SEE)
def index(request: Any) -> HttpResponse:
    """The months that can be reported; `?month=` leads to one."""
    if month := request.GET.get("month"):
        return redirect("supervision:bulletin", str(_month(month)))
    months = months_to_report(_place(request), request.as_of)
    return render(request, "supervision/index.html", {"months": months})


@needs(Permission.WHOLE_SEE)
def bulletin(request: HttpRequest, month: str) -> HttpResponse:
    """One month's bulletin: its blocks, the sheet, the checks."""
    period = _month(month)
    try:
        facts, _ = _facts(request, period)
    except NotYet as not_yet:
        return render(request, "supervision/not_yet.html", {"period": period, "reason": str(not_yet)}, status=404)
    page = page_of(compose(facts, _number(request)))
    return render(
        request, "supervision/bulletin.html", {"page": page, "period": period, "form": NumberForm(request.GET)}
    )


@needs(Permission.WHOLE_SEE)
@limited("document")
def document(request: HttpRequest, month: str) -> HttpResponse:
    """The bulletin as .docx; a bulletin that does not add up is answered with the reason instead."""
    period = _month(month)
    try:
        facts, jurisdiction = _facts(request, period)
        composed = compose(facts, _number(request))
        content = actions.export_bulletin(by=request.user, jurisdiction=jurisdiction, bulletin=composed)  # type: ignore[arg-type]
    except (NotYet, DoesNotFoot, UnwritableDocument) as fault:
        return render(request, "supervision/not_yet.html", {"period": period, "reason": str(fault)}, status=409)
    name = f"{composed.red_head}_{period}.docx"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=DOCX, headers=headers)


@needs(Permission.WHOLE_SEE)
def records(request: HttpRequest, month: str) -> HttpResponse:
    """The records behind one figure of the bulletin (`?figure=signed/unit:12`)."""
    period = _month(month)
    try:
        facts, _ = _facts(request, period)
        found = record_list(facts, request.GET.get("figure", ""))
    except (NotYet, LookupError) as missing:
        raise Http404 from missing
    return render(request, "supervision/records.html", {"found": found, "period": period, "as_of": facts.as_of})


def _place(request: Any) -> Unit | None:
    """The jurisdiction that the person works in, which must be seen whole. Raises Forbidden."""
    jurisdiction = jurisdiction_of(request.user.unit)
    if jurisdiction is not None:
        permit(request.user, Permission.WHOLE_SEE, jurisdiction)
    return jurisdiction


def _facts(request: Any, period: Period) -> tuple[MonthFacts, Unit]:
    jurisdiction = _place(request)
    if jurisdiction is None:
        raise NotYet("库里还没有行政区划，请先建立行动方案")
    return gather(jurisdiction, period, request.as_of), jurisdiction


def _number(request: HttpRequest) -> str | None:
    """The document number typed, right or wrong: the bulletin's own checks judge it."""
    return request.GET.get("number", "").strip()[:40] or None


def _month(text: str) -> Period:
    try:
        period = Period.parse(text)
    except ValueError as wrong:
        raise Http404 from wrong
    if period.kind != "month" or period.start < EARLIEST:
        raise Http404
    return period
