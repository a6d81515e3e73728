"""Every value is printed where it says it is: `text_at` of its places gives the words it was read from."""

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhaoyin.documents.reading.interpret import interpret
from zhaoyin.documents.reading.model import Places
from zhaoyin.documents.reading.source import SourceDocument
from zhaoyin.kernel.numerals import number, share

from .plan_cases import CASES
from .printed import document, table

_MARKS = re.compile(r"[\s。;、,:()（）①②③④\d.]+")


def bare(text: str) -> str:
    """The words without blanks, marks and item numbers, in one width."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def printed(source: SourceDocument, places: Places, field: str) -> str:
    words = [source.text_at(place) for place in places[field]]
    assert all(word and word == word.strip() for word in words), (field, words)
    return "".join(words)


def check(source: SourceDocument, places: Places, values: dict[str, object]) -> int:
    """Hold each value against its places; how many were held."""
    held = 0
    for field, value in values.items():
        if value is None or value in ("", ()):
            continue
        assert places.get(field), f"{field}: {value!r} has no place"
        words = printed(source, places, field)
        if isinstance(value, Decimal):
            assert any(c.isdigit() or c in "一二两三四五六七八九十百亿" for c in words)
        elif isinstance(value, int):
            assert str(value) in unicodedata.normalize("NFKC", words)
        elif isinstance(value, tuple):
            assert bare("".join(value)) == bare(words)
        else:
            assert bare(str(value)) == bare(words)
        held += 1
    return held


@pytest.mark.parametrize("name", CASES)
def test_every_field_is_printed_where_it_says(name: str) -> None:
    source = CASES[name]
    reading = interpret(source)
    held = 0
    for project in reading.projects:
        fields = ("seq", "name", "investor", "content", "goals", "progress", "leaders", "unit")
        values = {field: getattr(project, field) for field in fields}
        if "seq" not in project.places:
            del values["seq"]  # a list that prints no numbers is numbered in its order
        held += check(source, project.places, values)
        for field in ("investment_yi", "land_mu"):
            if getattr(project, field) is not None and "相加" not in "".join(
                d.message for d in project.doubts if d.field == field
            ):
                held += check(source, project.places, {field: getattr(project, field)})
        for milestone in project.milestones:
            held += check(source, milestone.places, {"when": milestone.when or None})
            if milestone.places.get("text"):
                held += check(source, milestone.places, {"text": milestone.text})
        for phase in project.phases:
            held += check(source, phase.places, {"investment_yi": phase.investment_yi, "land_mu": phase.land_mu})
        for doubt in project.doubts:
            assert doubt.place is None or source.text_at(doubt.place).strip()
    for target in reading.targets:
        held += check(source, target.places, {"value": target.value, "floor_yi": target.floor_yi})
    for duty in reading.duties:
        held += check(source, duty.places, {"measure": duty.measure, "who": duty.who, "quote": duty.quote})
        value = duty.places["value"][0]
        assert (
            share(source.text_at(value)) == duty.value
            or number(source.text_at(value).rstrip("次批天日个家场人条项件户名")) == duty.value
        )
    for section in reading.sections:
        held += check(source, section.places, {"title": section.title, "declared": section.declared})
    for doubt in reading.doubts:
        assert doubt.place is None or source.text_at(doubt.place).strip()
    held += check(source, reading.places, {"title": reading.title, "place": reading.place})
    assert held >= 6


cells = st.text("甲乙丙项目公司局区县年产万吨亿元亩月底前签约开工，；。、1234567890./ \n（）", max_size=24)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(cells, min_size=6, max_size=6), min_size=1, max_size=5))
def test_places_hold_whatever_the_cells_say(rows: list[list[str]]) -> None:
    head = ["序号", "项目名称", "总投资（亿元）", "投资方", "年度目标", "责任单位"]
    source = document("某县2024年重点项目清单", table([head, *rows]))
    for project in interpret(source).projects:
        for field in ("name", "investor", "goals", "unit"):
            value = getattr(project, field)
            if value:
                assert bare(value) == bare(printed(source, project.places, field))
        for milestone in project.milestones:
            assert bare(milestone.text) == bare(printed(source, milestone.places, "text"))
