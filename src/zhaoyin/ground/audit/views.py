"""The journal's pages: the whole list, one's own acts, one line, the export, the verification."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.queries import may
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.journal import actions as journal
from zhaoyin.ground.ui.sending import sent

from . import actions, exporting, queries, tasks


@needs(Permission.JOURNAL_READ)
@limited("search", asked="q")
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The whole journal. That it was read is in the journal."""
    listing = queries.read(request.GET, queries.LIST)
    shown = queries.shown(queries.visible_to(request.user), listing)
    actions.record_reading(by=request.user, conditions=exporting.words_of(listing), page=shown.page.number)
    verified = queries.verified(timezone.now())
    return render(request, "audit/index.html", {"shown": shown, "listing": listing, "verified": verified})


@needs()
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one has done oneself."""
    listing = queries.read(request.GET, queries.MINE)
    return render(
        request, "audit/mine.html", {"shown": queries.shown(queries.mine(request.user), listing), "listing": listing}
    )


@needs()
@require_safe
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """One line, with what was before and after."""
    line = get_object_or_404(queries.visible_to(request.user), pk=pk)
    everything = may(request.user, Permission.JOURNAL_READ)
    if everything and line.by_id != request.user.pk:
        actions.record_line_reading(by=request.user, entry=line)
    return render(request, "audit/entry.html", {"line": queries.detail(line), "everything": everything})


@needs(Permission.JOURNAL_READ)
@limited("export")
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """What the list shows, every page of it (`as` csv, xlsx)."""
    listing = queries.read(request.GET, queries.LIST)
    try:
        made = exporting.export(listing, request.GET.get("as", "xlsx"), by=request.user)
    except exporting.CannotExport as refused:
        messages.error(request, str(refused))
        return redirect(reverse("audit:index") + listing.url())
    actions.record_export(by=request.user, conditions=exporting.words_of(listing), name=made.name, count=made.count)
    return sent(made.data, made.name)


@needs(Permission.JOURNAL_READ)
@limited("verify")
@require_POST
def verify(request: SignedInRequest) -> HttpResponse:
    """Walk the chain: at once where that is short, else in the background."""
    if not actions.ask_for_verification(by=request.user, at=timezone.now()):
        messages.info(request, "正在核验，请稍候。")
    elif queries.is_short():
        for _ in journal.verify(by=request.user):
            pass
    else:
        tasks.verify_journal.enqueue(request.user.pk)
    return redirect("audit:verification")


@needs(Permission.JOURNAL_READ)
@require_safe
def verification(request: SignedInRequest) -> HttpResponse:
    """How the journal was found when it was last verified, or that it is being verified."""
    return render(request, "audit/verification.html", {"verified": queries.verified(timezone.now())})
