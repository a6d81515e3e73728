"""What happened to a project. Each form's days start with the day that is today for the person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import units_to_choose

from ..models import Phase, Problem, ProblemKind, Project
from .asking import AskingForm
from .fields import Day, not_after
from .merging import MergingForm


class NoteForm(AskingForm):
    """进展: what happened, on which day."""

    text = forms.CharField(label="进展", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    on = Day("日期")
    phase = forms.ModelChoiceField(Phase.objects.none(), label="分期", required=False, empty_label="整个项目")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="报送单位", required=False, empty_label="未定")

    DAYS = ("on",)

    def __init__(self, *args: Any, project: Project, today: date, unit: Unit | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        units = units_to_choose(project.jurisdiction, today)
        self.initial = {"on": today, "unit": unit and units.filter(pk=unit.pk).first()}
        self.today, self.not_before = today, project.known_on
        self.fields["phase"].queryset = project.phases.exclude(name="")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """What has not happened yet cannot be reported."""
        return not_after(self.cleaned_data["on"], self.today)


class ProblemForm(AskingForm):
    """存在问题: what, who settles it, by when."""

    kind = forms.ChoiceField(label="类别", choices=ProblemKind.choices)
    text = forms.CharField(label="问题", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ModelChoiceField(Unit.objects.none(), label="解决单位", required=False, empty_label="未定")
    on = Day("提出日")
    due_on = Day("应解决日", required=False)

    DAYS = ("on",)

    def __init__(self, *args: Any, project: Project, today: date, unit: Unit | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today}
        self.today, self.not_before = today, project.known_on
        self.fields["unit"].queryset = units_to_choose(project.jurisdiction, today, unit)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """The day of raising lies behind us."""
        return not_after(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        """It cannot be due before it is raised."""
        given = super().clean()
        on, due_on = given.get("on"), given.get("due_on")
        if on and due_on and due_on < on:
            self.add_error("due_on", f"不能早于提出日 {on}")
        return given


class OpenProblemForm(ProblemForm, MergingForm):
    """A problem that is there, and may be changed by several."""

    APART = ("sure",)

    def __init__(self, data: Mapping[str, Any] | None = None, *, problem: Problem, today: date) -> None:
        super().__init__(data, project=problem.project, today=today, unit=problem.unit)
        self.before = {
            "kind": problem.kind, "text": problem.text, "unit": problem.unit, "on": problem.raised_on,
            "due_on": problem.due_on,
        }  # fmt: skip
        self.initial = dict(self.before)
        self.prepare()


class AnswerForm(forms.Form):
    """How a problem was settled, and when."""

    answer = forms.CharField(label="答复", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    on = Day("解决日")

    def __init__(self, *args: Any, today: date, raised_on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today}
        self.today, self.raised_on = today, raised_on

    def clean_on(self) -> date:
        """Settled between the day it was raised and today."""
        on = not_after(self.cleaned_data["on"], self.today)
        if on < self.raised_on:
            raise forms.ValidationError(f"不能早于提出日 {self.raised_on}")
        return on
