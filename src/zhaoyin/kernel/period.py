"""Months, quarters, halves and years as closed spans of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_WRITTEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|-?Q([1-4])|-?H([12]))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`kind` is month, quarter, half or year; `index` counts from 1 within `year` (always 1 for a year)."""

    year: int
    kind: str
    index: int = 1

    def __post_init__(self) -> None:
        if self.kind not in _MONTHS or not 1 <= self.index <= 12 // _MONTHS[self.kind] or not 1 <= self.year <= 9999:
            raise ValueError(f"没有这样的时段：{self.year} {self.kind} {self.index}")

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, (self.index - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """The last day, which still belongs to the period."""
        month = self.index * _MONTHS[self.kind]
        return date(self.year, month, monthrange(self.year, month)[1])

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day <= self.end

    def next(self) -> "Period":
        """The period of the same kind that follows."""
        return Period.of(self.end + timedelta(days=1), self.kind)

    def previous(self) -> "Period":
        """The period of the same kind before this one."""
        return Period.of(self.start - timedelta(days=1), self.kind)

    @classmethod
    def of(cls, day: date, kind: str) -> "Period":
        """The period of `kind` that holds `day`."""
        return cls(day.year, kind, (day.month - 1) // _MONTHS[kind] + 1)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """ "2022-06" a month, "2022-Q2" a quarter, "2022-H1" a half, "2022" a year. ValueError for anything else."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"时段写法应如 2022-06、2022-Q2、2022-H1 或 2022，不能是“{text[:20]}”")
        year, month, quarter, half = match.groups()
        if month:
            return cls(int(year), "month", int(month))
        if quarter:
            return cls(int(year), "quarter", int(quarter))
        return cls(int(year), "half", int(half)) if half else cls(int(year), "year")

    def __str__(self) -> str:
        tail = {"month": f"-{self.index:02}", "quarter": f"-Q{self.index}", "half": f"-H{self.index}", "year": ""}
        return f"{self.year:04}{tail[self.kind]}"

    @property
    def label(self) -> str:
        """As a Chinese heading: 2022年6月, 2022年第二季度, 2022年上半年, 2022年."""
        tail = {
            "month": f"{self.index}月",
            "quarter": f"第{'一二三四'[(self.index - 1) % 4]}季度",
            "half": f"{'上下'[(self.index - 1) % 2]}半年",
            "year": "",
        }
        return f"{self.year}年{tail[self.kind]}"


# How often something is owed, and its words; "" where the plan does not say.
RECURRENCE = {
    "week": "每周", "month": "每月", "quarter": "每季度", "half": "每半年", "year": "全年", "": "未写周期",
}  # fmt: skip
