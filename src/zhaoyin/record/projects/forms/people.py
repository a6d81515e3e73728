"""The investor's contact persons, the reason for seeing a phone, and with whom a project is shared."""

from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Unit
from zhaoyin.ground.organisations.queries import units_to_choose

from ..models import Contact, Project
from ..rules import phone_of
from .merging import EMPTY, MergingForm, told


class ContactForm(MergingForm):
    """A contact person. The number that is stored is never filled in: an empty field leaves it as it is."""

    name = forms.CharField(label="姓名", max_length=40)
    post = forms.CharField(label="职务", max_length=60, required=False)
    phone = forms.CharField(label="电话", max_length=40, required=False)
    forget = forms.BooleanField(label="删去电话", required=False)

    APART = ("phone", "forget")

    def __init__(self, *args: Any, contact: Contact | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].widget.attrs |= {"autocomplete": "off", "inputmode": "tel"}
        if contact is None or not contact.masked:
            del self.fields["forget"]
        else:
            self.fields["phone"].help_text = f"现为 {contact.masked}；不改请留空"
        if contact is not None:
            self.initial = {"name": contact.name, "post": contact.post}
        self.contact = contact
        self.prepare()

    def stored(self) -> dict[str, str]:
        """With the number as everybody may see it, which is never merged."""
        return {**super().stored(), "phone": self.contact.masked if self.contact else ""}

    def clean(self) -> dict[str, Any]:
        """A number that somebody has changed meanwhile is not overwritten or taken away before this was said once."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        seen, stored = self.seen(), self.stored()
        if (given.get("phone") or given.get("forget")) and seen.get("phone") != stored["phone"]:
            self.add_error("phone", f"别人刚把电话改为 {stored['phone'] or EMPTY}；仍要改，请再保存一次")
            self.data = {**self.data, self.add_prefix(self.BASE): told({**seen, "phone": stored["phone"]})}
        return given

    def clean_phone(self) -> str:
        """The number as it will be kept."""
        try:
            return phone_of(self.cleaned_data["phone"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None


class ReasonForm(forms.Form):
    """Why somebody needs to see a phone."""

    reason = forms.CharField(
        label="查看理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="至少 4 个字，如“约谈签约事项”；您的姓名、时间和理由会记入操作日志",
    )  # fmt: skip


class ShareForm(forms.Form):
    """The unit that is to see the project, and whether it may report."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="共享给", empty_label="请选择单位")
    reports = forms.BooleanField(
        label="可以填报进展", required=False, help_text="不勾选只能查看；资料和节点不能修改，联系电话不能打开"
    )

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        units = units_to_choose(project.jurisdiction, today)
        self.fields["unit"].queryset = units.exclude(pk=project.unit_id)  # type: ignore[attr-defined]
