"""What an upload takes in."""

from typing import Any

from django import forms

from .queries import limits, taken_kinds
from .rules import KINDS, megabytes


class UploadForm(forms.Form):
    """One file, whose contents the action looks at."""

    file = forms.FileField(
        label="文件", allow_empty_file=True, max_length=None,
        error_messages={"required": "请先选择文件", "invalid": "没有收到文件，请重新选择"},
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [KINDS[key] for key in taken_kinds()]
        self.fields["file"].widget.attrs["accept"] = ",".join(
            f".{one}" for kind in kinds for one in (kind.key, *kind.more)
        )
        self.fields["file"].help_text = f"{'、'.join(kind.label for kind in kinds)}，不超过 {megabytes(limits().file)}"
