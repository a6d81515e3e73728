"""What the pages of plans take in."""

from django import forms

from .actions import FORMATS


class UploadForm(forms.Form):
    """A document, with the year it is for where it may not name one."""

    file = forms.FileField(
        label="方案文件", allow_empty_file=True, error_messages={"required": "请先选择方案文件"}, max_length=None
    )
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=2000,
        max_value=2099,
        error_messages={"invalid": "年度应为四位数，如 2024"},
    )
    file.widget.attrs["accept"] = ",".join(FORMATS)


class YearForm(forms.Form):
    """The year to read a document for."""

    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2099)


class CellForm(forms.Form):
    """One edit: where, what was typed, what was there before the editor's eyes."""

    path = forms.CharField(max_length=1000, strip=False)
    value = forms.CharField(required=False, strip=False, max_length=40000)
    seen = forms.CharField(required=False, strip=False, max_length=100000)
    version = forms.IntegerField(min_value=0)
    doubt = forms.IntegerField(required=False, min_value=1)


class RowForm(forms.Form):
    """A row to add, to remove or to restore; for a row to add its fields come with it."""

    act = forms.ChoiceField(choices=[("add", ""), ("remove", ""), ("restore", "")])
    path = forms.CharField(max_length=200, required=False)
    which = forms.IntegerField(required=False, min_value=0)
    version = forms.IntegerField(min_value=0)


class SettlementForm(forms.Form):
    """How a doubt was settled; blank opens it again."""

    settlement = forms.CharField(required=False, max_length=300)
