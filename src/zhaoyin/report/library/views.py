"""The project library's pages: the list, one project, the export."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import holding_of, may
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.sending import sent
from zhaoyin.record.projects.queries import Sight, allowed_on, sight_of, visible_to

from . import actions, drawing, exporting, memory, queries

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
    pages = (page for permission, page in FRONTS if may(request.user, permission))
    return redirect(next(pages, "accounts:mine"))


@needs(Permission.RECORDS_SEE)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The list, as the address asks for it."""
    asked = _asked(request)
    library, listed = memory.recall(("page", asked.key), lambda: _page(asked))
    request.library_total = library.tabs[0][1]  # type: ignore[attr-defined]
    return render(
        request, "library/index.html", {"library": library, "listed": listed, "asked": asked, "listing": asked.listing}
    )


def _sight(request: SignedInRequest) -> Sight:
    """What the person may see; looked up anew as soon as roles or records change."""
    return memory.recall(("sight", holding_of(request.user)), lambda: sight_of(request.user))


def _asked(request: SignedInRequest) -> queries.Asked:
    """The list that the address asks for, within what the user may see."""
    field = memory.recall(
        ("field", holding_of(request.user), request.as_of),
        lambda: queries.field_of(request.user, request.as_of, _sight(request)),
    )
    return queries.chosen(request.GET, field)


def _page(asked: queries.Asked) -> tuple[queries.LibraryPage, Markup]:
    field = asked.field
    totals = memory.recall(("totals", asked.found_key), lambda: queries.library_sums(asked))
    known = memory.recall(
        ("known", field),
        lambda: totals.count if asked.whole else queries.library_total(field.sight, field.as_of),
    )
    page = queries.library_page(asked, totals, known)
    return page, drawing.drawn(asked, page)


@needs(Permission.RECORDS_EXPORT)
@limited("export")
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """What the list shows, every page of it (`as` csv, xlsx), or the plan's ten columns (table.xlsx, table.docx): as far as
    the person may export.
    """
    sight = sight_of(request.user, Permission.RECORDS_EXPORT)
    asked = queries.chosen(request.GET, queries.field_of(request.user, request.as_of, sight))
    here = jurisdiction_for(request)
    if here is None:
        messages.error(request, "项目库还是空的，没有可导出的内容。")
        return redirect("library:index")
    mark = exporting.mark_of(request.user, request.user.username, timezone.localtime())
    try:
        made = exporting.export(asked, request.GET.get("as", "xlsx"), place=here.name, demo=here.demo, mark=mark)
    except exporting.CannotExport as refused:
        messages.error(request, str(refused))
        return redirect(reverse("library:index") + asked.listing.url())
    actions.record_export(by=request.user, jurisdiction=here, name=made.name, count=made.count)
    return sent(made.data, made.name)


@needs(Permission.RECORDS_SEE)
@require_safe
def project(request: SignedInRequest, pk: int) -> HttpResponse:
    """One project as of the day; one that came into the library later says so."""
    sight, as_of, everything = _sight(request), request.as_of, "all" in request.GET
    page = memory.recall(
        ("project", pk, sight, as_of, everything),
        lambda: queries.project_page(sight, pk, as_of, everything=everything),
    )
    if page is None:
        known = get_object_or_404(visible_to(request.user), pk=pk)
        return render(request, "library/not_yet.html", {"project": known}, status=404)
    allowed = memory.recall(("allowed", holding_of(request.user), pk), lambda: allowed_on(request.user, pk))
    return render(request, "library/project.html", {"page": page, "allowed": allowed})
