"""The gates of a jurisdiction: as a page, as a file, and their change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import covers
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.ground.ui.sending import sent

from .. import actions
from ..forms import GatesForm
from ..queries import table_for, table_text, tables_of
from ..rules import FIELDS


@needs(Permission.RECORDS_SEE)
@require_safe
def gates(request: SignedInRequest) -> HttpResponse:
    """What each stage means and asks for, in force on the day."""
    here, as_of = _here(request), request.as_of
    rows = [row for row in tables_of(here) if row.valid_from <= as_of]
    context = {
        "here": here, "table": table_for(here, as_of), "fields": FIELDS, "row": rows[0] if rows else None,
        "earlier": rows[1:], "may_edit": _may(request, here),
    }  # fmt: skip
    return render(request, "projects/gates.html", context)


@needs(Permission.RECORDS_SEE)
@limited("export")
@require_safe
def gates_file(request: SignedInRequest) -> HttpResponse:
    """The same as a file that can be changed and brought back."""
    here = _here(request)
    return sent(table_text(here, request.as_of).encode("utf-8"), f"{here.name}阶段和准入条件.yaml")


@needs(Permission.GATES_EDIT)
@limited("upload", method="POST")
def edit_gates(request: SignedInRequest) -> HttpResponse:
    """Check a new text, then set it; nothing is set while anything is wrong with it."""
    here = _here(request)
    if not _may(request, here):
        raise Forbidden(Permission.GATES_EDIT)
    today = today_of(request)
    first: dict[str, Any] = {"valid_from": today, "text": table_text(here, today)}
    form = GatesForm(request.POST or None, request.FILES or None, initial=first)
    table = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "save" in request.POST:
            new = {key: given[key] for key in ("text", "valid_from", "basis")}
            actions.set_gates(by=request.user, jurisdiction=here, **new)
            messages.success(request, f"已设定，自 {given['valid_from']} 起执行")
            return redirect("projects:gates")
        table = given["table"]
        # What was read out of a file is shown as text, so that it is saved as it was checked.
        form = GatesForm(initial=given)
    context = {"form": form, "here": here, "table": table, "fields": FIELDS}
    return render(request, "projects/edit_gates.html", context, status=422 if form.is_bound else 200)


def _here(request: SignedInRequest) -> Unit:
    here = jurisdiction_for(request)
    if here is None:
        raise Http404
    return here


def _may(request: SignedInRequest, here: Unit) -> bool:
    return covers(request.user, Permission.GATES_EDIT, here.path)
