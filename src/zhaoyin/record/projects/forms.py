"""What the project's forms take in. Each form's days start with the day that is today for the person."""

import re
from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.ground.organisations.queries import officials_of, units_of
from zhaoyin.kernel.stages import STANDING_LABELS, Stage
from zhaoyin.record.resources.models import Platform

from .models import Paper, Phase, ProblemKind, Project

STAGES = [(stage.value, stage.label) for stage in Stage]
LEADERS_HELP = "多人用顿号隔开，第一位在前"


class Day(forms.DateField):
    """A day of the years that plans speak of, typed or picked."""

    EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, error_messages={"invalid": "应为日期，形如 2022-07-15"}, **options)

    def clean(self, value: Any) -> date | None:
        """The day; ValidationError for words that are none and for a slip in the year."""
        day: date | None = super().clean(value)
        if day is not None and not self.EARLIEST <= day <= self.LATEST:
            raise forms.ValidationError(f"应在 {self.EARLIEST} 至 {self.LATEST} 之间")
        return day


class Figure(forms.DecimalField):
    """Money in 亿元 or land in 亩; blank is unknown, never zero. At most 15 digits, all that SQLite keeps of a figure."""

    def __init__(self, label: str, digits: int, places: int) -> None:
        super().__init__(
            label=label, required=False, min_value=0, max_digits=digits, decimal_places=places,
            error_messages={"invalid": "应为数字，未知请留空"},
        )  # fmt: skip


class Leaders(forms.CharField):
    """Contact leaders by name, in order; cleaned to officials."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="联系领导", required=False, max_length=300, help_text=LEADERS_HELP, **options)
        self.here: Unit

    def clean(self, value: Any) -> list[Official]:
        """The officials named; ValidationError for a name that nobody here has."""
        names = [name for name in re.split(r"[、，,；;\s]+", super().clean(value)) if name]
        known = {one.name: one for one in officials_of(self.here).filter(name__in=names)} if names else {}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise forms.ValidationError(f"没有名为“{'、'.join(unknown)}”的干部，请核对姓名")
        return [known[name] for name in names]


class FactsForm(forms.Form):
    """The facts of a project. `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="项目名称", max_length=200)
    investor = forms.CharField(label="投资方", max_length=300, required=False)
    investment_yi = Figure("总投资", 15, 6)
    land_mu = Figure("用地", 14, 4)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="主责单位", required=False, empty_label="未定")
    leaders = Leaders()
    platform = forms.ModelChoiceField(Platform.objects.none(), label="平台", required=False, empty_label="不在平台")
    site = forms.CharField(label="选址", max_length=200, required=False)
    standing = forms.ChoiceField(label="状态", choices=[(s.value, label) for s, label in STANDING_LABELS.items()])
    content = forms.CharField(
        label="项目内容", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, jurisdiction: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_of(jurisdiction)  # type: ignore[attr-defined]
        self.fields["platform"].queryset = Platform.objects.filter(jurisdiction=jurisdiction)  # type: ignore[attr-defined]
        self.fields["leaders"].here = jurisdiction  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """The values for `actions.revise_project`, besides the leaders."""
        return {key: value for key, value in self.cleaned_data.items() if key not in ("version", "leaders")}


class NewProjectForm(forms.Form):
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

    def __init__(self, *args: Any, jurisdiction: Unit, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"known_on": today, "stage": Stage.LEAD.value}
        self.today = today
        self.fields["unit"].queryset = units_of(jurisdiction)  # type: ignore[attr-defined]
        self.fields["leaders"].here = jurisdiction  # type: ignore[attr-defined]

    def clean_known_on(self) -> date:
        """A project cannot be known before anybody could know it."""
        return not_after(self.cleaned_data["known_on"], self.today)


class NoteForm(forms.Form):
    """进展: what happened, on which day."""

    text = forms.CharField(label="进展", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    on = Day("日期")
    phase = forms.ModelChoiceField(Phase.objects.none(), label="分期", required=False, empty_label="整个项目")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="报送单位", required=False, empty_label="未定")

    def __init__(self, *args: Any, project: Project, today: date, unit: Unit | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today, "unit": unit}
        self.today = today
        self.fields["phase"].queryset = project.phases.exclude(name="")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_of(project.jurisdiction)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """What has not happened yet cannot be reported."""
        return not_after(self.cleaned_data["on"], self.today)


class StageForm(forms.Form):
    """A phase moves on; a signing needs its paper."""

    phase = forms.ModelChoiceField(Phase.objects.none(), label="分期", empty_label=None)
    stage = forms.ChoiceField(label="进入阶段", choices=STAGES)
    on = Day("日期")
    paper = forms.ChoiceField(
        label="协议类型", required=False, choices=[("", "没有签协议"), *Paper.choices],
        help_text="只有正式投资协议算签约；框架协议、章程请记作节点或进展",
    )  # fmt: skip
    note = forms.CharField(label="说明", required=False, max_length=300)

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        following = min(Stage(project.stage).order + 1, len(Stage) - 1)
        super().__init__(*args, **options)
        self.initial = {"on": today, "stage": list(Stage)[following].value}
        phases = project.phases.all()
        self.fields["phase"].queryset = phases  # type: ignore[attr-defined]
        self.fields["phase"].label_from_instance = lambda one: (  # type: ignore[attr-defined]
            f"{one.name or '整个项目'}（现为{Stage(one.stage).label}）"
        )


class ProblemForm(forms.Form):
    """存在问题: what, who settles it, by when."""

    kind = forms.ChoiceField(label="类别", choices=ProblemKind.choices)
    text = forms.CharField(label="问题", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ModelChoiceField(Unit.objects.none(), label="解决单位", required=False, empty_label="未定")
    on = Day("提出日")
    due_on = Day("应解决日", required=False)

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today}
        self.today = today
        self.fields["unit"].queryset = units_of(project.jurisdiction)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """The day of raising lies behind us."""
        return not_after(self.cleaned_data["on"], self.today)


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


def not_after(on: date, today: date) -> date:
    """`on`, or ValidationError where it lies ahead of `today`."""
    if on > today:
        raise forms.ValidationError(f"不能晚于 {today}")
    return on
