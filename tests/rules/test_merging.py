"""Two people changed one record: who touched a field alone has it, what both touched is asked."""

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.record.projects.rules import Clash, three_way

FIELDS = st.fixed_dictionaries({name: st.sampled_from(["", "甲", "乙", "丙"]) for name in "abcd"})


def test_each_ones_own_field_is_kept() -> None:
    base = {"name": "甲项目", "money": "5", "land": ""}
    found = three_way(base, {**base, "money": "6"}, {**base, "land": "120"})
    assert found.values == {"name": "甲项目", "money": "6", "land": "120"}
    assert (found.brought, found.clashes) == (("money",), ())


def test_what_both_touched_is_asked_with_all_three() -> None:
    found = three_way({"money": "5"}, {"money": "6"}, {"money": "7"})
    assert found.clashes == (Clash("money", "5", "6", "7"),)
    assert found.values == {"money": "6"}


def test_what_both_wrote_alike_is_not_asked() -> None:
    assert three_way({"money": "5"}, {"money": "6"}, {"money": "6"}).clashes == ()


def test_where_nothing_is_known_of_before_every_difference_is_asked() -> None:
    found = three_way({}, {"money": "5", "land": "1"}, {"money": "6", "land": "1"})
    assert [clash.field for clash in found.clashes] == ["money"]


@given(FIELDS, FIELDS, FIELDS)
def test_nothing_that_somebody_typed_is_lost_unasked(
    base: dict[str, str], theirs: dict[str, str], own: dict[str, str]
) -> None:
    found = three_way(base, theirs, own)
    asked = {clash.field for clash in found.clashes}
    for name in base:
        if name in asked:
            assert len({base[name], theirs[name], own[name]}) == 3
        elif own[name] != base[name]:
            assert found.values[name] == own[name]
        else:
            assert found.values[name] == theirs[name]
        assert (name in found.brought) == (theirs[name] != base[name] == own[name])


@given(FIELDS, FIELDS, FIELDS)
def test_either_order_gives_the_same_but_for_what_is_asked(
    base: dict[str, str], theirs: dict[str, str], own: dict[str, str]
) -> None:
    one, other = three_way(base, theirs, own), three_way(base, own, theirs)
    asked = {clash.field for clash in one.clashes}
    assert asked == {clash.field for clash in other.clashes}
    assert all(one.values[name] == other.values[name] for name in base if name not in asked)


@given(FIELDS, FIELDS)
def test_alone_one_saves_what_one_typed(base: dict[str, str], own: dict[str, str]) -> None:
    found = three_way(base, base, own)
    assert (found.values, found.brought, found.clashes) == (own, (), ())
