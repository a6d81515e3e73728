"""The pages of imports: bringing a list, reviewing it, writing it, taking it back; and the sheet for work offline."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from zhaoyin.documents.writing.sheets import write_rows_xlsx
from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.attachments import receiving
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.ground.ui.sending import sent

from . import actions, queries, tasks
from . import progress as watching
from .forms import AnswerForm, MappingForm, UploadForm
from .models import Batch, BatchState
from .rules import FIELDS, MONEY_UNITS, OUTCOMES, Outcome

BUSY = (BatchState.WAITING, BatchState.READING, BatchState.COMMITTING)
PAGE = 50  # rows
EXAMPLES = 3  # values shown of a column


@needs(Permission.PROJECT_EDIT)
@limited("upload", method="POST")
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """The lists that were brought in, and the form that takes in another one."""
    problem = ""
    here = jurisdiction_for(request)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if late := receiving.refusal(request):
            problem = late
        elif not form.is_valid():
            problem = "；".join(str(error) for errors in form.errors.values() for error in errors)
        elif here is None:
            problem = "还没有建立地区，请先建立行动方案或组织"
        else:
            file = form.cleaned_data["file"]
            try:
                made = actions.receive_batch(
                    by=request.user, jurisdiction=here, name=file.name, data=file.read(actions.LARGEST + 1)
                )
            except actions.Refused as refusal:
                problem = str(refusal)
            else:
                tasks.read_batch.enqueue(made.pk, request.user.pk, today_of(request).isoformat())
                return redirect("imports:batch", pk=made.pk)
    batches = queries.batches_visible_to(request.user).defer("table", "changes")[:100]
    context = {"problem": problem, "batches": batches, "largest": actions.LARGEST}
    return render(request, "imports/index.html", context, status=422 if problem else 200)


@needs(Permission.PROJECT_EDIT)
@require_safe
def batch(request: SignedInRequest, pk: int) -> HttpResponse:
    """A list where it stands: being read or written, to be reviewed, or written. `?show=` an outcome, `?page=`."""
    row = _batch(request, pk)
    if row.state in BUSY or row.state == BatchState.FAILED:
        return render(
            request, "imports/watch.html", {"batch": row, "busy": row.state in BUSY, "told": watching.told(row.pk)}
        )
    counts = queries.counts_of(row)
    shown = request.GET.get("show", "")
    if shown not in counts:
        shown = next((one for one in counts if counts[one]), Outcome.NEW.value)
    page = Paginator(queries.lines_of(row, shown), PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"label": OUTCOMES[outcome], "count": counts[outcome], "url": f"?show={outcome}", "active": outcome == shown}
        for outcome in Outcome
        if counts[outcome]
    ]
    columns = [
        (column, one, _examples(row, place))
        for place, (column, one) in enumerate(zip(row.table["columns"], row.mapping, strict=True))
    ]
    context = {
        "batch": row, "counts": counts, "tabs": tabs, "shown": shown, "page": page, "columns": columns,
        "fields": list(FIELDS.items()), "units": MONEY_UNITS, "outcomes": OUTCOMES,
        "asks_unit": any(one["field"] == "investment_yi" and not one["unit"] for one in row.mapping),
        "open": row.state in (BatchState.READ, BatchState.UNDONE), "left": sum(counts[one] for one in queries.LEFT),
    }  # fmt: skip
    return render(request, "imports/review.html", context)


def _examples(row: Batch, place: int) -> str:
    return "；".join([cells[place][:20] for _, cells in row.table["rows"] if cells[place]][:EXAMPLES])


@needs(Permission.PROJECT_EDIT)
@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the work is, asked for again and again by the page that watches it."""
    row = _batch(request, pk)
    if row.state not in BUSY:
        return HttpResponseClientRefresh()
    return render(request, "imports/_progress.html", {"batch": row, "told": watching.told(row.pk)})


@needs(Permission.PROJECT_EDIT)
@limited("upload")
@require_POST
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what the columns are; the rows are weighed anew."""
    row = _batch(request, pk)
    form = MappingForm(request.POST, columns=len(row.table.get("columns", [])))
    try:
        if not form.is_valid():
            raise actions.Refused("各列的设定与表不符，请刷新后再试")
        actions.map_columns(by=request.user, batch=row, mapping=form.mapping())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.read_batch.enqueue(row.pk, request.user.pk, today_of(request).isoformat(), True)
    return redirect("imports:batch", pk=pk)


@needs(Permission.PROJECT_EDIT)
@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer a question about one row, and go on with the others of its kind."""
    row = _batch(request, pk)
    form = AnswerForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.Refused("没有这个选项，请刷新后再试")
        actions.answer(by=request.user, batch=row, on=today_of(request), **form.cleaned_data)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    shown = request.POST.get("show", "")
    return redirect(reverse("imports:batch", args=[pk]) + (f"?show={shown}" if shown in set(Outcome) else ""))


@needs(Permission.PROJECT_EDIT)
@require_POST
def commit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the list written by the worker."""
    row = _batch(request, pk)
    try:
        actions.request_commit(by=request.user, batch=row)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.write_batch.enqueue(row.pk, request.user.pk, today_of(request).isoformat())
    return redirect("imports:batch", pk=pk)


@needs(Permission.PROJECT_EDIT)
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a written list back."""
    row = _batch(request, pk)
    try:
        kept = actions.undo_batch(by=request.user, batch=row)
    except (actions.Refused, Forbidden) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销；导入后有人改动过的保留，见下" if kept else "已全部撤销")
    return redirect("imports:batch", pk=pk)


@needs(Permission.PROJECT_EDIT)
@limited("export")
@require_safe
def left(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rows that were not written, as they came, with the reasons: to be mended and brought again."""
    row = _batch(request, pk)
    headings = ["行号", *(column["label"] for column in row.table.get("columns", [])), "未导入的原因"]
    lines: list[list[str | int]] = [
        [number, *cells, "；".join(reasons)] for number, reasons, cells in queries.left_over(row)
    ]
    return sent(write_rows_xlsx(headings, lines, sheet="未导入"), f"未导入-{row.pk}.xlsx")


@needs(Permission.PROJECT_EDIT)
@limited("export")
@require_safe
def offline(request: SignedInRequest) -> HttpResponse:
    """The projects that one may edit, as a sheet that comes back by its keys."""
    here = jurisdiction_for(request)
    at = timezone.localtime()
    try:
        if here is None:
            raise actions.Refused("项目库还是空的，没有可导出的内容")
        mark = f"{request.user}（{request.user.username}）于 {at:%Y-%m-%d %H:%M} 导出　内部资料，注意保密"
        data = actions.offline_sheet(by=request.user, jurisdiction=here, mark=mark)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("imports:index")
    return sent(data, f"离线修改表-{at:%Y-%m-%d}.xlsx")


def _batch(request: SignedInRequest, pk: int) -> Batch:
    return get_object_or_404(queries.batches_visible_to(request.user), pk=pk)
