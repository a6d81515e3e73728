"""What a project is: its facts, and the few of them that are known at first contact."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from zhaoyin.ground.organisations.models import SpecialTeam, Unit
from zhaoyin.ground.organisations.queries import still, units_to_choose
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.resources.models import Platform

from ..models import Project
from ..queries import units_to_add_in
from .asking import AskingForm
from .fields import Day, Figure, Leaders, not_after
from .merging import MergingForm

STAGES = [(stage.value, stage.label) for stage in Stage]


class FactsForm(AskingForm, MergingForm):
    """The facts of a project. `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="项目名称", max_length=200)
    investor = forms.CharField(label="投资方", max_length=300, required=False)
    investment_yi = Figure("总投资", 15, 6)
    land_mu = Figure("用地", 14, 4)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="主责单位", required=False, empty_label="未定")
    leaders = Leaders()
    team = forms.ModelChoiceField(SpecialTeam.objects.none(), label="专班", required=False, empty_label="没有专班")
    platform = forms.ModelChoiceField(Platform.objects.none(), label="平台", required=False, empty_label="不在平台")
    site = forms.CharField(label="选址", max_length=200, required=False)
    content = forms.CharField(
        label="项目内容", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        """Closed units and teams are not offered, but stay where they are named already."""
        super().__init__(*args, **options)
        self.project = project
        jurisdiction = project.jurisdiction
        units = units_to_choose(jurisdiction, today, project.unit)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        teams = SpecialTeam.objects.filter(still(today) | Q(pk=project.team_id), jurisdiction=jurisdiction)
        self.fields["team"].queryset = teams.order_by("pk")  # type: ignore[attr-defined]
        self.fields["platform"].queryset = Platform.objects.filter(jurisdiction=jurisdiction)  # type: ignore[attr-defined]
        self.fields["leaders"].here = jurisdiction  # type: ignore[attr-defined]
        self.prepare()

    APART = ("version", "sure")

    def apart(self) -> dict[str, str]:
        """The version that is stored now: whoever decides has seen it."""
        return {**super().apart(), "version": str(self.project.version)}

    def seen(self) -> dict[str, str]:
        """Whoever sends the version that is stored has seen what is stored, also where the page did not say it."""
        if str(self.data.get(self.add_prefix("version"), "")) == str(self.project.version):
            return self.stored()
        return super().seen() if self.data.get(self.add_prefix(self.BASE)) else {}

    def facts(self) -> dict[str, Any]:
        """The values for `actions.revise_project` that differ from what is stored, besides the leaders."""
        stored, own = self.stored(), self.own()
        return {
            key: value
            for key, value in self.cleaned_data.items()
            if key in own and key != "leaders" and own[key] != stored[key]
        }


class NewProjectForm(AskingForm):
    """What is known of a project at first contact; the rest follows on its page."""

    name = forms.CharField(label="项目名称", max_length=200)
    investor = forms.CharField(label="投资方", max_length=300, required=False)
    investment_yi = Figure("总投资", 15, 6)
    land_mu = Figure("用地", 14, 4)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="主责单位", required=False, empty_label="未定")
    leaders = Leaders()
    stage = forms.ChoiceField(label="现处阶段", choices=STAGES)
    known_on = Day("入库日")
    content = forms.CharField(
        label="项目内容", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, by: Any, jurisdiction: Unit, today: date, **options: Any) -> None:
        """`by` chooses among the units in which they may add a project, their own first; whoever may not everywhere must."""
        super().__init__(*args, **options)
        units, anywhere = units_to_add_in(by, jurisdiction, today)
        choice: Any = self.fields["unit"]
        choice.queryset = units
        own = None
        if not anywhere:
            choice.required, choice.empty_label = True, None
            own = units.filter(pk=by.unit_id).first() or units.first()
        self.initial = {"known_on": today, "stage": Stage.LEAD.value, "unit": own}
        self.today = today
        self.fields["leaders"].here = jurisdiction  # type: ignore[attr-defined]

    def clean_known_on(self) -> date:
        """A project cannot be known before anybody could know it."""
        return not_after(self.cleaned_data["known_on"], self.today)
