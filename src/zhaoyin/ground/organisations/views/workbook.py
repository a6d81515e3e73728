"""Taking the organisations as a workbook, and bringing one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.documents.reading.source import UnreadableFile
from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.ui.sending import sent

from .. import actions, queries, workbook
from ..actions import Refused
from ..forms import WorkbookForm
from ..models import Workbook
from .answering import Request


@needs(Permission.ORGANISATION_SEE)
@limited("export")
@require_safe
def export(request: Request) -> HttpResponse:
    """Everything the person sees, as .xlsx; who took it stands in the file and in the journal."""
    first = queries.visible_to(request.user).order_by("path").first()
    if first is None:
        messages.error(request, "您的范围内没有单位，没有可导出的内容。")
        return redirect("organisations:index")
    at = timezone.localtime()
    name = workbook.file_name(first.name, at)
    data = workbook.export(request.user, who=str(request.user), at=at)
    actions.record_export(by=request.user, name=name, subject=first, jurisdiction_id=first.place_id)
    return sent(data, name)


@needs(Permission.ORGANISATION_EDIT)
@limited("upload", method="POST")
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: Request) -> HttpResponse:
    """Choose a workbook; what it would change follows."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    problem = ""
    if request.method == "POST":
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept = actions.keep_workbook(by=request.user, name=file.name, data=file.read(actions.LARGEST + 1))
                return redirect("organisations:import_preview", pk=kept.pk)
            except Refused as refused:
                problem = str(refused)
        else:
            problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
    context = {"problem": problem, "largest": actions.LARGEST >> 20, "sheets": workbook.SHEETS}
    return render(request, "organisations/import.html", context, status=422 if problem else 200)


@needs(Permission.ORGANISATION_EDIT)
@require_safe
def import_preview(request: Request, pk: int) -> HttpResponse:
    """What the workbook would change, or what is wrong with it."""
    kept = _kept(request, pk)
    try:
        outcome = actions.preview_workbook(by=request.user, workbook=kept)
    except UnreadableFile as unread:
        return _unread(request, kept, unread)
    return render(request, "organisations/import_preview.html", {"outcome": outcome, "file": kept})


@needs(Permission.ORGANISATION_EDIT)
@require_POST
def import_do(request: Request, pk: int) -> HttpResponse:
    """Do what the preview showed; if that has changed meanwhile, show it anew."""
    kept = _kept(request, pk)
    try:
        outcome = actions.import_workbook(by=request.user, workbook=kept, digest=request.POST.get("digest", ""))
    except UnreadableFile as unread:
        return _unread(request, kept, unread)
    if outcome.done:
        messages.success(request, f"已导入，{len(outcome.changes)} 处改动")
        return redirect("organisations:index")
    context = {"outcome": outcome, "file": kept, "moved_on": True}
    return render(request, "organisations/import_preview.html", context, status=422)


def _unread(request: Request, kept: Workbook, unread: UnreadableFile) -> HttpResponse:
    actions.forget_workbook(by=request.user, workbook=kept)
    messages.error(request, str(unread))
    return redirect("organisations:import")


def _kept(request: Request, pk: int) -> Workbook:
    return get_object_or_404(Workbook, pk=pk, by=request.user.pk)
