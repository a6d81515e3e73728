"""The industries of GB/T 4754-2017, names of investors, and figures that are asked about."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.codes import uscc_check_character
from zhaoyin.kernel.industries import find_industries, industries, industry_of, lies_in
from zhaoyin.record.investors.rules import read_names, uscc_of
from zhaoyin.record.projects.rules import (
    DOUBTFUL,
    Outcome,
    doubt_of,
    doubt_of_code,
    doubt_of_day,
    doubt_of_parts,
    in_wan_usd,
)

GOOD = "91350100M000100Y43"


def test_the_standard_is_whole_down_to_its_third_level() -> None:
    codes = industries()
    assert [sum(len(code) == size and code.isdigit() == (size > 1) for code in codes) for size in (1, 2, 3)] == [
        20,
        97,
        473,
    ]
    assert all(one.above == code[:2] for code, one in codes.items() if len(code) == 3)
    assert [code for code in codes if len(code) == 2] == [f"{number:02}" for number in range(1, 98)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("384", "C384 电池制造"), ("c3841", "C384 电池制造"), ("C38", "C38 电气机械和器材制造业"), (" c ", "C 制造业")],
)
def test_a_code_is_found_as_people_write_it(typed: str, words: str) -> None:
    found = industry_of(typed)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize("typed", ["", "D384", "38412", "999", "电池", "Z", "C-1", "３８４５６"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert industry_of(typed) is None


def test_a_search_finds_by_name_and_by_code_the_finer_first() -> None:
    assert find_industries("电池")[0].code == "384"
    assert [one.code for one in find_industries("C38")][:2] == ["381", "382"]
    assert find_industries(" ") == []
    assert lies_in("3841", "C")
    assert not lies_in("384", "39")


@given(st.text(max_size=12))
def test_a_search_never_falls_over(word: str) -> None:
    assert all(industry_of(one.code) == one for one in find_industries(word))


@pytest.mark.parametrize(
    ("text", "names", "more"),
    [
        ("意向企业有甲公司、乙公司等", ("甲公司", "乙公司"), True),
        ("甲（乙、丙合资）公司", ("甲（乙、丙合资）公司",), False),
        ("意向企业：甲公司，乙公司", ("甲公司", "乙公司"), False),
        ("甲公司等3家企业", ("甲公司",), True),
        ("/", (), False),
        ("甲公司、甲公司", ("甲公司",), False),
    ],
)
def test_names_are_parted_as_plans_print_them(text: str, names: tuple[str, ...], more: bool) -> None:
    named = read_names(text)
    assert (named.names, named.open) == (names, more)


def test_a_code_is_kept_in_capitals_and_a_wrong_one_is_told() -> None:
    assert uscc_of(" 9135 0100 m000100y43 ") == GOOD
    assert uscc_of("") == ""
    for wrong, words in ((GOOD[:-1], "17 位"), (GOOD[:-1] + "4", "校验位"), ("I" + GOOD[1:], "字符")):
        with pytest.raises(ValueError, match=words):
            uscc_of(wrong)
    first = "00" + GOOD[2:17]
    with pytest.raises(ValueError, match="登记管理部门"):
        uscc_of(first + uscc_check_character(first))


@pytest.mark.parametrize("figure", DOUBTFUL)
def test_only_what_is_larger_than_any_project_is_asked_about(figure: str) -> None:
    most = DOUBTFUL[figure][1]
    assert doubt_of(figure, most) == ""
    assert "勾选" in doubt_of(figure, most + 1)
    assert doubt_of(figure, None) == ""


def test_sixty_five_thousand_yi_is_asked_about() -> None:
    assert "万元" in doubt_of("investment_yi", Decimal(65000))


@given(st.dates(), st.dates())
def test_only_days_before_the_project_are_asked_about(on: date, known_on: date) -> None:
    assert bool(doubt_of_day(on, known_on)) is (on < known_on)
    assert doubt_of_day(None, known_on) == ""


def test_a_part_is_not_larger_than_the_whole_without_a_question() -> None:
    assert "大于总投资 5 亿元" in doubt_of_parts(Decimal(6), Decimal(5))
    assert doubt_of_parts(Decimal(5), Decimal(5)) == doubt_of_parts(Decimal(6), None) == ""


def test_a_code_of_another_form_is_asked_about() -> None:
    assert doubt_of_code("2207-331082-04-01-123456") == doubt_of_code("") == ""
    assert "是这个项目的代码吗" in doubt_of_code("2207-331082")


def test_intended_investors_are_told_from_others() -> None:
    assert read_names("意向企业有甲公司、乙公司等").intended
    assert not read_names("甲公司").intended
    assert not read_names("意向").intended or read_names("意向").names


@pytest.mark.parametrize(
    ("promised", "actual", "words"),
    [("10", "12", "达到承诺"), ("10", "6", "差 40%"), ("10", None, "未填实际"), (None, "3", "没有承诺"), ("0", "3", "没有承诺"),
     ("10000", "9999.99", "差 不到 0.1%")],
)  # fmt: skip
def test_what_came_of_a_promise(promised: str | None, actual: str | None, words: str) -> None:
    outcome = Outcome((promised and Decimal(promised)) or None, (actual and Decimal(actual)) or None)  # type: ignore[arg-type]
    assert outcome.words() == words


def test_energy_is_better_when_less() -> None:
    assert Outcome(Decimal(10), Decimal(8)).words(less_is_better=True) == "在承诺以内"
    assert Outcome(Decimal(10), Decimal(12)).words(less_is_better=True) == "超出 20%"


def test_capital_is_worked_out_at_its_stored_rate() -> None:
    assert in_wan_usd(Decimal(1000), Decimal("0.140125")) == Decimal("140.1250")
