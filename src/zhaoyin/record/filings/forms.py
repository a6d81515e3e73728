"""What the pages of filings take in."""

from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.forms import Day
from zhaoyin.record.projects.forms.fields import Figure, not_after
from zhaoyin.record.projects.queries import units_to_add_in
from zhaoyin.record.projects.rules import Lead

from .models import KINDS, Filing, Outcome


class FilingForm(forms.Form):
    """A lead as it is known at first contact; `seen` are the projects that the person was shown and took for others."""

    investor = forms.CharField(label="投资方", max_length=100)
    name = forms.CharField(label="项目名称", max_length=100)
    group = forms.CharField(label="所属集团", max_length=100, required=False)
    place = forms.CharField(label="拟落户地", max_length=100, required=False)
    investment_yi = Figure("总投资", 15, 6)
    introducer = forms.CharField(
        label="介绍人", max_length=60, required=False, help_text="填了介绍人，系统会提醒按时答复"
    )
    text = forms.CharField(label="一句话情况", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    unit = forms.ModelChoiceField(Unit.objects.none(), label="备案单位", empty_label=None)
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, by: Any, jurisdiction: Unit, today: date, **options: Any) -> None:
        """The units for which the person may file, the own one first."""
        super().__init__(*args, **options)
        units, _ = units_to_add_in(by, jurisdiction, today)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial = {"unit": units.filter(pk=by.unit_id).first() or units.first()}

    def clean_seen(self) -> frozenset[int]:
        """The numbers of the projects that were shown."""
        return frozenset(int(one) for one in self.cleaned_data["seen"].split() if one.isdecimal())

    def lead(self) -> Lead:
        """What the lead is recognised by."""
        facts = self.cleaned_data
        return Lead(facts["investor"], facts["group"], facts["name"], facts["place"])


class StepForm(forms.Form):
    """What was done for a lead."""

    kind = forms.ChoiceField(label="事项", choices=KINDS)
    text = forms.CharField(label="内容", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    on = Day("日期")

    def __init__(self, *args: Any, filing: Filing, today: date, kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today, "kind": kind}
        self.today = today

    def clean_on(self) -> date:
        """What has not happened yet cannot be recorded."""
        return not_after(self.cleaned_data["on"], self.today)


class AppealForm(forms.Form):
    """Why the unit holds that it was first, or that it is another lead."""

    text = forms.CharField(label="申诉理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """What the office decides."""

    outcome = forms.ChoiceField(label="裁定", choices=Outcome.choices)
    reason = forms.CharField(label="裁定理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
