"""Many projects at once: choose, see what would change, change it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of

from .. import actions, queries
from ..forms import BulkForm


@needs(Permission.PROJECT_EDIT)
@require_POST
def bulk(request: SignedInRequest) -> HttpResponse:
    """`chosen` projects; with a value for one field the preview of every change, and after that the changes. What the
    preview showed comes back as `seen` (number:version).
    """
    ids = [int(one) for one in request.POST.getlist("chosen") if one.isascii() and one.isdecimal() and len(one) < 16]
    here = jurisdiction_for(request)
    if not ids or here is None:
        messages.error(request, "请先在列表里勾选项目。")
        return redirect("library:index")
    if len(ids) > queries.MOST:
        messages.error(request, f"一次最多改 {queries.MOST} 个项目，请少选一些。")
        return redirect("library:index")
    form = BulkForm(request.POST if "field" in request.POST else None, here=here, today=today_of(request))
    context = {"form": form, "ids": ids, "planned": [], "refused": []}
    if not form.is_valid():
        return render(request, "library/bulk.html", context, status=422 if form.is_bound else 200)
    field, value, versions = form.cleaned_data["field"], form.value, None
    if "do" in request.POST:
        pairs = (one.partition(":") for one in request.POST.getlist("seen"))
        versions = {int(pk): int(version) for pk, _, version in pairs if pk.isdecimal() and version.isdecimal()}
    planned = queries.bulk_plan(request.user, ids, here, field, value, versions)
    if versions is None:
        label = queries.BULK_FIELDS[field]
        return render(request, "library/bulk.html", context | {"planned": planned, "label": label})
    changed, refused = actions.edit_many(by=request.user, field=field, value=value, planned=planned)
    if not refused:
        messages.success(request, f"已修改 {changed} 个项目")
        return redirect("library:index")
    return render(request, "library/bulk.html", context | {"refused": refused, "changed": changed}, status=409)
