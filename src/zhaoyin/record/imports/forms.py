"""What the pages of imports take in."""

from typing import Any

from django import forms

from .rules import FIELDS


class UploadForm(forms.Form):
    """A list of projects."""

    file = forms.FileField(
        label="项目清单", allow_empty_file=True, error_messages={"required": "请先选择项目清单"}, max_length=None
    )


class MappingForm(forms.Form):
    """What each column is: a choice of field, and the unit of its plain numbers."""

    def __init__(self, *args: Any, columns: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.columns = columns
        for place in range(columns):
            self.fields[f"field-{place}"] = forms.ChoiceField(choices=list(FIELDS.items()))
            self.fields[f"unit-{place}"] = forms.CharField(required=False, max_length=10)

    def mapping(self) -> list[dict[str, str]]:
        """The values for `actions.map_columns`."""
        given = self.cleaned_data
        return [{"field": given[f"field-{place}"], "unit": given[f"unit-{place}"]} for place in range(self.columns)]


class AnswerForm(forms.Form):
    """An answer to a question about one row; blank takes it back."""

    number = forms.IntegerField(min_value=1)
    question = forms.CharField(max_length=16, required=False)
    given = forms.CharField(max_length=16, required=False)
