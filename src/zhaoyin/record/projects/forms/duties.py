"""Hanging files on what proves a stage."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.kernel.stages import Stage

from ..models import Phase, Project
from ..queries import files_of


class EvidenceForm(forms.Form):
    """A file of the project, or a new one, for one item of a stage's evidence."""

    phase = forms.ModelChoiceField(Phase.objects.none(), label="分期", empty_label=None)
    item = forms.ChoiceField(label="凭据")
    attachment = forms.ModelChoiceField(
        Attachment.objects.none(), label="已有的文件", required=False, empty_label="上传新文件"
    )
    file = forms.FileField(label="上传文件", required=False, help_text="选了已有的文件就不用上传")

    def __init__(self, *args: Any, project: Project, items: Sequence[str], stage: Stage, **options: Any) -> None:
        super().__init__(*args, **options)
        phases = project.phases.all()
        self.fields["phase"].queryset = phases  # type: ignore[attr-defined]
        self.fields["phase"].label_from_instance = lambda one: one.name or "整个项目"  # type: ignore[attr-defined]
        if len(phases) == 1:
            self.fields["phase"].widget = forms.HiddenInput()
            self.initial["phase"] = phases[0].pk
        self.fields["item"].choices = [(one, one) for one in items]  # type: ignore[attr-defined]
        self.fields["attachment"].queryset = files_of(project)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two ways to name a file."""
        given = super().clean() or {}
        if not self.errors and not given.get("attachment") and not given.get("file"):
            self.add_error("file", "请选一个已有的文件，或上传一个")
        return given
