"""What the forms of this room take in. Every form offers only what lies in the person's scope."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from .models import LeadingGroup, Official, Seat, TeamSeat, Unit, UnitKind
from .queries import editable, officials_of, units_to_choose
from .rules import PostKind

NEW_KINDS = [(value, label) for value, label in UnitKind.choices if value != UnitKind.JURISDICTION]
POST_KINDS = [("", "按职务名称判断"), *((kind.value, kind.label) for kind in PostKind)]


class Day(forms.DateField):
    """A day from 1900 on, typed or picked; blank is unknown, or still to come."""

    EARLIEST, LATEST = date(1900, 3, 1), date(2099, 12, 31)

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, error_messages={"invalid": "应为日期，形如 2022-07-15"}, **options)

    def clean(self, value: Any) -> date | None:
        """The day; ValidationError for words that are none and for a slip in the year."""
        day: date | None = super().clean(value)
        if day is not None and not self.EARLIEST <= day <= self.LATEST:
            raise forms.ValidationError(f"应在 {self.EARLIEST} 至 {self.LATEST} 之间")
        return day


class Nodes(forms.ModelChoiceField):
    """A unit or jurisdiction, with its full name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name; a jurisdiction's with its code."""
        return f"{obj.name}（{obj.code}）" if obj.code else str(obj.name)


class People(forms.CharField):
    """Officials of a place by name, several with 、 between them; cleaned to officials."""

    here: Unit

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label=label, required=False, max_length=600, help_text="多人用顿号隔开", **options)

    def clean(self, value: Any) -> list[Official]:
        """The officials named; ValidationError for a name that nobody here has."""
        names = [name for name in re.split(r"[、，,；;\s]+", super().clean(value)) if name]
        known = {one.name: one for one in officials_of(self.here).filter(name__in=names)}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise forms.ValidationError(f"没有名为“{'、'.join(unknown)}”的干部，请先登记")
        return [known[name] for name in names]


