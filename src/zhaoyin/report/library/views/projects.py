"""The first page, and one project."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import holding_of, may
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.record.projects.queries import (
    allowed_on,
    gate_panel,
    merged_into,
    standing_panel,
    successor_of,
    visible_to,
)

from .. import actions, memory, queries
from . import asking, recent

# Where work begins for whoever holds the permission: the first that holds. Until the workbench is built, with the library.
FRONTS = (
    (Permission.RECORDS_SEE, "library:index"),
    (Permission.JOURNAL_READ, "audit:index"),
    (Permission.ROLE_SEE, "accounts:people"),
    (Permission.ORGANISATION_SEE, "organisations:index"),
)


@needs()
@require_safe
def front(request: SignedInRequest) -> HttpResponse:
    """The first page: led on to where one's work begins; without any role to the page that says what to do."""
    if may(request.user, Permission.RECORDS_SEE) and (view := queries.first_view(request.user)) is not None:
        return redirect(f"{reverse('library:index')}?{view.query}")
    pages = (page for permission, page in FRONTS if may(request.user, permission))
    return redirect(next(pages, "accounts:mine"))


@needs(Permission.RECORDS_SEE)
@require_safe
def project(request: SignedInRequest, pk: int) -> HttpResponse:
    """One project as of the day; one that came into the library later says so."""
    sight, as_of, everything = asking.sight(request), request.as_of, "all" in request.GET
    seen = memory.recall(
        ("project", pk, sight, as_of, everything),
        lambda: (
            (page, gate_panel(pk, as_of), standing_panel(pk, as_of), merged_into(pk))
            if (page := queries.project_page(sight, pk, as_of, everything=everything))
            else None
        ),
    )
    if seen is None:
        after = successor_of(pk)
        if after is not None and visible_to(request.user).filter(pk=after).exists():
            return redirect("library:project", pk=after)
        known = get_object_or_404(visible_to(request.user), pk=pk)
        return render(request, "library/not_yet.html", {"project": known}, status=404)
    page, gates, standing, mergings = seen
    allowed = memory.recall(("allowed", holding_of(request.user), pk), lambda: allowed_on(request.user, pk))
    pinned = memory.recall(("pinned", request.user.pk, pk), lambda: pk in queries.pins_of(request.user))
    panels = {"gates": gates, "standing": standing, "mergings": mergings}
    context = {"page": page, "allowed": allowed, "me": request.user.pk, "pinned": pinned, **panels}
    answer = render(request, "library/project.html", context)
    recent.note(request, answer, pk)
    return answer


@needs(Permission.RECORDS_SEE)
@require_POST
def pin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep an eye on a project, or no longer."""
    known = get_object_or_404(visible_to(request.user), pk=pk)
    pinned = request.POST.get("pinned") == "1"
    actions.pin(by=request.user, project=known, pinned=pinned)
    messages.success(request, "已列入“我关注的”" if pinned else "不再关注")
    return redirect("library:project", pk=pk)
