"""The duties of a stage and the files that prove it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from zhaoyin.ground.access.limits import limited
from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.attachments import receiving
from zhaoyin.ground.attachments.actions import Refused
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.kernel.stages import Stage

from .. import actions
from ..actions import NotAllowed
from ..forms import EvidenceForm
from ..models import Project
from ..queries import evidence_of, evidence_visible_to, permit_on, table_for
from .pages import project_for, refuse


@needs(Permission.PROGRESS_WRITE)
@require_POST
def duty(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick a duty off, or take the tick away: `phase`, `stage` and `text` say which, `undo` that it is taken away."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    number, stage = request.POST.get("phase", ""), request.POST.get("stage", "")
    phase = project.phases.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if phase is None or stage not in set(Stage):
        messages.error(request, actions.GONE)
        return redirect("library:project", pk=pk)
    done = "undo" not in request.POST
    text = request.POST.get("text", "")
    try:
        actions.tick_duty(by=request.user, phase=phase, stage=Stage(stage), text=text, on=today_of(request), done=done)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已记为完成" if done else "已改为未完成")
    return redirect("library:project", pk=pk)


@needs(Permission.PROGRESS_WRITE)
@limited("upload", method="POST")
def evidence(request: SignedInRequest, pk: int, stage: str) -> HttpResponse:
    """The evidence of one stage: what is asked for, what hangs there, and a form for more."""
    project = project_for(request, pk, Permission.PROGRESS_WRITE)
    if stage not in set(Stage):
        raise Http404
    chosen, today = Stage(stage), today_of(request)
    gate = table_for(project.jurisdiction, today)[chosen]
    options: dict[str, Any] = {"project": project, "items": gate.evidence, "stage": chosen, "auto_id": "evidence-%s"}
    form = EvidenceForm(request.POST or None, request.FILES or None, **options)
    if request.method == "POST":
        if late := receiving.refusal(request):
            form.add_error("file", late)
        elif form.is_valid() and _hung(request, form, project, chosen, today):
            messages.success(request, f"“{form.cleaned_data['item']}”已附上")
            return redirect("projects:evidence", pk=pk, stage=stage)
    hung = [
        (phase, [(item, [one for one in rows if one.item == item]) for item in gate.evidence])
        for phase in project.phases.all()
        for rows in [list(evidence_of(phase, [chosen]))]
    ]
    context = {"form": form, "project": project, "gate": gate, "hung": hung}
    return render(request, "projects/evidence.html", context, status=422 if form.is_bound else 200)


@needs(Permission.PROGRESS_WRITE)
@require_POST
def remove_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a file does not prove the item after all."""
    row = get_object_or_404(evidence_visible_to(request.user), pk=pk)
    project, stage = row.phase.project, row.stage
    permit_on(request.user, Permission.PROGRESS_WRITE, project)
    actions.take_evidence_off(by=request.user, evidence=row)
    messages.success(request, "已去掉，文件仍在项目的文件里")
    return redirect("projects:evidence", pk=project.pk, stage=stage)


def _hung(request: SignedInRequest, form: EvidenceForm, project: Project, stage: Stage, today: date) -> bool:
    """Whether the file hangs now; the form says why not."""
    given = form.cleaned_data
    try:
        kept = given["attachment"] or actions.attach_file(
            by=request.user, project=project, name=given["file"].name, pieces=given["file"].chunks()
        )
        actions.hang_evidence(
            by=request.user, phase=given["phase"], stage=stage, item=given["item"], attachment=kept, on=today
        )
    except Refused as refused:
        form.add_error("file", str(refused))
    except NotAllowed as refused:
        refuse(form, refused.reasons)
    else:
        return True
    return False
