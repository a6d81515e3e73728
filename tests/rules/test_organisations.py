"""The tree, posts and teams, on plain values."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.organisations.rules import (
    CITY_LEADERS,
    Composition,
    Member,
    Node,
    PostKind,
    Term,
    code_fault,
    composition,
    days_in_order,
    may_appoint,
    may_close,
    may_merge,
    may_move,
    overlap,
    post_kind_of,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "organisations.md"
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2020, 2, 9)))
LEADER = Member("领导甲", frozenset({PostKind.LEADER}))
SECTION = Member("科长甲", frozenset({PostKind.SECTION}))
AGENT = Member("专员甲", frozenset({PostKind.COMMISSIONER}))
WHOLE = Composition((LEADER,), (SECTION,), ("子基金",), ("产业园",), (AGENT,))


# ---- terms ----
@given(DAYS, DAYS, DAYS, DAYS)
def test_terms_overlap_where_a_day_lies_in_both(a: date | None, b: date | None, c: date | None, d: date | None) -> None:
    def inside(day: date, since: date | None, until: date | None) -> bool:
        return (since is None or since <= day) and (until is None or day <= until)

    one, other = Term(1, "局长", "head", a, b), Term(1, "局长", "head", c, d)
    ordered = all(start is None or end is None or start <= end for start, end in ((a, b), (c, d)))
    days = [date.fromordinal(date(2019, 12, 31).toordinal() + n) for n in range(42)]
    if ordered:
        assert overlap(one, other) == any(inside(day, a, b) and inside(day, c, d) for day in days)
    assert overlap(one, other) == overlap(other, one)


def test_the_same_post_is_held_once_at_a_time_and_different_posts_at_once() -> None:
    held = [Term(1, "局长", "head", date(2022, 1, 1))]
    refused = may_appoint(Term(1, "局长", "head", date(2022, 6, 1)), held)
    assert not refused
    assert "“局长”已在任（2022-01-01 至今）" in refused.reasons[0]
    assert may_appoint(Term(1, "局长", "head", None, date(2021, 12, 31)), held)
    assert may_appoint(Term(1, "局长", "leader", date(2022, 6, 1)), held), "of another kind"
    assert may_appoint(Term(2, "局长", "head", date(2022, 6, 1)), held), "in another unit"
    assert not may_appoint(Term(9, "书记", "head", date(2022, 6, 2), date(2022, 6, 1)), [])


@pytest.mark.parametrize(
    ("post", "kind"),
    [("市党政主要领导", "main"), ("市分管招商领导", "charge"), ("县领导", "leader"), ("招商专员", "commissioner"),
     ("产业科科长", "section"), ("主要负责人", "head"), ("四级调研员", "other")],
)  # fmt: skip
def test_the_words_of_a_post_say_its_kind_or_nothing(post: str, kind: str) -> None:
    assert post_kind_of(post) == kind


# ---- the tree ----
CITY = Node("某市", "0001", 1, is_jurisdiction=True)
BUREAU = Node("市发改局", "00010001", 1)
SECTION_UNIT = Node("投资科", "000100010001", 1)
PARK = Node("某园区", "00010002", 1)


def test_a_loop_is_refused_in_one_sentence() -> None:
    assert may_move(SECTION_UNIT, PARK)
    for above in (BUREAU, SECTION_UNIT):
        refused = may_move(BUREAU, above)
        assert not refused
        assert len(refused.reasons) == 1
        assert refused.reasons[0].endswith("。")


paths = st.lists(st.sampled_from(["0001", "0002"]), min_size=1, max_size=5).map("".join)


@given(paths, paths)
def test_no_move_that_is_allowed_makes_a_loop(node: str, above: str) -> None:
    allowed = bool(may_move(Node("甲", node, 1), Node("乙", above, 1)))
    assert allowed == (not above.startswith(node))


def test_units_stay_in_their_jurisdiction_and_jurisdictions_where_they_are() -> None:
    county = Node("某县", "00010003", 3, is_jurisdiction=True)
    assert "另一个行政区划" in may_move(BUREAU, county).reasons[0]
    assert "隶属关系" in may_move(county, CITY).reasons[0]
    assert "撤销" in may_move(BUREAU, Node("旧园区", "00010004", 1, closed_on=date(2020, 1, 1))).reasons[0]


def test_what_has_something_open_below_it_is_not_closed() -> None:
    assert may_close(BUREAU, date(2022, 1, 1), [])
    refused = may_close(CITY, date(2022, 1, 1), ["甲", "乙", "丙", "丁"])
    assert "“甲”、“乙”、“丙”等 4 个" in refused.reasons[0]
    founded = Node("新局", "00010005", 1, founded_on=date(2022, 3, 1))
    assert "早于成立日" in may_close(founded, date(2022, 2, 28), []).reasons[0]
    assert not may_close(Node("旧局", "00010006", 1, closed_on=date(2020, 1, 1)), date(2022, 1, 1), [])


def test_nothing_merges_into_itself_or_into_what_is_gone() -> None:
    day = date(2022, 1, 1)
    assert may_merge(BUREAU, PARK, day)
    assert not may_merge(BUREAU, BUREAU, day)
    assert not may_merge(BUREAU, CITY, day)
    assert not may_merge(BUREAU, Node("外县局", "00020001", 2), day)
    assert not may_merge(BUREAU, Node("旧局", "00010006", 1, closed_on=date(2020, 1, 1)), day)
    assert not may_merge(BUREAU, Node("新局", "00010007", 1, founded_on=date(2022, 1, 2)), day)


def test_codes_are_those_of_gb_t_2260() -> None:
    assert (code_fault(""), code_fault("331082")) == ("", "")
    for code in ("991082", "33108", "330001", "33108a"):
        assert "GB/T 2260" in code_fault(code)
    assert not days_in_order(date(2022, 1, 2), date(2022, 1, 1))


# ---- teams ----
people = st.lists(st.builds(
    Member, st.text("甲乙丙丁戊", min_size=1, max_size=3),
    st.frozensets(st.sampled_from([kind.value for kind in PostKind]), max_size=3),
), max_size=3).map(tuple)  # fmt: skip
names = st.lists(st.text("子母基金园", min_size=1, max_size=3), max_size=2).map(tuple)


@given(people, people, names, names, people)
def test_a_team_is_complete_exactly_as_the_plan_composes_it(
    leaders: tuple[Member, ...], sections: tuple[Member, ...], funds: tuple[str, ...], bases: tuple[str, ...],
    agents: tuple[Member, ...],
) -> None:  # fmt: skip
    verdict = composition(Composition(leaders, sections, funds, bases, agents))
    everybody = [one.name for one in (*leaders, *sections, *agents)]
    complete = (
        len(leaders) == 1 and bool(leaders[0].kinds & CITY_LEADERS)
        and len(sections) == 1 and PostKind.SECTION in sections[0].kinds
        and len(funds) == len(bases) == 1
        and len(agents) >= 1 and all(PostKind.COMMISSIONER in one.kinds for one in agents)
        and len(set(everybody)) == len(everybody)
    )  # fmt: skip
    assert verdict.ok is complete
    assert bool(verdict.reasons) is not complete
    assert all(reason.endswith("。") for reason in verdict.reasons)
    assert 0 <= int(verdict.figure or 0) <= int(verdict.required or 0) == 5


def test_the_reasons_name_what_is_missing_and_who_is_too_many() -> None:
    assert composition(WHOLE).ok
    two = composition(Composition((LEADER, Member("领导乙", LEADER.kinds)), (), ("子基金",), (), (Member("专员乙"),)))
    assert two.reasons == (
        "市领导应为 1 名，现为 2 名：领导甲、领导乙。", "缺中层干部：应有 1 名。", "缺基地：应有 1 个。",
        "专员乙当日没有招商专员的任职。",
    )  # fmt: skip
    assert (two.figure, two.required) == (1, 5)


def test_the_worked_example_of_the_page() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    known = {"领导甲": LEADER, "领导乙": Member("领导乙", frozenset({PostKind.MAIN})), "科长甲": SECTION, "专员甲": AGENT,
             "科员乙": Member("科员乙")}  # fmt: skip

    def members(cell: str) -> tuple[Member, ...]:
        return tuple(known[name] for name in cell.split("、")) if cell != "/" else ()

    checked = 0
    for leaders, sections, fund, base, agents, words in rows:
        if leaders in ("市领导", "---"):
            continue
        team = Composition(
            members(leaders), members(sections), (fund,) if fund != "/" else (), (base,) if base != "/" else (),
            members(agents),
        )  # fmt: skip
        verdict = composition(team)
        assert ("齐全" if verdict else "".join(verdict.reasons)) == words
        checked += 1
    assert checked >= 3
