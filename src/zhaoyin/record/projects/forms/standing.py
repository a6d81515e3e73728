"""Pausing, terminating, handing on, resuming."""

from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Unit

from ..models import Project
from ..queries import units_to_hand_to
from ..rules import Turn
from .fields import Day
from .moving import Asking

# What each turn asks for besides the day and the reason.
ASKED: dict[Turn, tuple[str, ...]] = {
    Turn.PAUSE: ("until",),
    Turn.TERMINATE: ("winner",),
    Turn.TRANSFER: ("unit", "place"),
    Turn.RESUME: (),
}


class TurnForm(Asking):
    """The day, the reason, and what the turn asks for besides."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="转交给本地单位", required=False, empty_label="不在本地",
        help_text="由对方作为主责单位接着推进",
    )  # fmt: skip
    place = forms.CharField(label="流转到外地", max_length=100, required=False, help_text="转交给本地单位的不填")
    winner = forms.CharField(
        label="最终落户何处、由谁引进",
        max_length=200,
        required=False,
        help_text="被别处引走的请写明，便于复盘；没有落户的不填",
    )
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    on = Day("日期")
    until = Day("何时再议", required=False)
    sure = forms.BooleanField(label="确实如此", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, turn: Turn, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today}
        self.fields["unit"].queryset = units_to_hand_to(project, today)  # type: ignore[attr-defined]
        for name in {name for names in ASKED.values() for name in names} - set(ASKED[turn]):
            del self.fields[name]
