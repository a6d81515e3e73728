"""The record of a project beside its course: investors, names, team, channel, who may see it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from zhaoyin.record.investors.forms import InvestorForm
from zhaoyin.record.investors.models import Investor
from zhaoyin.record.investors.queries import facts_of

from ..models import AliasKind, ChannelKind, Origin, Part, Project, StakeKind
from .asking import AskingForm
from .fields import Day, Leaders, not_after
from .merging import MergingForm


class StakeForm(InvestorForm):
    """An investor, found or made by name, and its part in the project."""

    part = forms.ChoiceField(label="角色", choices=StakeKind.choices, initial=StakeKind.MAIN)
    percent = forms.DecimalField(
        label="出资比例", max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )


class OpenInvestorForm(InvestorForm, MergingForm):
    """An investor that is there, and may be changed by several."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, investor: Investor) -> None:
        super().__init__(data, investor=investor)
        self.before = facts_of(investor)
        self.prepare()


class AliasForm(forms.Form):
    """Another name of the project."""

    name = forms.CharField(label="别名", max_length=200)
    kind = forms.ChoiceField(label="来源", choices=AliasKind.choices)


class TeamForm(AskingForm):
    """Who takes which part in the project, from when on."""

    who = Leaders()
    part = forms.ChoiceField(label="分工", choices=Part.choices)
    since = Day("起")

    DAYS = ("since",)

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial, self.not_before = {"since": today}, project.known_on
        who: Any = self.fields["who"]
        who.label, who.required, who.here = "姓名", True, project.jurisdiction


class LeaveForm(forms.Form):
    """When somebody's part in the project ended."""

    until = Day("止")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"until": today}


class OriginForm(MergingForm):
    """The channel that the project came by."""

    kind = forms.ChoiceField(label="渠道", choices=ChannelKind.choices)
    who = forms.CharField(label="引荐人或单位", max_length=100, required=False)
    on = Day("首次获知日", required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: Origin, today: date) -> None:
        super().__init__(data)
        self.today, self.before = today, {key: getattr(row, key) for key in self.facts_named()}
        self.initial = dict(self.before)
        self.prepare()

    def facts(self) -> dict[str, Any]:
        """The values for `actions.set_origin`."""
        return {key: self.cleaned_data[key] for key in self.facts_named()}

    def clean_on(self) -> date | None:
        """Nobody was told of it later than today; earlier than the project itself is what is to be expected."""
        on: date | None = self.cleaned_data["on"]
        return on and not_after(on, self.today)


class RestrictForm(MergingForm):
    """Who alone may see the project, and why."""

    people = Leaders()
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, project: Project, named: Sequence[str], reason: str
    ) -> None:
        super().__init__(data)
        self.before: dict[str, Any] = {"people": set(named), "reason": reason}
        self.initial = {"people": "、".join(named), "reason": reason}
        people: Any = self.fields["people"]
        people.label, people.required, people.here = "限定给", True, project.jurisdiction
        people.help_text = "多人用顿号隔开；联系领导和您自己总在其中"
        self.prepare()


class WhyForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label="理由", max_length=200)
