"""What an investor's form takes in."""

from typing import Any

from django import forms

from .models import Investor, InvestorKind
from .queries import facts_of
from .rules import read_names, uscc_of


class InvestorForm(forms.Form):
    """An investor: name and kind are enough, the rest as far as it is known."""

    name = forms.CharField(label="名称", max_length=200, help_text="按营业执照上的全称")
    kind = forms.ChoiceField(label="类别", choices=InvestorKind.choices, initial=InvestorKind.COMPANY)
    uscc = forms.CharField(label="统一社会信用代码", max_length=40, required=False, help_text="18 位；境外投资者没有")
    country = forms.CharField(
        label="国家（地区）", max_length=30, required=False, help_text="境外投资者必填，如 德国、香港"
    )
    group = forms.CharField(label="所属集团", max_length=200, required=False)
    members = forms.CharField(
        label="联合体成员", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="用顿号隔开；末尾写“等”表示还有未列名的企业",
    )  # fmt: skip
    note = forms.CharField(label="备注", max_length=300, required=False)

    def __init__(self, *args: Any, investor: Investor | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if investor is not None:
            known = facts_of(investor)
            self.initial = known | {"members": f"{known['members']}等" if investor.open else known["members"]}

    def clean_uscc(self) -> str:
        """The code as it is stored; what is wrong with it in one sentence."""
        try:
            return uscc_of(self.cleaned_data["uscc"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean(self) -> dict[str, Any]:
        """Kind, code, country and members go together."""
        given: dict[str, Any] = super().clean() or {}
        kind = given.get("kind")
        if kind == InvestorKind.FOREIGN and not given.get("country"):
            self.add_error("country", "境外投资者请写明国家或地区")
        if kind in (InvestorKind.FOREIGN, InvestorKind.CONSORTIUM) and given.get("uscc"):
            self.add_error("uscc", f"{InvestorKind(kind).label}没有统一社会信用代码，请留空")
        if given.get("members") and kind != InvestorKind.CONSORTIUM:
            self.add_error("members", "只有联合体有成员：请把类别改为联合体，或清空这一栏")
        return given

    def given(self) -> tuple[dict[str, Any], list[str]]:
        """The facts for the actions (the group by name), and the members' names."""
        keys = ("name", "kind", "uscc", "country", "group", "note")
        facts = {key: self.cleaned_data[key] for key in keys}
        named = read_names(self.cleaned_data["members"])
        return facts | {"open": named.open}, list(named.names)
