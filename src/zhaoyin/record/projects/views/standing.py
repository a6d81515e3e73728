"""Pausing, terminating, handing on and resuming a project."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from zhaoyin.ground.access.needs import needs
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.ground.ui.asof import today_of

from .. import actions
from ..actions import NotAllowed, NotSure
from ..forms import TurnForm
from ..queries import visible_to
from ..rules import Turn
from .pages import form_page, project_for, refuse

GOES = {
    Turn.PAUSE: "提交后项目不再亮灯，也不能推进；随时可以恢复推进。",
    Turn.TERMINATE: "提交后项目不再推进，历史都保留；终止有误的可以恢复推进。",
    Turn.TRANSFER: "转交给本地单位的，由对方接着推进；流转到外地的，这里不再推进。",
    Turn.RESUME: "提交后项目重新亮灯，可以推进。",
}


@needs(Permission.PROJECT_EDIT)
def turn(request: SignedInRequest, pk: int, to: str) -> HttpResponse:
    """One turn of a project's standing; `to` is one of `Turn`."""
    project = project_for(request, pk, Permission.PROJECT_EDIT)
    if to not in set(Turn):
        raise Http404
    chosen, today = Turn(to), today_of(request)
    form = TurnForm(request.POST or None, project=project, turn=chosen, today=today, auto_id=f"{to}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            actions.turn_project(by=request.user, project=project, turn=chosen, as_of=today, **form.cleaned_data)
        except NotAllowed as refused:
            refuse(form, refused.reasons)
        except NotSure as unsure:
            form.ask(unsure.asked, chosen.label)
        else:
            messages.success(request, f"已{chosen.label}“{project.name}”")
            # Whoever handed a project to another unit may see it no longer.
            still = visible_to(request.user).filter(pk=pk).exists()
            return redirect("library:project", pk=pk) if still else redirect("library:index")
    note = f"{project.unit.name if project.unit else '未定主责单位'}，现为“{project.get_standing_display()}”"
    return form_page(request, form, f"{chosen.label}项目", chosen.label, project, note=note, goes=GOES[chosen])
