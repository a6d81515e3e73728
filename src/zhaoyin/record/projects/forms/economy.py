"""The figures of a project: codes, industry, money, what was promised and what came; the leading industries of a place."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from zhaoyin.kernel.industries import STANDARD, find_industries, industries, industry_of, words_of_code
from zhaoyin.kernel.numerals import plain

from ..models import Economy, Measure, Project, Yield
from ..rules import AGAIN, UNITS_OF_MEASURES, doubt_of_code, doubt_of_parts
from .asking import AskingForm
from .fields import Day, Figure, not_after
from .merging import MergingForm

CURRENCIES = ("美元", "人民币", "欧元", "港元", "日元", "英镑", "韩元", "新加坡元", "新台币", "其他")


class IndustryInput(forms.TextInput):
    """A text field that offers every industry of the standard as one types."""

    template_name = "projects/industry.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the industries' words."""
        context: dict[str, Any] = super().get_context(name, value, {**(attrs or {}), "list": "industries"})
        return context | {"industries": [one.words for one in industries().values() if one.above]}


class EconomyForm(AskingForm, MergingForm):
    """Codes, industry and figures of a project; `namesake` is another project that the person sees, of the code typed."""

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

    APART = ("sure",)
    DAYS = ("contracted_on",)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, project: Project, today: date,
        namesake: Callable[[str], Project | None],
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.project, self.not_before, self.today, self.namesake = project, project.known_on, today, namesake
        self.row = Economy.objects.filter(project=project).first() or Economy(project=project)
        self.before = {name: getattr(self.row, name) for name in self.facts_named()}
        self.initial = {name: _initial(value) for name, value in self.before.items()}
        self.initial["industry"] = words_of_code(self.row.industry)
        self.prepare()

    def facts(self) -> dict[str, Any]:
        """The values for `actions.set_economy`."""
        given = {name: self.cleaned_data[name] for name in self.facts_named()}
        return given | {"industry": given["industry"].split()[0] if given["industry"] else ""}

    def questions(self, given: dict[str, Any]) -> dict[str, str]:
        """Besides the units: whether a part may exceed the whole, and whether the code is this project's."""
        asked = super().questions(given)
        asked["fixed_yi"] = asked["fixed_yi"] or doubt_of_parts(given.get("fixed_yi"), self.project.investment_yi)
        code = given.get("code", "")
        other = self.namesake(code) if code else None
        asked["code"] = f"“{other}”已用这个项目代码，是同一个项目吗？{AGAIN}" if other else doubt_of_code(code)
        return asked

    def clean_contracted_on(self) -> date | None:
        """What is not signed yet is no contract."""
        on: date | None = self.cleaned_data["contracted_on"]
        return on and not_after(on, self.today)

    def clean_code(self) -> str:
        """The code without blanks."""
        return "".join(str(self.cleaned_data["code"]).split())

    def clean_industry(self) -> str:
        """An industry in the list's words, typed as code, as those words, or as a name that only one industry has."""
        typed = self.cleaned_data["industry"].strip()
        if not typed:
            return ""
        if words := words_of_code(typed.split()[0]):
            return words
        found = [one for one in find_industries(typed) if one.name == typed] or find_industries(typed, 6)
        if len(found) == 1:
            return found[0].words
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
        if given.get("promised") is None and given.get("actual") is None and not self.errors:
            self.add_error("promised", "承诺和实际至少填一个")
        return given


class OutcomeForm(AskingForm, MergingForm):
    """What was promised and what came, of a measure and a year that are there; both emptied takes the line off."""

    promised = Figure("承诺", 15, 4)
    actual = Figure("实际", 15, 4)

    APART = ("sure",)

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: Yield) -> None:
        super().__init__(data)
        self.row, self.before = row, {key: getattr(row, key) for key in ("promised", "actual")}
        self.initial = {key: _initial(value) for key, value in self.before.items()}
        if row.year is None:
            del self.fields["actual"]
        self.prepare()

    def figures(self) -> dict[str, str]:
        """Both figures are of the row's measure."""
        return dict.fromkeys(self.facts_named(), self.row.measure)


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

    DAYS = ("on",)

    def __init__(self, *args: Any, project: Project, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial, self.today, self.not_before = {"on": today}, today, project.known_on

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


def _initial(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value
