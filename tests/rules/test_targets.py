"""Targets: what counts, on which day, and how it stands against the year gone by."""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.comparators import Comparator
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.targets.rules import (
    METRICS,
    Progress,
    Record,
    StageEntry,
    TargetFacts,
    elapsed_days,
    first_entries,
    gap_words,
    percent,
    progress,
)

START, END = date(2022, 1, 1), date(2022, 12, 31)
PAGE = Path(__file__).parents[2] / "docs" / "rules" / "targets.md"


def target(metric: str = "projects_signed", required: str = "25", unit: str = "个", **more: object) -> TargetFacts:
    return TargetFacts("目标", metric, more.pop("comparator", Comparator.GE), Decimal(required), unit, 2022, **more)  # type: ignore[arg-type]


def signed(number: int, on: date, yi: str | None = "2", **more: object) -> Record:
    return Record("project", number, f"项目{number}", on, None if yi is None else Decimal(yi), number, **more)  # type: ignore[arg-type]


def held(facts: TargetFacts, records: list[Record], as_of: date) -> Progress:
    return progress(facts, {METRICS[facts.metric].source: records} if facts.metric in METRICS else {}, as_of)


def test_the_floors_nest_and_unknown_is_named() -> None:
    records = [signed(1, date(2022, 2, 1), "12"), signed(2, date(2022, 3, 1), "1"), signed(3, date(2022, 3, 2), "0.9"),
               signed(4, date(2022, 3, 3), None)]  # fmt: skip
    over_one = held(target(floor_yi=Decimal(1)), records, date(2022, 6, 30))
    over_ten = held(target(floor_yi=Decimal(10), required="5"), records, date(2022, 6, 30))
    assert [record.id for record in over_one.records] == [1, 2]
    assert [record.id for record in over_ten.records] == [1]
    assert [item.record.id for item in over_one.left_out] == [4]
    assert "另有 1 个项目总投资不详，未计入：项目4" in over_one.verdict.reasons


def test_the_day_itself_counts_and_the_next_does_not() -> None:
    records = [signed(1, date(2022, 6, 30)), signed(2, date(2022, 7, 1))]
    assert held(target(), records, date(2022, 6, 30)).figure == 1


def test_a_metric_nobody_knows_has_no_figure() -> None:
    result = held(target("", unit="分"), [], date(2022, 6, 30))
    assert result.figure is None
    assert result.gap is None
    assert result.verdict.ok is None
    assert "须人工填报" in gap_words(result)


def test_a_unit_that_does_not_fit_has_no_figure() -> None:
    result = held(target("foreign_capital_used", unit="亿元"), [], date(2022, 6, 30))
    assert result.figure is None
    assert "不一致" in result.verdict.reasons[0]


def test_money_is_added_in_the_unit_asked_for() -> None:
    rows = [Record("capital", n, "甲", date(2022, 3, n), Decimal("1500.5")) for n in (1, 2)]
    assert held(target("foreign_capital_used", "6700", "万美元"), rows, END).figure == Decimal(3001)
    assert held(target("foreign_capital_used", "0.67", "亿美元"), rows, END).figure == Decimal("0.3001")


@pytest.mark.parametrize(
    ("as_of", "gone"),
    [(date(2021, 12, 31), 0), (START, 1), (date(2022, 7, 15), 196), (END, 365), (date(2023, 5, 1), 365)],
)
def test_days_gone_by(as_of: date, gone: int) -> None:
    assert elapsed_days(2022, as_of) == (gone, 365)
    assert elapsed_days(2024, date(2024, 12, 31)) == (366, 366)


@pytest.mark.parametrize(
    ("comparator", "figure", "as_of", "ok"),
    [
        (Comparator.GE, 2, date(2022, 6, 1), True),
        (Comparator.GE, 1, date(2022, 6, 1), None),
        (Comparator.GE, 1, END, False),
        (Comparator.GT, 2, END, False),
        (Comparator.LE, 2, date(2022, 6, 1), None),
        (Comparator.LE, 3, date(2022, 6, 1), False),
        (Comparator.LE, 2, END, True),
        (Comparator.EQ, 2, date(2022, 6, 1), None),
        (Comparator.EQ, 2, END, True),
    ],
)
def test_what_is_settled_before_the_year_ends(
    comparator: Comparator, figure: int, as_of: date, ok: bool | None
) -> None:
    records = [signed(n, date(2022, 1, n)) for n in range(1, figure + 1)]
    assert held(target(required="2", comparator=comparator), records, as_of).verdict.ok is ok


