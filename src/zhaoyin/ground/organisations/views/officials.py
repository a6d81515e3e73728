"""Officials: their list, one's posts through time, and the forms."""

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.ground.ui.listing import Declared, Filter

from .. import actions, queries
from ..forms import EndForm, NewOfficialForm, OfficialForm, PostForm
from ..models import Appointment, Official
from ..rules import PostKind
from .answering import Request, answer, here_of, place_choice

LIST = Declared(
    filters=(
        Filter("q", "姓名、职务含"),
        Filter("kind", "任职类别", tuple((kind.value, kind.label) for kind in PostKind), many=True),
    ),
    sorts={"place": ("jurisdiction__path", "pk"), "name": ("name", "pk")},
    order="place",
    sizes=(50, 100),
)


@needs(Permission.ORGANISATION_SEE)
@require_safe
def officials(request: Request) -> HttpResponse:
    """The officials and what they hold on the day."""
    listing = LIST.read(request.GET)
    then = queries.posts_visible_to(request.user).filter(queries.held_on(request.as_of))
    rows: QuerySet[Official] = queries.officials_visible_to(request.user)
    if words := listing.value("q"):
        held = then.filter(Q(post__icontains=words) | Q(unit__name__icontains=words))
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=held.values("official_id")))
    if kinds := listing.among("kind"):
        rows = rows.filter(pk__in=then.filter(kind__in=kinds).values("official_id"))
    rows = rows.order_by(*listing.ordering).select_related("jurisdiction")
    page = listing.page_of(
        rows.prefetch_related(
            Prefetch("appointments", then.select_related("unit").order_by("pk"), to_attr="posts_then")
        )
    )
    context = {"listing": listing, "page": page, "can_add": queries.may_edit(request.user, here_of(request))}
    return render(request, "organisations/officials.html", context)


@needs(Permission.ORGANISATION_SEE)
@require_safe
def official(request: Request, pk: int) -> HttpResponse:
    """One official's posts through time."""
    row = _official(request, pk)
    card = queries.official_card(request.user, row, request.as_of, today_of(request))
    context = {"card": card, "official": row, "can_edit": queries.may_edit(request.user, row.jurisdiction)}
    return render(request, "organisations/official.html", context)


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def official_new(request: Request) -> HttpResponse:
    """Register an official."""
    form = NewOfficialForm(request.POST or None, **place_choice(request))
    made: list[Official] = []

    def act() -> str:
        made.append(actions.add_official(by=request.user, **form.given()))
        return f"“{made[0].name}”已登记，请补上任职"

    return answer(
        request, form, act, title="登记干部", submit="登记", back=reverse("organisations:officials"), tab="officials"
    )


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def official_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a name."""
    row = _official(request, pk)
    stored = {"version": row.version, "name": row.name}
    form = OfficialForm(request.POST or None, initial=stored)

    def act() -> str:
        data = form.cleaned_data
        changed = actions.edit_official(by=request.user, official=row, name=data["name"], version=data["version"])
        return "已保存" if changed else "没有改动"

    return answer(
        request,
        form,
        act,
        title="修改姓名",
        submit="保存",
        back=_page(row),
        stored=stored,
        subject=row,
        tab="officials",
    )


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: Request, pk: int) -> HttpResponse:
    """Record a post that an official holds or held."""
    row = _official(request, pk)
    form = PostForm(request.POST or None, official=row)

    def act() -> str:
        actions.add_appointment(by=request.user, official=row, **form.cleaned_data)
        return "任职已登记"

    return answer(request, form, act, title="登记任职", submit="登记", back=_page(row), subject=row, tab="officials")


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: Request, pk: int) -> HttpResponse:
    """Correct an appointment."""
    row = _post(request, pk)
    stored = {key: getattr(row, key) for key in ("unit", "post", "kind", "since", "until")}
    form = PostForm(request.POST or None, official=row.official, initial=stored)

    def act() -> str:
        given = form.cleaned_data
        given["kind"] = given["kind"] or row.kind
        changed = actions.edit_appointment(by=request.user, appointment=row, fields=given)
        return "已保存" if changed else "没有改动"

    back = _page(row.official)
    return answer(request, form, act, title="更正任职", submit="保存", back=back, subject=row.official, tab="officials")


@needs(Permission.ORGANISATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def post_end(request: Request, pk: int) -> HttpResponse:
    """Record the last day of a post."""
    row = _post(request, pk)
    form = EndForm(request.POST or None, initial={"on": today_of(request)})

    def act() -> str:
        actions.end_appointment(by=request.user, appointment=row, on=form.cleaned_data["on"])
        return f"“{row.post}”于 {form.cleaned_data['on']} 离任"

    back = _page(row.official)
    title = f"离任：{row.unit} {row.post}"
    return answer(request, form, act, title=title, submit="离任", back=back, subject=row.official, tab="officials")


def _official(request: Request, pk: int) -> Official:
    return get_object_or_404(queries.officials_visible_to(request.user).select_related("jurisdiction"), pk=pk)


def _post(request: Request, pk: int) -> Appointment:
    rows = queries.posts_visible_to(request.user)
    return get_object_or_404(rows.select_related("official__jurisdiction", "unit"), pk=pk)


def _page(row: Official) -> str:
    return reverse("organisations:official", args=[row.pk])
