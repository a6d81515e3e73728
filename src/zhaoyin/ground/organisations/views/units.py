"""The tree, one unit's card, and the forms that change them."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.ui.asof import today_of

from .. import actions, queries
from ..actions import Refused
from ..closing import still_open
from ..forms import CloseForm, MoveForm, NewUnitForm, UnitForm
from ..models import Unit, UnitKind
from .answering import Request, answer, here_of

LONGEST = 50


@needs(Permission.ORGANISATION_SEE)
@require_safe
def index(request: Request) -> HttpResponse:
    """The tree as of the day, or what a search finds in it."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    context: dict[str, Any] = {"words": words, "can_add": queries.may_edit(request.user, here_of(request))}
    if words:
        context["found"], context["total"] = queries.search(request.user, words, request.as_of)
    else:
        context["tree"] = queries.tree(request.user, request.as_of)
    return render(request, "organisations/index.html", context)


@needs(Permission.ORGANISATION_SEE)
@require_safe
def branch(request: Request, pk: int) -> HttpResponse:
    """The units of one jurisdiction, when it is opened in the tree."""
    found = queries.branch(request.user, pk, request.as_of)
    if found is None:
        raise Http404
    return render(request, "organisations/_branch.html", {"node": found})


@needs(Permission.ORGANISATION_SEE)
@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """Who answers for what in one unit, as of the day."""
    row = _unit(request, pk)
    card = queries.unit_card(request.user, row, request.as_of, today_of(request))
    context = {"card": card, "unit": row, "can_edit": queries.may_edit(request.user, row)}
    return render(request, "organisations/unit.html", context)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_new(request: Request) -> HttpResponse:
    """Make a unit, or with `?place` a jurisdiction."""
    is_place = "place" in request.GET
    asked = request.GET.get("above", "")
    above = (
        _unit(request, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 12 else here_of(request)
    )
    kept = queries.editable(request.user).filter(closed_on__isnull=True)
    if is_place:
        among = kept.filter(kind=UnitKind.JURISDICTION)
    else:
        home = above and above.place_id
        among = kept.filter(Q(pk=home) | Q(jurisdiction=home))
    form = NewUnitForm(
        request.POST or None, among=among.order_by("path"), place=is_place, initial={"above": above},
        top=is_place and queries.may_edit(request.user, None),
    )  # fmt: skip
    made: list[Unit] = []

    def act() -> str:
        given = form.given()
        over = given.pop("above")
        if is_place:
            made.append(actions.add_jurisdiction(by=request.user, above=over, **given))
        else:
            made.append(actions.add_unit(by=request.user, jurisdiction=over.jurisdiction or over, above=over, **given))
        return f"“{made[0].name}”已建立"

    what = "行政区划" if is_place else "单位"
    back = reverse("organisations:unit", args=[above.pk]) if above else reverse("organisations:index")
    return answer(request, form, act, title=f"新增{what}", submit="建立", back=back)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_edit(request: Request, pk: int) -> HttpResponse:
    """Change what is known of a node."""
    row = _unit(request, pk)
    place = row.kind == UnitKind.JURISDICTION
    stored = {
        key: getattr(row, key) for key in ("version", "name", "short_name", "kind", "code", "reports", "founded_on")
    }
    form = UnitForm(request.POST or None, initial=stored, place=place)

    def act() -> str:
        changed = actions.edit_unit(
            by=request.user, unit=row, fields=form.given(), version=form.cleaned_data["version"]
        )
        return "已保存" if changed else "没有改动"

    return answer(request, form, act, title="修改", submit="保存", back=_page(row), stored=stored, subject=row)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_move(request: Request, pk: int) -> HttpResponse:
    """Put a unit below another one."""
    row = _unit(request, pk)
    if row.kind == UnitKind.JURISDICTION:
        raise Http404
    stored = {"version": row.version, "above": Unit.objects.get_parent(row)}
    form = MoveForm(request.POST or None, initial=stored, unit=row)

    def act() -> str:
        actions.move_unit(
            by=request.user, unit=row, above=form.cleaned_data["above"], version=form.cleaned_data["version"]
        )
        return f"“{row.name}”已移到“{form.cleaned_data['above'].name}”之下"

    note = "下属单位一起移动；此前的记录不变。"
    return answer(
        request, form, act, title="调整上级", submit="移动", back=_page(row), stored=stored, subject=row, goes=note
    )


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def unit_close(request: Request, pk: int) -> HttpResponse:
    """Close a node, or merge it; what is still open there is named first."""
    row = _unit(request, pk)
    stored = {"version": row.version, "on": today_of(request)}
    form = CloseForm(request.POST or None, initial=stored, by=request.user, unit=row)

    def act() -> str:
        on, into = form.cleaned_data["on"], form.cleaned_data["into"]
        actions.close_unit(by=request.user, unit=row, on=on, into=into, version=form.cleaned_data["version"])
        return f"“{row.name}”于 {on} 撤销" + (f"，并入“{into.name}”" if into else "")

    return answer(
        request, form, act, title="撤销或合并", submit="撤销", back=_page(row), stored=stored, subject=row, danger=True,
        warnings=still_open(row, request.user), goes="单位不删除，随时可以查到；撤销有误可以恢复。",
    )  # fmt: skip


@needs(Permission.ORGANISATION_EDIT)
@require_POST
def unit_reopen(request: Request, pk: int) -> HttpResponse:
    """Take back a closing."""
    row = _unit(request, pk)
    try:
        actions.reopen_unit(by=request.user, unit=row)
        messages.success(request, f"“{row.name}”已恢复")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_page(row))


def _unit(request: Request, pk: int) -> Unit:
    rows = queries.visible_to(request.user).select_related("jurisdiction", "merged_into")
    return get_object_or_404(rows, pk=pk)


def _page(row: Unit) -> str:
    return reverse("organisations:unit", args=[row.pk])