def test_where_a_project_stood_when_it_came_is_no_event() -> None:
    entries = [
        StageEntry(1, "landed", date(2022, 1, 10), initial=True),  # signed at some day before
        StageEntry(1, "signed", date(2022, 3, 1)),  # its second phase
        StageEntry(2, "negotiation", date(2022, 1, 10), initial=True),
        StageEntry(2, "signed", date(2022, 3, 1)),
        StageEntry(3, "signed", date(2021, 11, 1)),  # signed last year, again this year
        StageEntry(3, "signed", date(2022, 3, 1)),
    ]
    assert first_entries(entries, Stage.SIGNED, START, END) == {
        1: (date(2022, 1, 10), False),
        2: (date(2022, 3, 1), True),
    }


days = st.dates(date(2021, 6, 1), date(2023, 3, 1))
histories = st.lists(
    st.builds(StageEntry, st.integers(1, 8), st.sampled_from([s.value for s in Stage]), days, st.booleans()),
    max_size=30,
)
amounts = st.none() | st.decimals(0, 60, places=2)


def counted(history: list[StageEntry], sizes: list[Decimal | None], floor: str | None, as_of: date) -> set[int]:
    found = first_entries(history, Stage.SIGNED, START, min(END, as_of))
    records = [
        Record("project", number, str(number), on, sizes[number - 1], number, dated=certain)
        for number, (on, certain) in found.items()
    ]
    result = held(target(floor_yi=None if floor is None else Decimal(floor)), records, as_of)
    assert result.figure == len({record.id for record in result.records})  # each project once
    return {record.id for record in result.records}


@given(histories, st.lists(amounts, min_size=8, max_size=8), days)
def test_floors_nest(history: list[StageEntry], sizes: list[Decimal | None], as_of: date) -> None:
    over_ten, over_one, all_of_them = (counted(history, sizes, floor, as_of) for floor in ("10", "1", None))
    assert over_ten <= over_one <= all_of_them


@given(histories, st.lists(amounts, min_size=8, max_size=8), days, st.integers(0, 400))
def test_a_later_day_never_counts_less(
    history: list[StageEntry], sizes: list[Decimal | None], as_of: date, later: int
) -> None:
    assert counted(history, sizes, "1", as_of) <= counted(history, sizes, "1", as_of + timedelta(days=later))


@given(histories)
def test_a_project_signed_before_the_year_never_counts(history: list[StageEntry]) -> None:
    before = {entry.project_id for entry in history if entry.stage == "signed" and entry.on < START}
    assert not before & first_entries(history, Stage.SIGNED, START, END).keys()


@given(st.integers(0, 40), days)
def test_the_gap_is_exact(figure: int, as_of: date) -> None:
    result = held(target(), [signed(n, START) for n in range(figure)], as_of)
    assert result.gap == Fraction(int(result.figure or 0)) - Fraction(25 * result.elapsed_days, 365)


def test_the_worked_example_of_the_page() -> None:
    """The table and the sentences of docs/rules/targets.md, computed."""
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (项目.) \| (\S+) \| (\S+) \|", text, re.MULTILINE)
    assert len(rows) == 5
    records = [
        signed(n, date.fromisoformat(on), None if yi == "/" else yi) for n, (_, on, yi) in enumerate(rows, start=1)
    ]
    for floor, required in (("1", "25"), ("10", "5")):
        result = held(target(floor_yi=Decimal(floor), required=required), records, date(2022, 7, 15))
        line = f"{floor} 亿元以上：{result.figure} 个，时间已过 {percent(result.elapsed)}，{gap_words(result)}"
        assert line in text
