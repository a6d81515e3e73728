"""Views under a name, with the projects looked at last."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import covers
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.ground.accounts.requests import SignedInRequest

from .. import actions, queries
from ..forms import ViewForm
from ..models import SavedView
from . import asking, recent


@needs(Permission.RECORDS_SEE)
def saved(request: SignedInRequest) -> HttpResponse:
    """The views that the person may open, those looked at last, and the form that keeps the list in the address."""
    asked = asking.asked_for(request)
    query = urlsplit(asked.listing.url()).query
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            view = actions.save_view(
                by=request.user, name=given["name"], query=query, whose=queries.Whose(given["whose"])
            )
        except (Forbidden, actions.CannotKeep) as refused:
            form.add_error("whose", str(refused))
        else:
            if given["first"]:
                actions.open_first(by=request.user, view=view)
            messages.success(request, f"已存为视图“{view.name}”")
            return redirect("library:saved")
    first = queries.first_view(request.user)
    views = [(one, _removable(request, one), one == first) for one in queries.views_visible_to(request.user)]
    facts = {
        "form": form, "asked": asked, "views": views, "query": query,
        "recent": queries.recent_of(request.user, recent.numbers(request)),
    }  # fmt: skip
    return render(request, "library/saved.html", facts, status=422 if form.is_bound else 200)


@needs(Permission.RECORDS_SEE)
@require_POST
def remove_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    view = get_object_or_404(queries.views_visible_to(request.user), pk=pk)
    actions.remove_view(by=request.user, view=view)
    messages.success(request, f"已删去视图“{view.name}”")
    return redirect("library:saved")


@needs(Permission.RECORDS_SEE)
@require_POST
def first_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a view open when the person comes in, or no longer."""
    view = get_object_or_404(queries.views_visible_to(request.user), pk=pk)
    off = queries.first_view(request.user) == view
    actions.open_first(by=request.user, view=None if off else view)
    messages.success(request, "登录后先打开全部项目" if off else f"登录后先打开“{view.name}”")
    return redirect("library:saved")


def _removable(request: SignedInRequest, view: SavedView) -> bool:
    if view.unit is None:
        return True
    needed = Permission.PROGRESS_WRITE if view.unit.jurisdiction_id else Permission.PROJECT_EDIT
    return covers(request.user, needed, view.unit.path)
