"""Accounts as files: bringing many, taking the list away."""

import hashlib
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.documents.reading.source import UnreadableFile
from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.ui.sending import sent

from .. import actions
from ..forms import RosterForm
from ..queries import jurisdiction_for
from ..queries.people import KEEPERS, locked_names, people_listed
from ..queries.roster import drafts_of, may_grant
from ..requests import SignedInRequest
from ..roster import MOST, Fault, Line, passwords_book, people_book, read_roster, template
from .people import LIST

READ, MADE = "accounts.roster", "accounts.passwords"  # what a signed text is for
HOUR = 3600
# A session's key: the mark of the one-time passwords that its owner may still take away as a file.
ONCE = "one_time_passwords"
SHOWN = 200  # faults; whoever mends two hundred brings the file again


@needs(Permission.ACCOUNT_MANAGE)
@limited("upload", method="POST")
@never_cache
def bring(request: SignedInRequest) -> HttpResponse:
    """Choose a file; then see what it would make, and what is wrong with it."""
    form = RosterForm(request.POST or None, request.FILES or None) if request.method == "POST" else RosterForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines, faults = read_roster(file.read(), file.name)
        except UnreadableFile as unreadable:
            form.add_error("file", str(unreadable))
        else:
            return _preview(request, file.name[:100], lines, faults)
    context = {"form": form, "grants": may_grant(request.user), "most": MOST}
    return render(request, "accounts/bring.html", context, status=422 if form.is_bound else 200)


@needs(Permission.ACCOUNT_MANAGE)
@never_cache
@require_POST
def confirm(request: SignedInRequest) -> HttpResponse:
    """Make the accounts that the preview showed, all or none; their one-time passwords are shown once."""
    given = _signed(request, READ)
    if given is None:
        messages.error(request, "核对页已过期，请重新上传文件。")
        return redirect("accounts:bring")
    lines = [Line(**line) for line in given["lines"]]
    try:
        made = actions.import_people(by=request.user, lines=lines, name=given["name"])
    except actions.RosterRefused as refused:
        return _preview(request, given["name"], lines, refused.faults)
    rows = [(user.username, user.name, user.unit.name if user.unit else "", password) for user, password in made]
    kept = _sealed(request, MADE, {"rows": rows})
    request.session[ONCE] = _mark(kept)
    return render(request, "accounts/brought.html", {"rows": rows, "kept": kept, "name": given["name"]})


@needs(Permission.ACCOUNT_MANAGE)
@never_cache
@require_POST
def passwords(request: SignedInRequest) -> HttpResponse:
    """The one-time passwords as a file, once."""
    given = _signed(request, MADE)
    if given is None or request.session.pop(ONCE, None) != _mark(request.POST["kept"]):
        messages.error(request, "一次性密码只能下载一次。没有下载到的，请安全管理员逐个重置密码。")
        return redirect("accounts:people")
    book = passwords_book([tuple(row) for row in given["rows"]], who=str(request.user), at=timezone.localtime())
    return sent(book, "一次性密码.xlsx")


@needs(Permission.ACCOUNT_MANAGE)
@require_safe
def blank(request: SignedInRequest) -> HttpResponse:
    """The list to fill in."""
    return sent(template(with_roles=may_grant(request.user)), "账号清单模板.xlsx")


@needs(*KEEPERS)
@limited("export")
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """Exactly the accounts that the list shows, every page of it."""
    listing = LIST.read(request.GET)
    locked = locked_names(timezone.now())
    rows = list(people_listed(request.user, locked, **listing.chosen).order_by(*listing.ordering))
    at, here = timezone.localtime(), jurisdiction_for(request)
    name = f"账号清单 {at:%Y-%m-%d}.xlsx"
    book = people_book(rows, locked=locked, who=str(request.user), at=at)
    actions.record_export(by=request.user, jurisdiction=here, name=name, count=len(rows))
    return sent(book, name)


def _preview(request: SignedInRequest, name: str, lines: list[Line], faults: list[Fault]) -> HttpResponse:
    drafts, wrong = drafts_of(request.user, lines, timezone.localdate())
    faults = sorted({*faults, *wrong}, key=lambda fault: (fault.number, fault.sentence))
    kept = "" if faults else _sealed(request, READ, {"name": name, "lines": [asdict(line) for line in lines]})
    context = {
        "name": name, "drafts": drafts, "faults": faults[:SHOWN], "more": max(0, len(faults) - SHOWN),
        "wrong_rows": len({fault.number for fault in faults}), "kept": kept,
    }  # fmt: skip
    return render(request, "accounts/brought_preview.html", context, status=422 if faults else 200)


def _sealed(request: SignedInRequest, purpose: str, value: dict[str, Any]) -> str:
    return signing.dumps({**value, "by": request.user.pk}, salt=purpose, compress=True)


def _signed(request: SignedInRequest, purpose: str) -> dict[str, Any] | None:
    """What this person was given to send back within the hour; None for anything else."""
    try:
        value: dict[str, Any] = signing.loads(request.POST.get("kept", ""), salt=purpose, max_age=HOUR)
    except signing.BadSignature:
        return None
    return value if value["by"] == request.user.pk else None


def _mark(kept: str) -> str:
    return hashlib.sha256(kept.encode()).hexdigest()
