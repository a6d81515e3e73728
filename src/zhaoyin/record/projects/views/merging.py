"""Saving what two people may be changing at once: what only one of them touched merges by itself, the rest is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render

from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.journal.queries import history

from ..actions import NotAllowed, StaleVersion
from ..forms import MergingForm
from ..models import Project
from ..rules import Merge, three_way
from .pages import form_page, refuse

TRIES = 3  # so many times somebody else may be quicker before the person is asked to try again
BUSY = "很多人正在修改这份资料，请稍后再保存"


@dataclass(frozen=True, slots=True)
class Page:
    """How the form's page reads; `more` goes to `form_page`, and `then` names the page that follows, of the project or, where
    it is not of one, of `row`.
    """

    title: str
    submit: str
    project: Project | None
    more: Mapping[str, Any]
    then: str = "library:project"
    row: Model | None = None

    @property
    def subject(self) -> Any:
        """The record that is changed."""
        return self.project or self.row


def save_merged(
    request: SignedInRequest,
    opened: Callable[[Mapping[str, Any] | None], MergingForm],
    store: Callable[[Any], str],
    page: Page,
) -> HttpResponse:
    """Show the form, or save it. `opened` makes the form with what is stored at that moment and the given data, `store` writes
    what the form holds and returns what to say; it raises StaleVersion where somebody was quicker since `opened`.
    """
    if request.method != "POST":
        return form_page(request, opened(None), page.title, page.submit, page.project, **page.more)
    for _ in range(TRIES):
        form = opened(request.POST)
        if not form.is_valid():
            break
        merge = three_way(form.seen(), form.stored(), form.own())
        if merge.clashes:
            return _ask(request, form, merge, page)
        if merge.brought:
            labels = "、".join(str(form.fields[name].label) for name in merge.brought)
            now = dict(form.stored())
            form = opened({**form.data, **merge.values, form.BASE: form.initial[form.BASE]})
            if not form.is_valid():
                break
        try:
            said = store(form)
        except StaleVersion:
            continue
        except NotAllowed as refused:
            refuse(form, refused.reasons)
            break
        except ValueError as wrong:
            refuse(form, [str(wrong)])
            break
        messages.success(request, said)
        if merge.brought:
            kept = "，".join(
                f"{form.fields[name].label}为“{form.shown(name, now[name])[:40]}”" for name in merge.brought
            )
            messages.info(request, f"别人同时改过的{labels}已一并保留：{kept}")
        return redirect(page.then, pk=page.subject.pk)
    else:
        refuse(form, [BUSY])
    return form_page(request, form, page.title, page.submit, page.project, **page.more)


def _ask(request: SignedInRequest, form: MergingForm, merge: Merge, page: Page) -> HttpResponse:
    """The page on which each field that both touched is decided. What it sends is the form again, with what is stored now
    as its base.
    """
    clashing = {clash.field for clash in merge.clashes}
    carried = [(form.add_prefix(name), value) for name, value in merge.values.items() if name not in clashing and value]
    carried.extend((form.add_prefix(name), value) for name, value in form.apart().items() if value)
    carried.append((form.BASE, form.initial[form.BASE]))
    asked = [
        {
            "name": form.add_prefix(clash.field),
            "label": form.fields[clash.field].label,
            "base": form.shown(clash.field, clash.base),
            "choices": [
                ("别人的", clash.theirs, form.shown(clash.field, clash.theirs)),
                ("我的", clash.own, form.shown(clash.field, clash.own)),
            ],
        }
        for clash in merge.clashes
    ]
    # Fields that were emptied and are not asked about must be sent too, or they would count as untouched.
    carried.extend(
        (form.add_prefix(name), "") for name, value in merge.values.items() if name not in clashing and not value
    )
    line = history(page.subject).first()
    context = {
        "title": page.title, "project": page.project, "asked": asked, "carried": carried,
        "brought": [
            (form.fields[name].label, form.shown(name, merge.values[name])) for name in merge.brought
        ],
        "line": line, "record": page.more.get("record"), "back": page.more.get("back"),
    }  # fmt: skip
    return render(request, "projects/merge.html", context, status=409)
