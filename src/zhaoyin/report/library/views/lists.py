"""The list as a table, added up, as a board, as a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from markupsafe import Markup

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import holding_of
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.queries import jurisdiction_for
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.sending import sent
from zhaoyin.record.projects.queries import sight_of

from .. import actions, drawing, exporting, memory, queries
from . import asking


@needs(Permission.RECORDS_SEE)
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The list, as the address asks for it."""
    asked = asking.asked_for(request)
    library, listed = memory.recall(("page", asked.key), lambda: _page(asked))
    return _shown(request, "library/index.html", asked, library, listed=listed)


@needs(Permission.RECORDS_SEE)
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """The same projects as cards under their stages; a card moves by the dialog of its project's stage."""
    asked = asking.asked_for(request)
    library, columns = memory.recall(("board", asked.key), lambda: _board(asked))
    numbers = [card.pk for column in columns for card in column.cards]
    movable = memory.recall(
        ("movable", holding_of(request.user), asked.key), lambda: queries.movable(request.user, numbers)
    )
    return _shown(request, "library/board.html", asked, library, columns=columns, movable=movable)


def _shown(
    request: SignedInRequest, template: str, asked: queries.Asked, library: queries.LibraryPage, **more: Any
) -> HttpResponse:
    """One of the library's views, under the head that they share."""
    request.library_total = library.tabs[0][1]  # type: ignore[attr-defined]
    facts = {
        "library": library, "asked": asked, "listing": asked.listing, "groups": queries.GROUPS, "ready": queries.READY
    }  # fmt: skip
    return render(request, template, facts | more)


def _board(asked: queries.Asked) -> tuple[queries.LibraryPage, list[queries.Column]]:
    return queries.around(asked, *asking.sums_for(asked)), queries.board_of(asked)


def _page(asked: queries.Asked) -> tuple[queries.LibraryPage, Markup]:
    """What stands on the page, and how it is drawn: projects one by one, or added up."""
    totals, known = asking.sums_for(asked)
    if asked.group:
        page = queries.around(asked, totals, known)
        return page, drawing.drawn_groups(asked, page, queries.groups_of(asked))
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
