"""The files of a project: brought, taken, removed."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.attachments import receiving, serving
from zhaoyin.ground.attachments.actions import FileGone, Refused
from zhaoyin.ground.attachments.forms import UploadForm
from zhaoyin.ground.attachments.models import Attachment

from .. import actions
from ..models import Project
from ..queries import files_visible_to, visible_to
from .pages import project_for


@needs(Permission.PROGRESS_WRITE)
@limited("upload", method="POST")
def attach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hang a file on the project; `of` names the file of which it is the next version, whatever it is called."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    number = request.GET.get("of", "")
    older = files_visible_to(request.user).filter(pk=int(number), subject_id=pk).first() if number.isdecimal() else None
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST":
        if late := receiving.refusal(request):
            form.errors["file"] = form.error_class([late])
        elif form.is_valid():
            file = form.cleaned_data["file"]
            try:
                name = older.name if older else file.name
                made = actions.attach_file(by=request.user, project=project, name=name, pieces=file.chunks())
            except Refused as refused:
                form.add_error("file", str(refused))
            else:
                messages.success(request, f"附件“{made}”{f'的第 {made.version} 版' if made.version > 1 else ''}已上传")
                return redirect("library:project", pk=pk)
    context = {"form": form, "project": project, "older": older}
    return render(request, "projects/attach.html", context, status=422 if form.is_bound else 200)


@needs(Permission.RECORDS_SEE)
@require_GET
def download(request: SignedInRequest, pk: int) -> HttpResponse | FileResponse:
    """A file, to be saved. That somebody took it is on record."""
    attachment, project = _file(request, pk)
    try:
        file = actions.take_file(by=request.user, project=project, attachment=attachment)
    except FileGone as gone:
        messages.error(request, str(gone))
        return redirect("library:project", pk=project.pk)
    return serving.answer(attachment, file)


@needs(Permission.PROJECT_EDIT)
@require_POST
def remove_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a file."""
    attachment, project = _file(request, pk)
    actions.remove_file(by=request.user, project=project, attachment=attachment)
    messages.success(request, f"附件“{attachment}”已删除")
    return redirect("library:project", pk=project.pk)


def _file(request: SignedInRequest, pk: int) -> tuple[Attachment, Project]:
    """A file of a project that is seen, and the project."""
    attachment = get_object_or_404(files_visible_to(request.user), pk=pk)
    return attachment, get_object_or_404(visible_to(request.user), pk=attachment.subject_id)
