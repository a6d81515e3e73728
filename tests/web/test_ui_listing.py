"""Lists from query strings: what is asked, what is shown, where every link leads."""

from itertools import pairwise

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.ui.listing import Declared, Filter, window

LIST = Declared(
    filters=(
        Filter("stage", "阶段", (("lead", "信息"), ("signed", "签约")), many=True),
        Filter("light", "灯", (("red", "逾期"),)),
        Filter("least", "总投资不少于", kind="number", unit="亿元"),
    ),
    sorts={"seq": ("seq",), "due": ("-urgent", "due", "pk")},
    order="seq",
    keep=("view",),
)


def test_conditions_become_chips_that_lead_to_the_list_without_them() -> None:
    listing = LIST.read(QueryDict("stage=lead&stage=signed&least=1&view=board&sort=-due"))
    assert listing.chosen == {"stage": ("lead", "signed"), "least": "1"}
    assert [(chip.label, chip.word) for chip in listing.chips] == [
        ("阶段", "信息"),
        ("阶段", "签约"),
        ("总投资不少于", "1 亿元"),
    ]
    assert listing.chips[0].url == "?view=board&stage=signed&least=1&sort=-due"
    assert listing.clear_url == "?view=board&sort=-due"


def test_what_the_list_does_not_know_is_left_out_and_said() -> None:
    listing = LIST.read(QueryDict("stage=moon&sort=password&size=7&page=-3"))
    assert listing.chosen == {}
    assert listing.ordering == ("seq",)
    assert (listing.size, listing.number) == (20, 1)
    assert listing.remarks == (
        "筛选条件“阶段”没有“moon”这一项，未采用。",
        "不能按这一列排序，已按默认顺序排列。",
    )


def test_choices_that_only_the_database_knows() -> None:
    units = Declared(filters=(Filter("unit", "主责单位"),))
    asked = QueryDict("unit=7")
    assert units.read(asked, choices={"unit": [("7", "市科技局")]}).chips[0].word == "市科技局"
    assert units.read(asked, choices={"unit": []}).chosen == {}


def test_a_head_turns_its_column_round() -> None:
    first = LIST.read(QueryDict(""))
    assert first.sorted_by("seq") == "ascending"
    assert first.sort_url("seq") == "?sort=-seq"
    assert first.sort_url("due") == "?sort=due"
    turned = LIST.read(QueryDict("sort=-due&page=2"))
    assert turned.sorted_by("due") == "descending"
    assert turned.ordering == ("urgent", "-due", "-pk")
    assert turned.sort_url("due") == "?sort=due"
    assert turned.sort_url("seq") == "?"
    with pytest.raises(LookupError):
        first.sort_url("password")


def test_a_page_says_which_rows_it_shows() -> None:
    listing = LIST.read(QueryDict("page=2"))
    page = listing.page_of(list(range(23)))
    assert (page.rows, page.first, page.last, page.total, page.pages) == ([20, 21, 22], 21, 23, 23, 2)
    assert listing.page_url(2) == "?page=2"
    assert listing.page_url(1) == "?"
    nothing = listing.page_of([])
    assert (nothing.first, nothing.last, nothing.number, nothing.pages) == (0, 0, 1, 1)


@given(st.integers(1, 60), st.integers(1, 60))
def test_the_window_has_the_ends_and_the_neighbours(number: int, pages: int) -> None:
    number = min(number, pages)
    shown = window(number, pages)
    real = [one for one in shown if one is not None]
    assert real == sorted(set(real))
    assert {1, pages, number} <= set(real)
    for before, after in pairwise(shown):
        assert before is not None or after is not None
    for before, after in pairwise(real):
        # A gap stands for two pages at least: one page would take no more room than its dots.
        assert (after - before == 1) or (after - before > 2)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=12))
def test_no_query_string_breaks_a_list(stage: str, least: str, page: str) -> None:
    query = QueryDict(mutable=True)
    query.update({"stage": stage, "least": least, "page": page, "size": page, "sort": stage})
    listing = LIST.read(query)
    assert listing.page_of(list(range(45))).rows
    assert LIST.read(QueryDict(listing.url()[1:])).values == listing.values
