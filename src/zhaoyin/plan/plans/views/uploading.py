"""Bringing a document, and watching it being read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.attachments import receiving
from zhaoyin.ground.organisations.queries import jurisdiction_of

from .. import actions, queries, tasks
from ..forms import UploadForm, YearForm
from ..models import DocumentState, PlanDocument
from .reviewing import review_page

BUSY = (DocumentState.WAITING, DocumentState.READING)


@needs(Permission.PLAN_SEE)
@limited("upload", method="POST")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """The plans and documents, and the form that takes in another one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    problem, same = "", None
    if request.method == "POST":
        permit(request.user, Permission.PLAN_COMMIT)
        if late := receiving.refusal(request):
            problem = late
        elif form.is_valid():
            file = form.cleaned_data["file"]
            try:
                document = actions.receive_document(
                    by=request.user,
                    jurisdiction=jurisdiction_of(request.user.unit),
                    name=file.name,
                    data=file.read(queries.largest_document() + 1),
                    year=form.cleaned_data["year"],
                )
            except actions.AlreadyReceived as refusal:
                problem, same = str(refusal), refusal.document
            except actions.Refused as refusal:
                problem = str(refusal)
            else:
                tasks.read_document.enqueue(document.pk)
                return redirect("plans:document", pk=document.pk)
        else:
            problem = "；".join(str(error) for errors in form.errors.values() for error in errors)
    context = {
        "form": form, "problem": problem, "same": same, "formats": actions.FORMATS, "largest": queries.largest_document(),
        "plans": queries.plan_list(request.user), "documents": queries.document_list(request.user)[:100],
    }  # fmt: skip
    return render(request, "plans/index.html", context, status=422 if problem else 200)


@needs(Permission.PLAN_COMMIT)
@require_safe
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """A document where it stands: being read, to be reviewed, or made into a plan."""
    row = _document(request, pk)
    if row.state in BUSY or row.state == DocumentState.FAILED:
        return render(request, "plans/watch.html", {"document": row, "busy": row.state in BUSY})
    if row.state == DocumentState.COMMITTED and (commit := row.commits.filter(undone_at__isnull=True).first()):
        return redirect("plans:committed", pk=commit.pk)
    return review_page(request, row)


@needs(Permission.PLAN_COMMIT)
@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the reading is, asked for again and again by the page that watches it."""
    row = _document(request, pk, whole=False)
    if row.state not in BUSY:
        return HttpResponseClientRefresh()
    return render(request, "plans/_progress.html", {"document": row})


@needs(Permission.PLAN_COMMIT)
@limited("upload")
@require_POST
def reread(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read the file once more, for another year or because its worker died."""
    row = _document(request, pk, whole=False)
    form = YearForm(request.POST)
    if not form.is_valid():
        messages.error(request, "年度应为四位数，如 2024")
        return redirect("plans:document", pk=pk)
    try:
        actions.request_reading(by=request.user, document=row, year=form.cleaned_data["year"])
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.read_document.enqueue(row.pk)
    return redirect("plans:document", pk=pk)


def _document(request: SignedInRequest, pk: int, *, whole: bool = True) -> PlanDocument:
    rows = queries.documents_visible_to(request.user).select_related("uploaded_by")
    return get_object_or_404(rows if whole else rows.defer("source", "reading"), pk=pk)
