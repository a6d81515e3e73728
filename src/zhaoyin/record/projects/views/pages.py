"""What every page of a form does: find the project, ask whether the person may, draw the form, refuse in words."""

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest

from ..models import Project
from ..queries import permit_on, visible_to


def project_for(request: SignedInRequest, pk: int, permission: Permission) -> Project:
    """A project that is seen; Forbidden where the person may not do this with it."""
    rows = visible_to(request.user).select_related("jurisdiction", "unit", "platform", "text")
    found = get_object_or_404(rows, pk=pk)
    permit_on(request.user, permission, found)
    return found


def row_for(request: SignedInRequest, model: type[Any], pk: int, permission: Permission) -> Any:
    """A row of a project that is seen; Forbidden where the person may not do this with the project."""
    rows = model.objects.filter(project__in=visible_to(request.user).order_by()).select_related("project__jurisdiction")
    row = get_object_or_404(rows, pk=pk)
    permit_on(request.user, permission, row.project)
    return row


def form_page(
    request: SignedInRequest, form: Form, title: str, submit: str, project: Project | None = None, **more: Any
) -> HttpResponse:
    """One form as a page of its own, with status 422 where something is wrong with it."""
    context = {"form": form, "title": title, "submit": submit, "project": project, **more}
    if not form.is_bound:
        form.visible_fields()[0].field.widget.attrs["autofocus"] = True
    return render(request, "projects/form.html", context, status=422 if form.is_bound else 200)


def refuse(form: Form, reasons: Iterable[str]) -> None:
    """Say above the form why not."""
    for reason in reasons:
        form.add_error(None, reason)
