"""Which leads look alike, and the words that say why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.record.projects.rules import Alike, Lead, alike, lead_key, sound

HERE = Lead("白石控股集团有限公司", "白石集团", "白石精密制造项目", "南洋区块")
names = st.text("白石青山云溪精密制造新材料集团有限公司一二期0123AB（） ", max_size=12)
leads = st.builds(Lead, names, names, names, names)


@pytest.mark.parametrize(
    ("other", "same", "words"),
    [
        (Lead("白石股份有限公司", "", "白石精密制造"), True, ("投资方去掉公司字样后相同", "项目名称相同")),
        (Lead("白 石（集团）", "", "“白石精密制造”建设项目"), True, ("投资方去掉公司字样后相同", "项目名称相同")),
        (Lead("百石有限公司", "", "白石精蜜制造项目"), True, ("投资方读音相同", "项目名称读音相同")),
        (Lead("白石控股集团有限公司", "", "光学镜头项目"), False, ("投资方相同",)),
        (Lead("云溪新材有限公司", "白石集团", "树脂项目"), False, ("同属一个集团",)),
        (Lead("", "", "白石精密制造项目", "南洋区块"), False, ("项目名称相同", "拟落户地都是“南洋区块”")),
        (Lead("白石控股集团有限公司", "", "白石精密制造二期项目"), False, ("投资方相同",)),
    ],
)
def test_why_two_look_alike(other: Lead, same: bool, words: tuple[str, ...]) -> None:
    found = alike(HERE, other)
    assert found is not None
    assert (found.same, found.why) == (same, words)


@pytest.mark.parametrize(
    "other",
    [
        Lead("远山茶叶有限公司", "", "远山茶叶项目", "南洋区块"),  # the place alone says nothing
        Lead("远山茶叶有限公司", "", "白石精密制造项目"),  # another investor's project of that name
        Lead(),
    ],
)
def test_what_is_not_shown(other: Lead) -> None:
    assert alike(HERE, other) is None


def test_a_part_of_a_name_says_something_from_three_characters_upwards() -> None:
    assert alike(Lead("东海白石新材料"), Lead("白石新材料")) == Alike(40, False, ("一方的投资方名称包含另一方的",))
    assert alike(Lead("中国"), Lead("中国白石重工")) is None


def test_numbers_and_letters_tell_two_projects_of_one_investor_apart() -> None:
    found = alike(HERE._replace(project="白石1号厂房项目"), HERE._replace(project="白石2号厂房项目"))
    assert found is not None
    assert not found.same


def test_how_names_sound() -> None:
    assert sound("白石 A1·重工") == "baishia1zhonggong"
    assert lead_key(Lead("白石有限公司", "", "精密项目")) == "baishi/jingmi"
    assert lead_key(Lead("白石有限公司")) == lead_key(Lead("", "", "精密项目")) == ""


@given(leads, leads)
def test_the_order_of_two_says_nothing(left: Lead, right: Lead) -> None:
    one, other = alike(left, right), alike(right, left)
    assert (one is None) == (other is None)
    if one and other:
        assert (one.points, one.same) == (other.points, other.same)


@given(leads)
def test_a_lead_whose_key_is_known_is_the_same_as_itself(lead: Lead) -> None:
    found = alike(lead, lead)
    assert bool(lead_key(lead)) == bool(found and found.same)


@given(leads, leads)
def test_the_same_is_what_has_one_key(left: Lead, right: Lead) -> None:
    found = alike(left, right)
    assert bool(found and found.same) == bool(lead_key(left) and lead_key(left) == lead_key(right))


@given(st.text("白石青山云溪精密制造0A", min_size=1))
def test_legal_forms_change_nothing(name: str) -> None:
    assert lead_key(Lead(f"{name}有限公司", "", "精密项目")) == lead_key(Lead(f"{name}股份有限公司", "", "精密项目"))
