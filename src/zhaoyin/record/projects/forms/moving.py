"""Moving a phase: onwards, back, and the answer of a second person; the gates as text."""

from datetime import date
from typing import Any

from django import forms

from zhaoyin.kernel.stages import Stage

from ..models import Paper, Phase, Project
from ..rules import LARGEST, WrongGates, read_gates
from .facts import STAGES
from .fields import Day, not_after


class Asking(forms.Form):
    """A form that asks back where something is unusual; `sure` is shown only then."""

    def ask(self, questions: tuple[str, ...], submit: str) -> None:
        """Show the box that says that it is so after all."""
        self.fields["sure"].widget = forms.CheckboxInput()
        self.fields["sure"].help_text = f"勾选后再点“{submit}”"
        for question in questions:
            self.add_error(None, question)


class _PhaseForm(Asking):
    """A phase that is to stand elsewhere."""

    phase = forms.ModelChoiceField(Phase.objects.none(), label="分期", empty_label=None)

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        phases = project.phases.all()
        self.fields["phase"].queryset = phases  # type: ignore[attr-defined]
        self.fields["phase"].label_from_instance = lambda one: (  # type: ignore[attr-defined]
            f"{one.name or '整个项目'}（现为{Stage(one.stage).label}）"
        )


class StageForm(_PhaseForm):
    """A phase moves on; a signing needs its paper. `sure` is asked for only where something is unusual."""

    stage = forms.ChoiceField(label="进入阶段", choices=STAGES)
    on = Day("日期")
    paper = forms.ChoiceField(
        label="协议类型", required=False, choices=[("", "没有签协议"), *Paper.choices],
        help_text="只有正式投资协议算签约；框架协议、章程请记作节点或进展",
    )  # fmt: skip
    note = forms.CharField(label="说明", required=False, max_length=300)
    sure = forms.BooleanField(label="确实如此", required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, project=project, today=today, **options)
        following = min(Stage(project.stage).order + 1, len(Stage) - 1)
        self.project = project
        self.initial = {"on": today, "stage": list(Stage)[following].value, "seen": self._standing()}

    def _standing(self) -> str:
        """Where every phase stands, as the page is drawn: 12:lead,13:signed."""
        return ",".join(f"{one.pk}:{one.stage}" for one in self.project.phases.all())

    def clean_seen(self) -> dict[str, str]:
        """Phase → the stage that the person saw it in; empty from a page that does not say."""
        pairs = (pair.partition(":") for pair in self.cleaned_data["seen"].split(","))
        return {phase: stage for phase, _, stage in pairs if stage in set(Stage)}

    def move(self) -> dict[str, Any]:
        """What `actions.advance_stage` takes of what was sent."""
        given = dict(self.cleaned_data)
        seen = given["seen"].get(str(given["phase"].pk))
        return given | {"stage": Stage(given["stage"]), "seen": Stage(seen) if seen else None}

    def look_again(self) -> None:
        """Whoever sees the page now has seen where the phases stand now."""
        data = {key: self.data.get(key) for key in self.data}
        data[self.add_prefix("seen")] = self._standing()
        self.data = data


class ReturnForm(_PhaseForm):
    """A phase goes back to an earlier stage, for a reason."""

    stage = forms.ChoiceField(label="退回到", choices=STAGES[:-1])
    on = Day("日期")
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, project=project, today=today, **options)
        self.initial = {"on": today, "stage": list(Stage)[max(Stage(project.stage).order - 1, 0)].value}

    def clean_on(self) -> date:
        """What has not happened yet cannot be recorded."""
        return not_after(self.cleaned_data["on"], self.today)


class AnswerMoveForm(forms.Form):
    """Whether somebody agrees to another's move, and why not."""

    agreed = forms.ChoiceField(label="意见", choices=[("yes", "同意"), ("no", "不同意")], initial="yes")
    note = forms.CharField(label="说明", required=False, max_length=300, help_text="不同意时须写明原因")


class GatesForm(forms.Form):
    """The gates of a jurisdiction as text, from a day on; checked as a whole."""

    valid_from = Day("自何日起")
    basis = forms.CharField(label="依据", max_length=200, help_text="文号或会议纪要，印在条件旁边")
    file = forms.FileField(label="上传文件", required=False, help_text="选了文件就以文件为准，下面的文字不用")
    text = forms.CharField(
        label="内容", required=False, max_length=LARGEST, strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The text that holds, read; every fault of it stands beside the field."""
        given = super().clean() or {}
        file = given.get("file")
        if file is not None:
            raw = file.read(4 * LARGEST + 1)
            try:
                given["text"] = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "文件应为 UTF-8 编码的文本")
                return given
        try:
            given["table"] = read_gates(given.get("text") or "")
        except WrongGates as wrong:
            for fault in wrong.faults[:20]:
                self.add_error("text", fault)
        return given
