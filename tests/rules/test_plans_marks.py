"""The source beside the reading: nothing of the text is lost, and every mark is found again."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.documents.reading import model, source
from zhaoyin.plan.plans import review, stored

TEXT = "1 甲项目 1000 10000 甲集团 框架协议已签订"
spans = st.tuples(st.integers(-2, 30), st.integers(-2, 30))


def test_the_narrowest_field_comes_last_and_a_doubt_ends_in_a_badge() -> None:
    marks = [review.Mark(0, 10, "projects.0.content"), review.Mark(6, 10, "projects.0.investment_yi")]
    made = review.pieces(TEXT, marks, [review.Point(4, False, 6, 10)])
    assert [piece.text for piece in made] == ["1 甲项目 ", "1000", TEXT[10:]]
    assert made[1].paths == ("projects.0.content", "projects.0.investment_yi")
    assert [point.number for point in made[1].badges] == [4]
    assert made[2].paths == ()


@given(st.text(max_size=30), st.lists(spans, max_size=6), st.lists(spans, max_size=4))
def test_pieces_make_up_the_text_and_every_mark(
    text: str, marked: list[tuple[int, int]], doubted: list[tuple[int, int]]
) -> None:
    marks = [review.Mark(start, end, f"projects.{n}.name") for n, (start, end) in enumerate(marked)]
    points = [review.Point(n, False, start, end) for n, (start, end) in enumerate(doubted)]
    made = review.pieces(text, marks, points)
    assert "".join(piece.text for piece in made) == text
    for mark in marks:
        read = "".join(piece.text for piece in made if mark.path in piece.paths)
        assert read == (text[mark.start : mark.end] if 0 <= mark.start < mark.end <= len(text) else "")
    for point in points:
        if text and 0 <= point.start <= point.end <= len(text):
            assert sum(point in piece.badges for piece in made) == 1


def document() -> stored.Json:
    prose = [source.Paragraph("总体要求" * 3, line) for line in range(1, 7)]
    rows = tuple((source.Cell(f"项目{row}", 0), source.Cell("合计", 1, 2)) for row in range(8))
    return stored.dump_source(source.SourceDocument("方案.docx", "docx", (*prose, source.Table(rows, 7))))


def test_long_stretches_that_hold_nothing_are_folded() -> None:
    found = review.stretches(document(), {(5, None), (6, 0), (6, 1)})
    assert [(one.table, one.folded, one.first, one.last) for one in found] == [
        (False, True, 1, 5), (False, False, 6, 6), (True, False, 1, 2), (True, True, 3, 8),
    ]  # fmt: skip
    assert (found[2].columns, found[3].at) == (3, 8)
    assert not any(one.folded for one in review.stretches(document(), set(), unfolded=True))


def test_rows_in_sight_stay_one_table() -> None:
    read = {(6, row) for row in (1, 2, 3, 5, 6, 7)}  # the heading, and a row between, hold nothing
    rows = [one for one in review.stretches(document(), read) if one.table]
    assert [(one.first, one.last, len(one.units)) for one in rows] == [(1, 8, 8)]


def test_doubts_are_numbered_as_they_are_printed() -> None:
    def doubt(name: str, *place: int) -> model.Doubt:
        return model.Doubt(name, "", "", source.Place(*place) if place else None)

    first = model.ReadProject(1, None, "甲", doubts=[doubt("late", 5, 9, 10), doubt("name")])
    first.places = {"name": (source.Place(2, 0, 3),)}
    second = model.ReadProject(2, None, "乙", doubts=[doubt("early", 1, 0, 1)], investment_yi=Decimal(1))
    reading = model.PlanReading(
        "", None, None, projects=[first, second], doubts=[doubt("nowhere"), doubt("top", 0, 0, 1)]
    )
    assert [(row, one.field) for row, one in review.ordered_doubts(reading)] == [
        (None, "top"), (1, "early"), (0, "name"), (0, "late"), (None, "nowhere"),
    ]  # fmt: skip
