"""Editing a reading: what is typed either becomes a value that can be committed, or is refused in one sentence."""

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoyin.documents.reading import model
from zhaoyin.plan.plans import review, stored
from zhaoyin.plan.plans.review.fields import FIELDS


def reading() -> stored.Json:
    """A small reading with something of everything."""
    project = model.ReadProject(
        1, "盯引抓签约", "甲材料产业园项目", Decimal(1000), Decimal(10000), "甲控股集团", "建设基地", ("框架协议已签订",),
        "4 月一期项目签约", ("领导甲", "领导乙"), "甲开发区",
        phases=(model.ReadPhase("一期", Decimal(100)), model.ReadPhase("二期")),
        milestones=(model.ReadMilestone("4 月", None, None, "undated", "一期项目签约", "signed", "一期"),),
        extra={"备注. 其他": "无"},
    )  # fmt: skip
    target = model.ReadTarget(
        "签约亿元以上产业项目", "projects_signed", "ge", Decimal(25), "个", Decimal(1), "全市", ""
    )
    duty = model.ReadDuty(
        ("市领导",), "参与招商活动的时间", "share", "month", "ge", Decimal("0.5"), None, True, True, ""
    )
    read = model.PlanReading("2024年行动方案", 2024, "甲市", [target], [duty], [], [project, copy.copy(project)])
    return json.loads(json.dumps(stored.dump_reading(read)))


PATHS = [
    *FIELDS["reading"],
    *(f"targets.0.{name}" for name in FIELDS["targets"]),
    *(f"duties.0.{name}" for name in FIELDS["duties"]),
    *(f"projects.1.{name}" for name in FIELDS["projects"]),
    *(f"projects.0.phases.1.{name}" for name in FIELDS["phases"]),
    *(f"projects.0.milestones.0.{name}" for name in FIELDS["milestones"]),
    "projects.0.extra.备注. 其他",
]
WORDS = st.one_of(
    st.text(max_size=12), st.text("0123456789.,/-亿万元亩公顷年月日底前 、一二三期个签约", max_size=12),
    st.sampled_from(["planned", "未定期", "签约", "争取 5 月底前", "2024-05-01", "原则上", "逐个", "三分之一", "一期"]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("projects.0.investment_yi", "65000万元", "6.5"),
        ("projects.0.investment_yi", "1.2 亿", "1.2"),
        ("projects.0.investment_yi", "１，２００", "1200"),
        ("projects.0.investment_yi", "3000 万", "0.3"),
        ("projects.0.investment_yi", "/", None),
        ("projects.0.land_mu", "8 公顷", "120"),
        ("projects.0.land_mu", "", None),
        ("projects.0.leaders", "领导丙，领导丁、领导丙", ["领导丙", "领导丁"]),
        ("projects.0.progress", "一\n\n 二 ", ["一", "二"]),
        ("projects.0.name", "乙\n项目\x00", "乙 项目"),
        ("projects.0.seq", "12", 12),
        ("projects.0.extra.备注. 其他", "有", "有"),
        ("targets.0.value", "30", "30"),
        ("targets.0.comparator", "超过", "gt"),
        ("targets.0.scope", "", ""),
        ("duties.0.value", "三分之一", "1/3"),
        ("duties.0.value", "4", "4"),
        ("duties.0.soft", "硬性", False),
        ("projects.0.phases.1.land_mu", "1200", "1200"),
        ("projects.0.milestones.0.end", "2024年4月30日", "2024-04-30"),
        ("projects.0.milestones.0.stage", "框架协议", "framework"),
        ("projects.0.milestones.0.stage", "", None),
        ("title", "新标题", "新标题"),
    ],
)
def test_what_is_typed_becomes_a_value(path: str, typed: str, value: Any) -> None:
    item, _, name = review.item_at(review.apply_edit(reading(), path, typed), path)
    assert review.value_at(item, name) == value


