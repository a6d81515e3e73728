"""The bulletin: what is tallied, that it always adds up, and that a bulletin which does not is refused."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.period import Period
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.targets.rules import Record
from zhaoyin.report.supervision.bulletin import Bulletin, Figure, Paragraph, Table, as_json
from zhaoyin.report.supervision.compose import LISTED, compose
from zhaoyin.report.supervision.document import close_up, to_docx
from zhaoyin.report.supervision.facts import MonthFacts, ProblemFacts, ProjectFacts, Promise, UnitFacts
from zhaoyin.report.supervision.rules import MEASURES, DoesNotFoot, Ledger, Outcome, checks, require_footing

JUNE = Period(2022, "month", 6)
PAGE = Path(__file__).parents[2] / "docs" / "rules" / "bulletin.md"


def project(number: int, unit: int | None = 1, leaders: tuple[int, ...] = (), **more: Any) -> ProjectFacts:
    facts: dict[str, Any] = {"stage": Stage.NEGOTIATION, "active": True, **more}
    return ProjectFacts(number, f"项目{number}", unit, leaders, **facts)


def month(*projects: ProjectFacts, **more: Any) -> MonthFacts:
    facts: dict[str, Any] = {
        "place": "某某市",
        "office": "某某市领导小组办公室",
        "demo": True,
        "period": JUNE,
        "as_of": date(2022, 6, 30),
        "targets": (),
        "projects": {row.id: row for row in projects},
        "units": (
            UnitFacts(1, "东镇", True, True),
            UnitFacts(2, "西镇", True, False),
            UnitFacts(3, "南镇", True, True),
        ),
        "leaders": {1: "领导甲", 2: "领导乙"},
        "events": {"signed": (), "landed": (), "construction": ()},
        "reached": (),
        "due": (),
        "problems": (),
        "moved": frozenset(),
        **more,
    }
    return MonthFacts(**facts)


def signing(number: int, on: date = date(2022, 6, 9), yi: str | None = "2", *, dated: bool = True) -> Record:
    return Record("project", number, f"项目{number}", on, None if yi is None else Decimal(yi), number, dated=dated)


def table(bulletin: Bulletin, key: str) -> Table:
    return next(found for found in bulletin.tables() if found.key == key)


def texts(bulletin: Bulletin) -> str:
    return "".join(str(paragraph) for _, paragraph in bulletin.paragraphs())


def outcome(bulletin: Bulletin, title: str) -> Outcome:
    return next(check.outcome for check in checks(bulletin) if check.title == title)


def test_a_project_of_two_leaders_counts_once_in_the_total() -> None:
    facts = month(project(1, leaders=(1, 2)), project(2, leaders=(1,)), project(3))
    leaders = table(compose(facts), "leaders")
    stock = [(row[0], str(row[1])) for row in leaders.rows]
    assert stock == [("领导甲", "2"), ("领导乙", "1"), ("未明确联系领导", "1")]
    assert leaders.repeated is not None
    assert str(leaders.repeated[1]) == "1"
    assert leaders.total is not None
    assert str(leaders.total[1]) == "3"


def test_a_project_without_a_unit_has_a_row_of_its_own() -> None:
    units = table(compose(month(project(1), project(2, unit=None))), "units")
    assert [row[0] for row in units.rows] == ["东镇", "未明确主责单位"]


def test_units_stand_in_their_own_order_and_not_by_merit() -> None:
    units = table(compose(month(project(1, unit=1), *(project(n, unit=3) for n in range(2, 9)))), "units")
    assert [row[0] for row in units.rows] == ["东镇", "南镇"]


def test_an_unknown_investment_is_counted_as_a_signing_and_never_as_zero() -> None:
    signed = {"signed": (signing(1, yi=None),), "landed": (), "construction": ()}
    bulletin = compose(month(project(1), events=signed))
    row = table(bulletin, "units").rows[0]
    assert (str(row[3]), str(row[4])) == ("1", "/")
    assert "其中 1 个项目总投资不详" in texts(bulletin)
    require_footing(bulletin)


def test_a_signing_of_unknown_day_is_named_and_not_counted() -> None:
    signed = {"signed": (signing(1, dated=False),), "landed": (), "construction": ()}
    bulletin = compose(month(project(1), events=signed))
    assert "本年累计签约 0 个" in texts(bulletin)
    assert "另有 1 个项目入库时已签约、签约日期不详" in texts(bulletin)


def test_zero_reports_and_missing_reports_are_two_lists() -> None:
    facts = month(project(1, unit=1), project(3, unit=3), moved=frozenset({1}))
    bulletin = compose(facts)
    assert bulletin.zero == ("南镇",)
    assert bulletin.silent == ("西镇",)
    assert outcome(bulletin, "未报单位") is Outcome.WARN


def test_late_is_past_its_date_and_a_date_striven_for_is_not_late() -> None:
    due = (
        Promise(1, 1, "签约", date(2022, 6, 29), "planned"),
        Promise(2, 1, "落地", date(2022, 6, 30), "deadline"),
        Promise(3, 1, "开工", date(2022, 5, 31), "strive"),
        Promise(4, 1, "投产", date(2022, 7, 31), "planned"),
    )
    facts = month(project(1), due=due)
    text = texts(compose(facts))
    assert "逾期未完成的节点 1 个；已过争取日期、仍未完成的 1 个，不列逾期。7 月份到期的节点 1 个。" in text
    assert [item.what for item in Ledger(facts).items("late")] == ["签约"]
    assert table(compose(facts), "late").rows[0][3] == "1"


def test_a_milestone_reached_late_is_said_to_be() -> None:
    reached = (
        Promise(1, 1, "签约", date(2022, 6, 1), "planned", date(2022, 6, 9)),
        Promise(2, 1, "落地", None, "undated", date(2022, 6, 9)),
    )
    bulletin = compose(month(project(1), reached=reached))
    assert [row[4] for row in table(bulletin, "reached").rows] == ["迟 8 天", "按期"]
    assert "按期完成 1 个、逾期后完成 1 个" in texts(bulletin)


def test_problems_carry_an_owner_and_a_day() -> None:
    problem = ProblemFacts(1, 1, "土地", "指标没有落实", "", date(2022, 5, 1), date(2022, 6, 20))
    rows = table(compose(month(project(1), problems=(problem,))), "problems").rows
    assert [str(cell) for cell in rows[0]] == ["土地", "项目1", "指标没有落实", "None", "06-20（已过 10 天）"]


def test_a_month_that_is_not_over_says_so() -> None:
    bulletin = compose(month(project(1), as_of=date(2022, 6, 15)))
    assert "尚未结束，本通报数据截至 6 月 15 日" in texts(bulletin)
    assert outcome(bulletin, "报告期") is Outcome.WARN


def test_a_long_list_is_cut_and_says_so_while_every_row_is_counted() -> None:
    due = tuple(Promise(n, 1, "签约", date(2022, 5, 1), "planned") for n in range(LISTED + 5))
    late = table(compose(month(project(1), due=due)), "late")
    assert len(late.rows) == LISTED
    assert late.notes == (f"共 {LISTED + 5} 条，列前 {LISTED} 条，其余 5 条见项目库",)
    require_footing(compose(month(project(1), due=due)))


def tampered(bulletin: Bulletin, key: str, column: int, value: int) -> Bulletin:
    """The bulletin with another number in the total row of a table."""
    wrong = table(bulletin, key)
    assert wrong.total is not None
    cell = wrong.total[column]
    assert isinstance(cell, Figure)
    total = (*wrong.total[:column], replace(cell, value=value), *wrong.total[column + 1 :])
    sections = tuple(
        replace(
            section, blocks=tuple(replace(wrong, total=total) if block is wrong else block for block in section.blocks)
        )
        for section in bulletin.sections
    )
    return replace(bulletin, sections=sections)


def test_a_wrong_total_is_refused_by_name() -> None:
    bulletin = tampered(compose(month(project(1), project(2))), "units", 1, 3)
    with pytest.raises(DoesNotFoot, match=r"“在库”各行之和为 2，合计写 3") as refused:
        to_docx(bulletin)
    assert "一、" not in str(refused.value)
    assert "写 3" in str(refused.value)
    assert [check.title for check in checks(bulletin) if check.outcome is Outcome.FAIL] == ["文表一致", "合计勾稽"]


def test_a_text_that_differs_from_its_table_is_refused() -> None:
    bulletin = compose(month(project(1)))
    (first, *rest) = bulletin.sections
    wrong = Paragraph(("在库 ", Figure("stock/all", 9), " 个。"))
    bulletin = replace(
        bulletin, sections=(replace(first, blocks=(*first.blocks[:-2], wrong, *first.blocks[-1:])), *rest)
    )
    with pytest.raises(DoesNotFoot, match="同一个数前后不一"):
        require_footing(bulletin)


def test_a_unit_in_both_lists_is_refused() -> None:
    bulletin = replace(compose(month(project(1))), zero=("西镇",), silent=("西镇",))
    with pytest.raises(DoesNotFoot, match="西镇同时列入零报告和未报告名单"):
        require_footing(bulletin)


@pytest.mark.parametrize(
    ("number", "found"),
    [(None, Outcome.WARN), ("某投促办〔2022〕6号", Outcome.PASS), ("某投促办[2022]6号", Outcome.FAIL),
     ("某投促办〔2022〕06号", Outcome.FAIL)],
)  # fmt: skip
def test_the_document_number(number: str | None, found: Outcome) -> None:
    assert outcome(compose(month(), number), "发文字号") is found


def test_a_phone_number_is_pointed_out() -> None:
    problem = ProblemFacts(1, 1, "其他", "联系 13800000000", "", date(2022, 5, 1), None)
    assert outcome(compose(month(project(1), problems=(problem,))), "个人信息") is Outcome.WARN
    assert outcome(compose(month(project(1))), "个人信息") is Outcome.PASS


def test_nothing_is_ranked_and_every_column_is_defined() -> None:
    bulletin = compose(month(project(1)))
    assert outcome(bulletin, "排名") is Outcome.PASS
    assert outcome(bulletin, "附注口径") is Outcome.PASS
    assert outcome(replace(bulletin, definitions=bulletin.definitions[1:]), "附注口径") is Outcome.FAIL


def test_an_empty_month_is_a_bulletin_too() -> None:
    bulletin = compose(month())
    assert "没有登记在册" in texts(bulletin)
    assert to_docx(bulletin).startswith(b"PK")


def test_paper_closes_up_what_a_page_sets_apart() -> None:
    assert close_up("截至 6 月 30 日，Alpha Beta 签约 ") == "截至6月30日，Alpha Beta签约"


units = st.sampled_from([None, 1, 2, 3])
leaders = st.sampled_from([(), (1,), (2,), (1, 2)])
days = st.dates(date(2022, 1, 1), date(2022, 6, 30))
sizes = st.none() | st.decimals(0, 100, places=4)


@st.composite
def months(draw: st.DrawFn) -> MonthFacts:
    count = draw(st.integers(0, 8))
    rows = [
        project(n, draw(units), draw(leaders), stage=draw(st.sampled_from(list(Stage))), active=draw(st.booleans()))
        for n in range(1, count + 1)
    ]
    numbers = st.integers(1, count) if count else st.nothing()
    events = {
        source: tuple(
            Record("project", n, f"项目{n}", draw(days), draw(sizes), n, dated=draw(st.booleans()))
            for n in (draw(st.sets(numbers)) if count else ())
        )
        for source in ("signed", "landed", "construction")
    }
    ends = st.dates(date(2022, 5, 1), date(2022, 7, 31))
    open_ = [
        Promise(n, draw(numbers), "节点", draw(ends), draw(st.sampled_from(["planned", "strive"])))
        for n in range(draw(st.integers(0, 6)) if count else 0)
    ]
    reached = [
        Promise(n, draw(numbers), "节点", draw(ends), "planned", JUNE.start + timedelta(days=n))
        for n in range(draw(st.integers(0, 6)) if count else 0)
    ]
    moved = frozenset(draw(st.sets(numbers)) if count else ())
    return month(*rows, events=events, due=tuple(open_), reached=tuple(reached), moved=moved)


@given(months())
def test_every_bulletin_adds_up(facts: MonthFacts) -> None:
    bulletin = compose(facts)
    require_footing(bulletin)
    for kind in ("unit", "leader"):
        sums, repeated = Ledger(facts).tally(kind)
        for item in MEASURES:
            parts = sum(Decimal(row[item.key] or 0) for row in sums.values())
            assert parts - Decimal(repeated[item.key] or 0) == Decimal(Ledger(facts).total(item.key) or 0)
    assert not set(bulletin.zero) & set(bulletin.silent)


@given(months())
def test_every_figure_opens_as_many_records_as_it_says(facts: MonthFacts) -> None:
    for _, figure in compose(facts).figures():
        if "repeated" in figure.key or figure.key.startswith("target/"):
            continue
        items = Ledger(facts).items(*figure.key.split("/"))
        if "_yi" in figure.key:
            known = [item.amount for item in items if item.amount is not None]
            assert figure.value is None or figure.value == sum(known, Decimal(0))
        else:
            assert figure.value == len(items)


@given(months())
def test_the_same_month_gives_the_same_value(facts: MonthFacts) -> None:
    assert compose(facts) == compose(facts)
    assert as_json(compose(facts)) == as_json(compose(facts))


def test_the_same_month_gives_the_same_bytes() -> None:
    facts = month(project(1), project(2, leaders=(1, 2)))
    assert to_docx(compose(facts)) == to_docx(compose(facts))


def test_the_worked_example_of_the_page() -> None:
    """The projects of docs/rules/bulletin.md give its two tables."""
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (项目.) \| (\S*) \| (\S*) \| (\S*) \| (\S*) \|$", text, re.MULTILINE)
    assert len(rows) == 4
    names = {"东镇": 1, "西镇": 2, "领导甲": 1, "领导乙": 2}
    projects = [
        project(n, names.get(unit), tuple(names[name] for name in who.split("、") if name in names))._replace(name=name)
        for n, (name, unit, who, _, _) in enumerate(rows, start=1)
    ]
    signed = tuple(
        signing(n, date.fromisoformat(on), None if yi == "/" else yi)
        for n, (_, _, _, on, yi) in enumerate(rows, start=1)
        if on != "/"
    )
    bulletin = compose(month(*projects, events={"signed": signed, "landed": (), "construction": ()}))
    for key in ("units", "leaders"):
        found = table(bulletin, key)
        for row in (*found.rows, *([found.repeated] if found.repeated else []), found.total or ()):
            printed = f"| {row[0]} | {row[1]} | {row[3]} | {row[4]} |"
            assert printed in text, printed
