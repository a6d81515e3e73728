"""Moving a phase onwards and back, and answering for another's move."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of
from zhaoyin.kernel.stages import Stage

from .. import actions
from ..actions import NotAllowed, NotSure
from ..forms import AnswerMoveForm, ReturnForm, StageForm
from ..models import Evidence, MoveRequest, Paper, Project
from ..queries import evidence_of, gate_panel, may_answer, permit_on, requests_visible_to, table_for, waiting_for
from ..rules import Item
from .pages import form_page, project_for, refuse

MOST_MOVES = 500
GOES = "提交后，承诺到这一阶段的节点同时完成。"


@needs(Permission.STAGE_ADVANCE)
def stage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a phase to a further stage; a refusal says every reason, and leads to every field that is missing."""
    project = project_for(request, pk, Permission.STAGE_ADVANCE)
    today = today_of(request)
    form = StageForm(request.POST or None, project=project, today=today, auto_id="stage-%s")
    missing: Iterable[Item] = () if form.is_bound else _ahead(project, today)
    if request.method == "POST" and form.is_valid():
        given = form.move()
        try:
            made = actions.advance_stage(by=request.user, as_of=today, **given)
        except NotAllowed as refused:
            refuse(form, refused.reasons)
            form.look_again()
            missing = refused.missing
        except NotSure as unsure:
            form.ask(unsure.asked, "推进")
        else:
            words = (
                "已提请确认，由另一个人同意后生效"
                if isinstance(made, MoveRequest)
                else f"已进入“{given['stage'].label}”阶段，相应节点同时完成"
            )
            messages.success(request, words)
            return redirect("library:project", pk=pk)
    return form_page(request, form, "推进阶段", "推进", project, goes=GOES, missing=missing)


@needs(Permission.STAGE_ADVANCE)
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask that a phase be sent back."""
    project = project_for(request, pk, Permission.STAGE_ADVANCE)
    today = today_of(request)
    form = ReturnForm(request.POST or None, project=project, today=today, auto_id="back-%s")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"stage": Stage(form.cleaned_data["stage"])}
        try:
            actions.request_return(by=request.user, as_of=today, **given)
        except NotAllowed as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, "已提请退回，由负责人同意后生效")
            return redirect("library:project", pk=pk)
    goes = "须由负责人同意；同意后，退回日起不再计入被退回阶段的统计，此前的数不变。"
    return form_page(request, form, "退回阶段", "提请退回", project, goes=goes)


@needs(Permission.STAGE_CONFIRM)
@require_safe
def moves(request: SignedInRequest) -> HttpResponse:
    """Everything that waits for somebody to confirm it, where the person may."""
    rows = [(row, _asked(row)) for row in waiting_for(request.user)[:MOST_MOVES]]
    context = {"rows": rows, "me": request.user.pk, "today": today_of(request)}
    return render(request, "projects/moves.html", context)


@needs(Permission.STAGE_CONFIRM)
def answer_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree to what somebody else asked for, or refuse it."""
    row = get_object_or_404(requests_visible_to(request.user), pk=pk)
    project, today = row.phase.project, today_of(request)
    permit_on(request.user, may_answer(row, table_for(project.jurisdiction, row.on)), project)
    form = AnswerMoveForm(request.POST or None, auto_id=f"move-{pk}-%s")
    missing: Iterable[Item] = ()
    if request.method == "POST" and form.is_valid():
        agreed = form.cleaned_data["agreed"] == "yes"
        try:
            actions.answer_request(
                by=request.user, request=row, agreed=agreed, as_of=today, note=form.cleaned_data["note"]
            )
        except NotAllowed as refused:
            refuse(form, refused.reasons)
            missing = refused.missing
        else:
            messages.success(request, f"已同意：{_asked(row)}" if agreed else "已答复不同意")
            return redirect("library:project", pk=project.pk)
    note = f"{row.by.name or row.by.username}提请 {_asked(row)}"
    goes = f"说明：{row.note}" if row.note else ""
    proven = () if row.back else _proven(row)
    return form_page(
        request, form, "确认阶段变动", "提交", project, note=note, goes=goes, missing=missing, proven=proven
    )


@needs(Permission.STAGE_ADVANCE)
@require_POST
def withdraw_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what one asked for oneself."""
    row = get_object_or_404(requests_visible_to(request.user), pk=pk)
    permit_on(request.user, Permission.STAGE_ADVANCE, row.phase.project)
    try:
        actions.withdraw_request(by=request.user, request=row)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已撤回")
    return redirect("library:project", pk=row.phase.project_id)


def _asked(row: MoveRequest) -> str:
    """What a request asks for: 一期 谈判 → 签约（2022-07-14，正式投资协议）."""
    paper = f"，{Paper(row.paper).label}" if row.paper else ""
    stood, stage = Stage(row.stood).label, Stage(row.stage).label
    return f"{'退回 ' if row.back else ''}{row.phase.name} {stood} → {stage}（{row.on}{paper}）".strip()


def _proven(row: MoveRequest) -> list[tuple[str, list[Evidence]]]:
    """What the stages that are moved through list as evidence, each with its files."""
    stood, stage = Stage(row.stood), Stage(row.stage)
    gates = table_for(row.phase.project.jurisdiction, row.on).gates[stood.order + 1 : stage.order + 1]
    rows = list(evidence_of(row.phase, [gate.stage for gate in gates]))
    return [
        (item, [one for one in rows if (one.stage, one.item) == (gate.stage, item)])
        for gate in gates
        for item in gate.evidence
    ]


def _ahead(project: Project, today: date) -> tuple[Item, ...]:
    """What the furthest phase's next gate would miss."""
    panel = gate_panel(project.pk, today)
    return panel.furthest.missing if panel is not None else ()