@pytest.mark.parametrize(
    ("path", "typed", "says"),
    [
        ("projects.0.investment_yi", "很多", "12.5"),
        ("projects.0.investment_yi", "100万美元", "人民币"),
        ("projects.0.investment_yi", "1234567890123", "太大"),
        ("projects.0.investment_yi", "0.00000001", "小数"),
        ("projects.0.land_mu", "3 件", "用地"),
        ("projects.0.name", " ", "不能为空"),
        ("projects.0.name", "长" * 201, "200"),
        ("projects.0.complete", "true", "不能修改"),
        ("projects.7.name", "甲", "刷新"),
        ("projects.-1.name", "甲", "刷新"),
        ("projects.0.milestones.0.phase", "三期", "三期"),
        ("projects.0.phases.1.name", "一期", "已有"),
        ("projects.0.milestones.0.end", "2024-02-30", "2024-02-30"),
        ("targets.0.value", "", "不能为空"),
        ("duties.0.value", "1/0", "应为数"),
        ("doubts.0.message", "无", "不能修改"),
        ("places", "{}", "不能修改"),
        ("", "", "不能修改"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_a_sentence(path: str, typed: str, says: str) -> None:
    with pytest.raises(review.Unfit, match=says):
        review.apply_edit(reading(), path, typed)


def test_time_words_set_the_window_and_dates_the_kind() -> None:
    path = "projects.0.milestones.0"
    read = review.apply_edit(reading(), f"{path}.when", "4-6 月")
    milestone = read["projects"][0]["milestones"][0]
    assert (milestone["start"], milestone["end"], milestone["kind"]) == ("2024-04-01", "2024-06-30", "planned")
    read = review.apply_edit(read, f"{path}.kind", "未定期")
    assert read["projects"][0]["milestones"][0]["end"] is None
    read = review.apply_edit(read, f"{path}.end", "2024-05-31")
    assert read["projects"][0]["milestones"][0]["kind"] == "planned"
    with pytest.raises(review.Unfit, match="晚于"):
        review.apply_edit(read, f"{path}.start", "2024-06-01")


def test_the_printed_value_stays_beside_until_it_is_back() -> None:
    read = review.apply_edit(reading(), "projects.0.investment_yi", "270")
    read = review.apply_edit(read, "projects.0.investment_yi", "300")
    assert read["projects"][0]["printed"] == {"investment_yi": "1000"}
    assert "printed" not in review.apply_edit(read, "projects.0.investment_yi", "1000")["projects"][0]


def test_a_renamed_phase_keeps_its_milestones_and_a_removed_one_frees_them() -> None:
    read = review.apply_edit(reading(), "projects.0.phases.0.name", "首期")
    assert read["projects"][0]["milestones"][0]["phase"] == "首期"
    read = review.remove_row(read, "projects.0.phases.0")
    assert read["projects"][0]["milestones"][0]["phase"] is None
    assert stored.load_reading(read)


def test_a_row_is_added_removed_and_restored() -> None:
    read = review.add_row(reading(), "projects", {"name": "丙项目", "investment_yi": "2亿"})
    assert stored.load_reading(read).projects[2].investment_yi == 2
    gone = review.remove_row(read, "projects.0")
    assert [one["name"] for one in gone["projects"]] == ["甲材料产业园项目", "丙项目"]
    assert review.restore_row(gone, 0)["projects"] == read["projects"]
    more = review.add_row(read, "projects.2.milestones", {"text": "投产", "when": "年底前"})
    assert stored.load_reading(more).projects[2].milestones[0].kind == "deadline"
    with pytest.raises(review.Unfit, match="不能为空"):
        review.add_row(read, "targets", {"label": "签约"})


@pytest.mark.parametrize("path", ["", "projects", "title", "__class__", "projects.0", "projects.0.name", "projects.²"])
def test_only_rows_of_lists_are_added_and_removed(path: str) -> None:
    if path != "projects.0":
        with pytest.raises(review.Unfit):
            review.remove_row(reading(), path)
    if path != "projects":
        with pytest.raises(review.Unfit):
            review.add_row(reading(), path, {})


def test_the_old_reading_stays_as_it_was() -> None:
    read = reading()
    review.remove_row(review.apply_edit(read, "projects.0.milestones.0.when", "5月"), "projects.0.phases.0")
    assert read == reading()


@settings(max_examples=400)
@given(st.sampled_from(PATHS), WORDS)
def test_every_edit_can_be_committed_or_is_refused(path: str, typed: str) -> None:
    try:
        edited = review.apply_edit(reading(), path, typed)
    except review.Unfit:
        return
    read = stored.load_reading(json.loads(json.dumps(edited, ensure_ascii=False)))
    milestone = read.projects[0].milestones[0]
    assert not (milestone.kind == "undated" and milestone.end)
    assert not (milestone.start and milestone.end and milestone.start > milestone.end)
    item, kind, name = review.item_at(edited, path)
    value = review.value_at(item, name)
    again = review.apply_edit(edited, path, review.typed(kind, name, value))
    assert again == edited, "what the cell shows for editing must mean the same when it is saved unchanged"
