"""The project library's pages: the list, one project, the export."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.plan.plans.actions import settle_doubt as settle
from zhaoyin.plan.plans.queries import doubts_visible_to
from zhaoyin.plan.schedules.forms import MoveForm, ReachForm
from zhaoyin.record.projects.forms import NoteForm, StageForm
from zhaoyin.record.projects.queries import visible_to

from . import actions, exporting, queries


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The list, as the address asks for it."""
    asked = queries.chosen(request.GET, request.user, request.as_of)
    library = queries.library_page(asked)
    request.library_total = library.tabs[0][1]  # type: ignore[attr-defined]
    return render(request, "library/index.html", {"library": library, "listing": asked.listing})


@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """Exactly what the list shows, every page of it (`as` csv, xlsx), or the plan's ten columns (table.xlsx, table.docx)."""
    asked = queries.chosen(request.GET, request.user, request.as_of)
    here = jurisdiction_for(request)
    if here is None:
        messages.error(request, "项目库还是空的，没有可导出的内容。")
        return redirect("library:index")
    try:
        made = exporting.export(asked, request.GET.get("as", "xlsx"), place=here.name, demo=here.demo)
    except exporting.CannotExport as refused:
        messages.error(request, str(refused))
        return redirect(reverse("library:index") + asked.listing.url())
    actions.record_export(by=request.user, jurisdiction=here, name=made.name, count=made.count)
    response = HttpResponse(made.data, content_type=made.kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}"
    return response


@require_safe
def project(request: SignedInRequest, pk: int) -> HttpResponse:
    """One project as of the day, with the forms that record more of it."""
    page = queries.project_page(request.user, pk, request.as_of, everything="all" in request.GET)
    if page is None:
        known = visible_to(request.user).filter(pk=pk).first()
        if known is None:
            raise Http404
        return render(request, "library/not_yet.html", {"project": known}, status=404)
    today, row = today_of(request), page.project
    unit = request.user.unit if request.user.unit_id and request.user.unit.jurisdiction_id else row.unit
    still_open = [one for track in page.tracks for one in track.promises if one.open]
    still_open += [one for one in page.others if one.open]
    context = {
        "page": page,
        "note_form": NoteForm(project=row, today=today, unit=unit, prefix=None, auto_id="note-%s"),
        "stage_form": StageForm(project=row, today=today, auto_id="stage-%s"),
        "promise_forms": [
            (
                one,
                ReachForm(today=today, auto_id=f"reach-{one.row.pk}-%s"),
                MoveForm(milestone=one.row, auto_id=f"move-{one.row.pk}-%s"),
            )
            for one in still_open
        ],
    }
    return render(request, "library/project.html", context)


@require_POST
def settle_doubt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how a doubt of the reading was settled; it goes from the project's page and stays in the history."""
    doubt = get_object_or_404(doubts_visible_to(request.user).filter(project__isnull=False), pk=pk)
    words = request.POST.get("settlement", "").strip()
    if not words or len(words) > 300:
        messages.error(request, "请写明这处疑点如何处理，不超过 300 个字")
    else:
        settle(by=request.user, doubt=doubt, settlement=words)
        messages.success(request, f"疑点 {doubt.number} 已处理")
    return redirect("library:project", pk=doubt.project_id)