class Versioned(forms.Form):
    """A form that changes something: `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def given(self) -> dict[str, Any]:
        """What the person filled in."""
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class UnitForm(Versioned):
    """What is known of a node. `place`: it is a jurisdiction."""

    name = forms.CharField(label="名称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=30, required=False, help_text="表格里用")
    kind = forms.ChoiceField(label="类别", choices=NEW_KINDS)
    code = forms.CharField(label="区划代码", max_length=12, required=False, help_text="GB/T 2260 六位，如 331082")
    reports = forms.BooleanField(label="按月报进展（未报时列入通报的未报名单）", required=False)
    founded_on = Day("成立日", required=False, help_text="不详请留空；此前的月份不列入未报名单")

    def __init__(self, *args: Any, place: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        for key in ("kind", "reports") if place else ("code",):
            del self.fields[key]


class NewUnitForm(UnitForm):
    """A new node below one that the person keeps."""

    above = Nodes(Unit.objects.none(), label="上级", empty_label=None)
    field_order = ["above", "kind", "name", "short_name", "reports", "founded_on"]

    def __init__(
        self, *args: Any, among: QuerySet[Unit], place: bool = False, top: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, place=place, **options)
        self.fields["above"].queryset = among  # type: ignore[attr-defined]
        if top:
            self.fields["above"].required = False
            self.fields["above"].empty_label = "没有上级（最上一层）"  # type: ignore[attr-defined]
        if "reports" in self.fields:
            self.fields["reports"].initial = True


class MoveForm(Versioned):
    """Where a unit goes: below another node of its jurisdiction."""

    above = Nodes(Unit.objects.none(), label="新的上级", empty_label=None)

    def __init__(self, *args: Any, unit: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Unit.objects.filter(
            Q(pk=unit.jurisdiction_id) | Q(jurisdiction=unit.jurisdiction_id, closed_on__isnull=True)
        )
        self.fields["above"].queryset = here.order_by("path")  # type: ignore[attr-defined]


class CloseForm(Versioned):
    """The day from which a node is no longer there, and what took over."""

    on = Day("撤销日", help_text="从这一天起不再列入；此前月份的数据不变")
    into = Nodes(Unit.objects.none(), label="并入", required=False, empty_label="撤销，不并入其他单位")

    def __init__(self, *args: Any, by: Any, unit: Unit, **options: Any) -> None:
        """`by` chooses among what they keep themselves."""
        super().__init__(*args, **options)
        alike = Q(kind=UnitKind.JURISDICTION)
        if unit.kind != UnitKind.JURISDICTION:
            alike = Q(jurisdiction=unit.jurisdiction_id) & ~alike
        others = editable(by).filter(alike)
        others = others.filter(closed_on__isnull=True).exclude(pk=unit.pk).order_by("path")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class OfficialForm(Versioned):
    """An official by name."""

    name = forms.CharField(label="姓名", max_length=40, help_text="同名的加注区别")


class PlaceForm(Versioned):
    """A form for something in one jurisdiction, which is asked for only where the person keeps several."""

    jurisdiction = Nodes(Unit.objects.none(), label="行政区划", empty_label=None)

    def __init__(
        self, *args: Any, places: QuerySet[Unit] | None = None, here: Unit | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if places is None:
            del self.fields["jurisdiction"]
        else:
            self.fields["jurisdiction"].queryset = places  # type: ignore[attr-defined]
            self.fields["jurisdiction"].initial = here


class NewOfficialForm(PlaceForm):
    """A new official, in a jurisdiction."""

    name = forms.CharField(label="姓名", max_length=40, help_text="同名的加注区别")


class PostForm(forms.Form):
    """An appointment of an official."""

    unit = Nodes(Unit.objects.none(), label="单位", empty_label=None)
    post = forms.CharField(label="职务", max_length=60)
    kind = forms.ChoiceField(
        label="任职类别", choices=POST_KINDS, required=False, help_text="考勤和专班按类别认人，不按职务名称"
    )
    since = Day("任职日", required=False, help_text="不详请留空")
    until = Day("离任日", required=False, help_text="在任的什么日期都不填；离任日当天仍算在任")

    def __init__(self, *args: Any, official: Official, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Q(pk=official.jurisdiction_id) | Q(jurisdiction=official.jurisdiction_id)
        self.fields["unit"].queryset = Unit.objects.filter(here).order_by("path")  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of something."""

    on = Day("离任日", help_text="当天仍算在任")

    def __init__(self, *args: Any, label: str = "离任日", help_text: str = "当天仍算在任", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label, self.fields["on"].help_text = label, help_text


class GroupForm(PlaceForm):
    """An investment group."""

    number = forms.IntegerField(label="组号", min_value=1, max_value=9999)
    name = forms.CharField(label="名称", max_length=60)


class LeadForm(forms.Form):
    """Who leads an investment group from a day on."""

    official = forms.ModelChoiceField(Official.objects.none(), label="牵头领导", required=False, empty_label="暂缺")
    since = Day("接任日", required=False, help_text="上一任牵头到前一天为止")

    def __init__(self, *args: Any, here: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["official"].queryset = officials_of(here)  # type: ignore[attr-defined]


class NewTeamForm(PlaceForm):
    """A new special team; who sits in it follows on its form."""

    name = forms.CharField(label="名称", max_length=60)
    fund = forms.CharField(label="基金", max_length=60, required=False)
    base = forms.CharField(label="基地", max_length=60, required=False)


class TeamForm(Versioned):
    """A special team and who sits in it. `initial` holds officials for the seats that only one can have."""

    name = forms.CharField(label="名称", max_length=60)
    leader = forms.ModelChoiceField(Official.objects.none(), label="市领导", required=False, empty_label="暂缺")
    section = forms.ModelChoiceField(Official.objects.none(), label="中层干部", required=False, empty_label="暂缺")
    fund = forms.CharField(label="基金", max_length=60, required=False)
    base = forms.CharField(label="基地", max_length=60, required=False)
    commissioner = People("招商专员")
    since = Day("人员变动自", required=False, help_text="换下的人任到前一天；人员没有变动时不用管")

    def __init__(self, *args: Any, here: Unit, **options: Any) -> None:
        super().__init__(*args, **options)
        for key in (TeamSeat.LEADER, TeamSeat.SECTION):
            self.fields[key].queryset = officials_of(here)  # type: ignore[attr-defined]
        self.fields["commissioner"].here = here  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What `actions.edit_team` takes: fields, who sits where, from which day, the version."""
        data = self.cleaned_data
        people = {
            seat: data[seat] if isinstance(data[seat], list) else [data[seat]] if data[seat] else []
            for seat in TeamSeat.values
        }
        fields = {key: data[key] for key in ("name", "fund", "base")}
        return {"fields": fields, "people": people, "since": data["since"], "version": data["version"]}


class NewLeadingForm(PlaceForm):
    """A new leading group; its office and seats follow."""

    name = forms.CharField(label="名称", max_length=100)


class LeadingForm(Versioned):
    """A leading group and where its office is."""

    name = forms.CharField(label="名称", max_length=100)
    office = Nodes(Unit.objects.none(), label="办公室设在", required=False, empty_label="未定")

    def __init__(self, *args: Any, group: LeadingGroup, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        units = units_to_choose(group.jurisdiction, today, group.office)
        self.fields["office"].queryset = units  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """Somebody's seat in a leading group or its office."""

    official = forms.ModelChoiceField(Official.objects.none(), label="干部", empty_label=None)
    seat = forms.ChoiceField(label="席位", choices=Seat.choices, initial=Seat.MEMBER)
    in_office = forms.BooleanField(label="在办公室任职", required=False)
    since = Day("任职日", required=False, help_text="不详请留空")

    def __init__(self, *args: Any, group: LeadingGroup, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["official"].queryset = officials_of(group.jurisdiction)  # type: ignore[attr-defined]


class WorkbookForm(forms.Form):
    """The file of an import."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择一个 .xlsx 文件。", "empty": "文件是空的。"}
    )
