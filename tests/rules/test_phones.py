"""Telephone numbers: what is one, and what of it everybody may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.record.projects.rules import HIDDEN, masked, phone_of, tells


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13800005678", "138****5678"),
        ("138 0000 5678", "138****5678"),
        ("138-0000-5678", "138****5678"),
        ("１３８００００５６７８", "138****5678"),
        ("+86 138 0000 5678", "138****5678"),
        ("0086-13800005678", "138****5678"),
        ("8613800005678", "138****5678"),
        ("0576-85005678", "0576-****5678"),
        ("0576 8500 5678", "0576-****5678"),
        ("（0576）85005678", "0576-****5678"),
        ("0576-8505678", "0576-****678"),
        ("010-85005678", "010-****5678"),
        ("021 8500 5678", "021-****5678"),
        ("+86 576 8500 5678", "0576-****5678"),
        ("0576-85005678转8001", "0576-****5678转****"),
        ("0576-85005678 ext. 801", "0576-****5678转****"),
        ("13800005678#2", "138****5678转****"),
        ("85005678", "****5678"),
        ("8505678", "****678"),
        ("400-800-5678", "****5678"),
        ("+1 (212) 555-5678", "+****5678"),
        ("+852 9000 5678", "+****5678"),
        ("10086", "****6"),
        ("", ""),
    ],
)
def test_a_number_is_shown_in_part(typed: str, shown: str) -> None:
    assert masked(phone_of(typed)) == shown


@pytest.mark.parametrize(
    "typed", ["无", "微信 abc", "1234", "138****5678", "138000056781380000567", "13800005678 张", "a1b2c3d4e5"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="手机号码或座机号码"):
        phone_of(typed)


SEPARATORS = st.sampled_from(["", " ", "-", "(", ")", ".", "  "])
NUMBERS = st.lists(st.sampled_from("0123456789"), min_size=5, max_size=14)
EXTENSIONS = st.sampled_from(["", "转801", " ext 12", "#7", "分机 8001"])


@given(st.sampled_from(["", "+", "+86 ", "0086", "0"]), NUMBERS, SEPARATORS, EXTENSIONS)
def test_at_least_four_digits_are_hidden_whatever_the_number(
    start: str, digits: list[str], separator: str, extension: str
) -> None:
    typed = start + separator.join(digits) + extension
    try:
        phone = phone_of(typed)
    except ValueError:
        return
    shown = masked(phone)
    visible = [one for one in shown if one.isdigit()]
    own = [one for one in phone.lower().split("转")[0].split("ext")[0].split("#")[0].split("分机")[0] if one.isdigit()]
    assert HIDDEN in shown
    assert len(visible) <= max(len(own) - 4, 0) + (1 if "+86" in phone or phone.startswith("0086") else 0)
    assert len(visible) <= 8
    assert "801" not in shown.split("转")[-1] or not extension


@given(st.integers(10**9, 10**10 - 1).map(lambda n: f"1{n}").filter(lambda n: n[1] in "3456789"), st.data())
def test_a_mobile_looks_the_same_however_it_is_typed(number: str, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from(["", "+86", "+86 ", "0086 "]))
    cuts = data.draw(st.sets(st.integers(1, 10), max_size=3))
    written = start + "".join(f"{' ' if place in cuts else ''}{one}" for place, one in enumerate(number))
    assert masked(phone_of(written)) == f"{number[:3]}****{number[-4:]}"


@given(st.text(max_size=40))
def test_nothing_that_is_kept_is_shown_whole(typed: str) -> None:
    try:
        phone = phone_of(typed)
    except ValueError:
        return
    assert not phone or masked(phone) != phone
    assert len(masked(phone)) <= 40


def test_a_reason_that_tells_the_number_is_known() -> None:
    assert tells("回拨 138-0000-5678", "13800005678")
    assert tells("打１３８００００５６７８", "+86 138 0000 5678")
    assert not tells("约谈签约事项 2022-07-15", "13800005678")
