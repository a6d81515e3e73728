"""What is stored of a document comes back as it was."""

import json
from dataclasses import MISSING, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhaoyin.documents.reading import model, source
from zhaoyin.plan.plans import stored

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9)
unknown_or_decimal = st.none() | decimals


def whole(kind: Any, **given: Any) -> st.SearchStrategy[Any]:
    """Values of a dataclass with every field drawn, those with a default too."""
    for field in fields(kind):
        if field.name not in given and (field.default is not MISSING or field.default_factory is not MISSING):
            given[field.name] = ...
    return st.builds(kind, **given)


def few(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2)


doubts = few(whole(model.Doubt))
phases = few(whole(model.ReadPhase, investment_yi=unknown_or_decimal, land_mu=unknown_or_decimal)).map(tuple)
projects = whole(
    model.ReadProject, investment_yi=unknown_or_decimal, land_mu=unknown_or_decimal, phases=phases, doubts=doubts,
    milestones=few(whole(model.ReadMilestone)).map(tuple),
)  # fmt: skip
readings = whole(
    model.PlanReading,
    targets=few(whole(model.ReadTarget, value=decimals, floor_yi=unknown_or_decimal)),
    duties=few(whole(model.ReadDuty, value=decimals | st.fractions())),
    sections=few(whole(model.ReadSection)), projects=few(projects), doubts=doubts,
)  # fmt: skip
sources = whole(source.SourceDocument, blocks=few(whole(source.Paragraph) | whole(source.Table)).map(tuple))


@settings(max_examples=30)
@given(readings)
def test_a_reading_comes_back_whole(reading: model.PlanReading) -> None:
    through_text = json.loads(json.dumps(stored.dump_reading(reading)))
    assert stored.load_reading(through_text) == reading


@settings(max_examples=30)
@given(sources)
def test_a_source_comes_back_whole(document: source.SourceDocument) -> None:
    through_text = json.loads(json.dumps(stored.dump_source(document)))
    assert stored.load_source(through_text) == document


def test_shares_stay_shares_and_numbers_stay_plain() -> None:
    assert stored.dump_number(Fraction(1, 3)) == "1/3"
    assert stored.dump_number(Decimal("1E+3")) == "1000"


def test_what_the_review_keeps_beside_is_left_alone() -> None:
    kept = stored.dump_reading(model.PlanReading("方案", 2024, None)) | {"removed": [{"name": "甲"}]}
    assert stored.load_reading(kept) == model.PlanReading("方案", 2024, None)
