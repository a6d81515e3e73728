"""Fields that several of the project's forms have."""

import re
from datetime import date
from typing import Any

from django import forms

from zhaoyin.ground.organisations.models import Official, Unit
from zhaoyin.ground.organisations.queries import officials_of

LEADERS_HELP = "多人用顿号隔开，第一位在前"


class Day(forms.DateField):
    """A day of the years that plans speak of, typed or picked."""

    EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, widget=widget, error_messages={"invalid": "应为日期，形如 2022-07-15"}, **options)

    def clean(self, value: Any) -> date | None:
        """The day; ValidationError for words that are none and for a slip in the year."""
        day: date | None = super().clean(value)
        if day is not None and not self.EARLIEST <= day <= self.LATEST:
            raise forms.ValidationError(f"应在 {self.EARLIEST} 至 {self.LATEST} 之间")
        return day


class Figure(forms.DecimalField):
    """Money in 亿元 or land in 亩; blank is unknown, never zero. At most 15 digits, all that SQLite keeps of a figure."""

    def __init__(self, label: str, digits: int, places: int) -> None:
        super().__init__(
            label=label, required=False, min_value=0, max_digits=digits, decimal_places=places,
            error_messages={"invalid": "应为数字，未知请留空"},
        )  # fmt: skip


class Leaders(forms.CharField):
    """Contact leaders by name, in order; cleaned to officials."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="联系领导", required=False, max_length=300, help_text=LEADERS_HELP, **options)
        self.here: Unit

    def clean(self, value: Any) -> list[Official]:
        """The officials named; ValidationError for a name that nobody here has."""
        names = [name for name in re.split(r"[、，,；;\s]+", super().clean(value)) if name]
        known = {one.name: one for one in officials_of(self.here).filter(name__in=names)} if names else {}
        unknown = [name for name in names if name not in known]
        if unknown:
            raise forms.ValidationError(f"没有名为“{'、'.join(unknown)}”的干部，请核对姓名")
        return [known[name] for name in names]


def not_after(on: date, today: date) -> date:
    """`on`, or ValidationError where it lies ahead of `today`."""
    if on > today:
        raise forms.ValidationError(f"不能晚于 {today}")
    return on
