"""What is typed about lists: a view's name, the value that many projects shall have."""

from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import units_to_choose
from zhaoyin.record.projects.forms.fields import Leaders
from zhaoyin.record.resources.models import Platform

from .queries import BULK_FIELDS, Whose


class ViewForm(forms.Form):
    """A list is kept under a name."""

    name = forms.CharField(label="视图名称", max_length=20)
    whose = forms.ChoiceField(
        label="给谁用",
        choices=[(Whose.OWN, "只给自己"), (Whose.UNIT, "本单位"), (Whose.OFFICE, "全辖（办公室）")],
        initial=Whose.OWN,
    )
    first = forms.BooleanField(label="登录后先打开它", required=False)


class BulkForm(forms.Form):
    """One value for many projects; `field` says which of the others counts."""

    field = forms.ChoiceField(label="改哪一项", choices=list(BULK_FIELDS.items()))
    unit = forms.ModelChoiceField(Unit.objects.none(), label="主责单位", required=False, empty_label="未定")
    leaders = Leaders()
    platform = forms.ModelChoiceField(Platform.objects.none(), label="平台", required=False, empty_label="不在平台")

    def __init__(self, *args: Any, here: Unit, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_to_choose(here, today)  # type: ignore[attr-defined]
        self.fields["platform"].queryset = Platform.objects.filter(jurisdiction=here)  # type: ignore[attr-defined]
        self.fields["leaders"].here = here  # type: ignore[attr-defined]

    @property
    def value(self) -> Any:
        """What the chosen field shall be."""
        return self.cleaned_data[self.cleaned_data["field"]]
