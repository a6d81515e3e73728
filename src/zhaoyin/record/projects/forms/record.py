"""The record of a project beside its course: codes and figures, investors, capital, team, channel, who may see it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from zhaoyin.kernel.industries import STANDARD, find_industries, industries, industry_of
from zhaoyin.record.investors.forms import InvestorForm

from ..models import AliasKind, ChannelKind, Measure, Part, Project, StakeKind
from ..rules import UNITS_OF_MEASURES
from .asking import AskingForm
from .fields import Day, Figure, Leaders, not_after

CURRENCIES = ("美元", "人民币", "欧元", "港元", "日元", "英镑", "韩元", "新加坡元", "新台币", "其他")


class IndustryInput(forms.TextInput):
    """A text field that offers every industry of the standard as one types."""

    template_name = "projects/industry.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the industries' words."""
        context: dict[str, Any] = super().get_context(name, value, {**(attrs or {}), "list": "industries"})
        return context | {"industries": [one.words for one in industries().values() if one.above]}


class EconomyForm(AskingForm):
    """Codes, industry and figures of a project."""

    code = forms.CharField(label="项目代码", max_length=40, required=False, help_text="投资项目在线审批监管平台的代码")
    industry = forms.CharField(
        label="行业", max_length=60, required=False, widget=IndustryInput,
        help_text=f"{STANDARD}：输入名称中的字或代码，从列表中选",
    )  # fmt: skip
    fixed_yi = Figure("固定资产投资", 15, 6)
    statistics_name = forms.CharField(
        label="统计名称", max_length=200, required=False, help_text="统计局纳统时用的名称"
    )
    statistics_yi = Figure("纳统总投资", 15, 6)
    contracted_wan_usd = Figure("合同外资", 14, 4)
    contracted_on = Day("合同外资日期", required=False)

    def clean_industry(self) -> str:
        """A code of the standard, typed as code, as words of the list, or as a name that only one industry has."""
        typed = self.cleaned_data["industry"].strip()
        if not typed:
            return ""
        if industry_of(typed.split()[0]) is not None:
            return str(typed.split()[0])
        found = [one for one in find_industries(typed) if one.name == typed] or find_industries(typed, 6)
        if len(found) == 1:
            return found[0].code
        offered = "、".join(one.words for one in found[:5])
        raise forms.ValidationError(
            f"“{typed}”对应多个行业：{offered}，请选一个" if found else f"没有名称含“{typed}”的行业，请换个词或输入代码"
        )


class YieldForm(AskingForm):
    """One measure of one year, promised and actual."""

    measure = forms.ChoiceField(
        label="指标", choices=[(one.value, f"{one.label}（{UNITS_OF_MEASURES[one]}）") for one in Measure]
    )
    year = forms.IntegerField(
        label="年度", required=False, min_value=2000, max_value=2099, help_text="留空表示协议约定的达产年"
    )
    promised = Figure("承诺", 15, 4)
    actual = Figure("实际", 15, 4)

    def figures(self) -> dict[str, str]:
        """Both figures are of the measure."""
        measure = self.data.get(self.add_prefix("measure"), "")
        return {"promised": measure, "actual": measure}

    def clean(self) -> dict[str, Any]:
        """Something is said, and nothing has come of a year that is not named."""
        given = super().clean()
        if given.get("year") is None and given.get("actual") is not None and "year" not in self.errors:
            self.add_error("year", "填写实际完成数须写明年度")
        return given


class CapitalForm(AskingForm):
    """Foreign capital that arrived, in its own currency."""

    on = Day("到账日")
    currency = forms.ChoiceField(label="币种", choices=[(one, one) for one in CURRENCIES])
    paid = forms.DecimalField(label="到账金额", max_digits=14, decimal_places=4, min_value=Decimal("0.0001"))
    rate = forms.DecimalField(
        label="折美元汇率", max_digits=12, decimal_places=6, min_value=Decimal("0.000001"), required=False,
        help_text="1 个原币折合多少美元，按到账日汇率；美元不用填",
    )  # fmt: skip
    note = forms.CharField(label="凭证", max_length=200, help_text="验资报告、银行进账单或外汇登记的编号")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial, self.today = {"on": today}, today

    def clean_on(self) -> date:
        """What has not arrived yet is not used."""
        return not_after(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        """A dollar is a dollar; of anything else the rate is needed."""
        given = super().clean()
        if given.get("currency") == "美元":
            given["rate"] = Decimal(1)
        elif given.get("rate") is None and "rate" not in self.errors:
            self.add_error("rate", "不是美元，请填写折美元汇率")
        return given


class StakeForm(InvestorForm):
    """An investor, found or made by name, and its part in the project."""

    part = forms.ChoiceField(label="角色", choices=StakeKind.choices, initial=StakeKind.MAIN)
    percent = forms.DecimalField(
        label="出资比例", max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )


class AliasForm(forms.Form):
    """Another name of the project."""

    name = forms.CharField(label="别名", max_length=200)
    kind = forms.ChoiceField(label="来源", choices=AliasKind.choices)


class TeamForm(forms.Form):
    """Who takes which part in the project, from when on."""

    who = Leaders()
    part = forms.ChoiceField(label="分工", choices=Part.choices)
    since = Day("起")

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"since": today}
        who: Any = self.fields["who"]
        who.label, who.required, who.here = "姓名", True, project.jurisdiction


class LeaveForm(forms.Form):
    """When somebody's part in the project ended."""

    until = Day("止")

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"until": today}


class OriginForm(forms.Form):
    """The channel that the project came by."""

    kind = forms.ChoiceField(label="渠道", choices=ChannelKind.choices)
    who = forms.CharField(label="引荐人或单位", max_length=100, required=False)
    on = Day("首次获知日", required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)


class RestrictForm(forms.Form):
    """Who alone may see the project, and why."""

    people = Leaders()
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        people: Any = self.fields["people"]
        people.label, people.required, people.here = "限定给", True, project.jurisdiction
        people.help_text = "多人用顿号隔开；联系领导和您自己总在其中"


class WhyForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(label="理由", max_length=200)


class LeadingForm(forms.Form):
    """A leading industry of the place."""

    name = forms.CharField(label="主导产业", max_length=60)
    codes = forms.CharField(
        label="行业代码", max_length=300, help_text=f"{STANDARD} 的门类、大类或中类代码，用顿号或空格隔开，如 38、397"
    )

    def clean_codes(self) -> list[str]:
        """The codes, each one of the standard."""
        codes = self.cleaned_data["codes"].replace("、", " ").replace("，", " ").replace(",", " ").split()
        unknown = [code for code in codes if industry_of(code) is None]
        if unknown or not codes:
            raise forms.ValidationError(f"{STANDARD} 没有行业代码“{'、'.join(unknown)}”")
        return codes
