"""A line's seal covers all of it, and a walk along a chain names whatever was done to it."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.audit.rules import sides
from zhaoyin.ground.journal.rules import ALGORITHMS, Keyed, Kind, Line, Linked, Mark, Walk, canonical, settled
from zhaoyin.ground.journal.rules.lines import canonical_head, canonical_line

KEYED = Keyed(b"key", "sha256")
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
lines = st.builds(
    Line, st.integers(1, 2**62), st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.none() | st.integers(1, 2**62), words, words, words, st.sampled_from(["done", "refused"]),
    st.none() | st.integers(1, 2**62), st.dictionaries(words, values, max_size=3), words, st.none() | st.integers(1),
    words, st.just(""),
)  # fmt: skip


def chain(count: int, keyed: Keyed = KEYED) -> list[Linked]:
    """A sound chain."""
    made, mark = [], Mark()
    for number in range(1, count + 1):
        line = Line(
            number, datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=number), 1, "科员甲", "", "a.b", "done", None,
            {"n": number}, "a.c", number, "甲", "",
        )  # fmt: skip
        line = line._replace(seal=keyed.of(canonical(line)))
        mark = Mark(number, keyed.link(mark.hash, number, line.seal))
        made.append(Linked(number, number, mark.hash, line))
    return made


def walked(links: list[Linked], head: Mark | None = None) -> list[tuple[Kind, int | None]]:
    walk = Walk(KEYED, head)
    found = [one for link in links for one in walk.step(link)]
    return [(one.kind, one.seq) for one in [*found, *walk.end()]]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@given(key=st.binary(min_size=1, max_size=100), content=st.binary(max_size=300))
def test_the_hash_is_hmac(algorithm: str, key: bytes, content: bytes) -> None:
    assert Keyed(key, algorithm).of(content) == f"{algorithm}:{hmac.new(key, content, algorithm).hexdigest()}"


def test_sm3_is_that_of_the_standard() -> None:
    # GB/T 32905-2016, appendix A.1: the digest of "abc".
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashlib.new("sm3", b"abc").hexdigest() == expected


@given(detail=st.dictionaries(words, values, max_size=4))
def test_a_detail_reads_the_same_after_any_database(detail: dict[str, Any]) -> None:
    plain, printed = settled(detail)
    # SQLite gives the words back as they were; PostgreSQL orders keys and writes numbers out.
    assert settled(json.loads(json.dumps(plain))) == (plain, printed)
    turned = json.loads(json.dumps(plain, sort_keys=True, indent=1))
    assert settled(turned)[1] == printed


@pytest.mark.parametrize("detail", [{"n": float("nan")}, {"n": object()}])
def test_what_is_no_json_is_refused(detail: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        settled(detail)


def test_large_floats_are_kept_as_databases_give_them_back() -> None:
    assert settled({"n": 1e22, 1: -0.0}) == ({"n": 10**22, "1": 0}, '{"1":0,"n":10000000000000000000000}')


@given(line=lines)
def test_writing_and_reading_give_the_same_bytes(line: Line) -> None:
    plain, printed = settled(line.detail)
    head = canonical_head(
        line.at, line.by, line.by_name, line.address, line.act, line.outcome, line.jurisdiction, printed
    )
    written = canonical_line(line.id, head, line.kind, line.subject, line.name)
    assert written == canonical(line._replace(detail=plain))
    assert len(json.loads(written)) == len(Line._fields) - 1


@given(one=lines, other=lines)
def test_two_lines_that_differ_anywhere_have_different_bytes(one: Line, other: Line) -> None:
    one, other = (line._replace(detail=settled(line.detail)[0]) for line in (one, other))
    same = one[:8] + one[9:] == other[:8] + other[9:] and settled(one.detail)[1] == settled(other.detail)[1]
    assert (canonical(one) == canonical(other)) == same


def test_a_sound_chain_has_no_finding() -> None:
    links = chain(20)
    assert walked(links) == []
    assert walked(links, Mark(20, links[-1].hash)) == []
    assert walked(links, Mark(10, links[9].hash)) == []


@given(length=st.integers(1, 12), data=st.data())
def test_whatever_is_taken_out_leaves_a_gap_or_a_cut(length: int, data: st.DataObject) -> None:
    links = chain(length)
    gone = data.draw(st.sets(st.integers(1, length), min_size=1))
    found = walked([link for link in links if link.seq not in gone], Mark(length, links[-1].hash))
    assert {kind for kind, _ in found} <= {Kind.GAP, Kind.CUT}
    starts = {seq for seq in gone if seq - 1 not in gone}
    assert {seq for _, seq in found} == starts


@given(length=st.integers(2, 12), data=st.data())
def test_a_change_is_named_where_it_is_and_nowhere_else(length: int, data: st.DataObject) -> None:
    links = chain(length)
    at = data.draw(st.integers(0, length - 1))
    line = links[at].line
    assert line
    change = data.draw(st.sampled_from(["line", "link", "none"]))
    if change == "line":
        links[at] = links[at]._replace(line=line._replace(by_name="领导乙"))
    elif change == "link":
        links[at] = links[at]._replace(hash="sha256:" + "0" * 64)
    else:
        links[at] = links[at]._replace(line=None)
    kind = {"line": Kind.ALTERED, "link": Kind.MISPLACED, "none": Kind.MISSING}[change]
    assert walked(links) == [(kind, at + 1)]


@given(length=st.integers(2, 12), data=st.data())
def test_links_out_of_their_order_are_found(length: int, data: st.DataObject) -> None:
    links = chain(length)
    order = data.draw(st.permutations(range(length)))
    moved = [links[place]._replace(seq=number) for number, place in enumerate(order, start=1)]
    assert (walked(moved) == []) == (list(order) == list(range(length)))


def test_a_chain_made_with_another_key_is_found_in_every_line() -> None:
    found = walked(chain(3, Keyed(b"other", "sha256")))
    assert [seq for kind, seq in found if kind is Kind.ALTERED] == [1, 2, 3]


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ({}, []),
        ({"before": 1, "after": 2}, [("内容", "1", "2")]),
        ({"name": ["甲", ""]}, [("名称", "甲", "空")]),
        ({"note": "好"}, [("备注", None, "好")]),
        ({"targets": [{"name": "签约", "before": {"value": 1, "unit": "个"}, "after": {"value": 2, "unit": "个"}}]},
         [("签约：数值", "1", "2")]),
        ({"duties": [{"name": "走访", "before": None, "after": {"value": 2}}]}, [("走访：数值", "空", "2")]),
        ({"kept": ["甲", "乙", "丙"], "reports": [True, False]}, [("按月报进展", "是", "否"), ("保留", None, "甲、乙、丙")]),
        ({"before": {"roles": []}, "after": {"roles": ["office", "reader"]}}, [("角色", "空", "办公室、只读")]),
        ({"role": "office"}, [("角色", None, "办公室")]),
        ({"changes": {"post": ["主任", "局长"]}}, [("改动：职务", "主任", "局长")]),
    ],
)  # fmt: skip
def test_two_sides(detail: dict[str, Any], expected: list[tuple[str, str | None, str]]) -> None:
    assert [tuple(side) for side in sides(detail, lambda column: "")] == expected


@given(detail=st.dictionaries(words, values, max_size=4))
def test_every_detail_has_sides(detail: dict[str, Any]) -> None:
    for side in sides(detail, lambda column: ""):
        assert isinstance(side.name, str)
        assert isinstance(side.after, str)
