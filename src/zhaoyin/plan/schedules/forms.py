"""What the forms of milestones take in."""

from datetime import date
from typing import Any

from django import forms

from zhaoyin.record.projects.forms import Day, MergingForm
from zhaoyin.record.projects.models import Phase, Project

from .models import REACHES, Milestone, MilestoneKind

DATED = [(kind, label) for kind, label in MilestoneKind.choices if kind != MilestoneKind.UNDATED]


class ReachForm(forms.Form):
    """The day on which a milestone was reached."""

    on = Day("完成日")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": today}


class MoveForm(MergingForm):
    """New dates with the reason; blank dates make it undated."""

    start = Day("新的起始日", required=False)
    end = Day("新的截止日", required=False, help_text="留空表示未定期")
    kind = forms.ChoiceField(label="性质", choices=DATED)
    reason = forms.CharField(label="改期理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, milestone: Milestone, **options: Any) -> None:
        kind = MilestoneKind.PLANNED if milestone.kind == MilestoneKind.UNDATED else milestone.kind
        super().__init__(*args, **options)
        self.initial = {"start": milestone.start, "end": milestone.end, "kind": kind}
        self.prepare()


class MilestoneForm(forms.Form):
    """A promise that a person adds."""

    text = forms.CharField(label="节点", max_length=300)
    phase = forms.ModelChoiceField(Phase.objects.none(), label="分期", required=False, empty_label="整个项目")
    stage = forms.ChoiceField(label="达到阶段", required=False, choices=[("", "不对应阶段"), *REACHES])
    kind = forms.ChoiceField(label="性质", choices=MilestoneKind.choices)
    start = Day("起始日", required=False)
    end = Day("截止日", required=False)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phase"].queryset = project.phases.exclude(name="")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A window in order; undated exactly where there is no end."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, kind = given.get("start"), given.get("end"), given.get("kind")
        if kind == MilestoneKind.UNDATED and (start or end):
            self.add_error("kind", "有日期的节点不能是未定期")
        if kind and kind != MilestoneKind.UNDATED and not end:
            self.add_error("end", "请填截止日；没有日期时性质选“未定期”")
        if start and end and start > end:
            self.add_error("start", "起始日晚于截止日")
        return given
