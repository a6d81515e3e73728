"""The list added up: every group against the rows that its filter finds, and the lists that stand ready."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import a_user
from tests.factories.schedules import a_milestone
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.ground.accounts.models import User
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.projects.actions import write_note
from zhaoyin.report.library.queries import GROUPS, READY, chosen, field_of, groups_of, ids_of, library_sums, rows_of

pytestmark = pytest.mark.django_db
AS_OF = date(2022, 7, 15)
STAGES = (Stage.LEAD, Stage.NEGOTIATION, Stage.SIGNED)


@pytest.fixture
def user() -> User:
    """Somebody of a place with 18 projects of three units, three leaders, three stages."""
    here = a_jurisdiction("某某市")
    units = [a_unit(here, f"{name}镇") for name in "东西南"]
    leaders = [an_official(here, f"领导{name}") for name in "甲乙丙"]
    for n in range(18):
        project = a_project(
            here, f"第{n:02}号项目", yi=None if n % 6 == 5 else str(n), known_on=date(2022, 1, 10), stage=STAGES[n % 3],
            leaders=[] if n % 5 == 4 else leaders[n % 3 :],
            fields={"unit": units[n % 3] if n % 4 else None, "land_mu": Decimal(n), "investor": "甲公司" if n % 2 else ""},
        )  # fmt: skip
        if n % 2:
            a_milestone(project, AS_OF + timedelta(days=n * 13 % 80 - 30))
        if n % 3:
            write_note(by=None, project=project, text="进展", on=date(2022, 7, 10))
    return a_user(here)


def ask(user: User, **query: Any) -> Any:
    return chosen(QueryDict(urlencode(query, doseq=True)), field_of(user, AS_OF))


@pytest.mark.parametrize("by", [key for key in GROUPS if key != "platform"])
@pytest.mark.parametrize("query", [{}, {"light": ["red", "yellow"]}, {"least": "3"}, {"q": "号项目"}])
def test_a_group_adds_up_what_its_filter_finds(user: User, by: str, query: dict[str, Any]) -> None:
    groups = groups_of(ask(user, group=by, **query))
    assert groups
    for group in groups:
        assert group.value
        assert group.totals == library_sums(ask(user, **query, **{by: group.value})), group.label
    if by != "leader":
        assert sum(group.totals.count for group in groups) == library_sums(ask(user, **query)).count


def test_what_has_no_value_stands_last(user: User) -> None:
    assert [group.label for group in groups_of(ask(user, group="unit"))][-1] == "未定单位"
    assert [group.label for group in groups_of(ask(user, group="leader"))][-1] == "没有联系领导"
    assert [group.label for group in groups_of(ask(user, group="stage"))] == ["信息", "谈判", "签约"]
    assert [group.label for group in groups_of(ask(user, group="platform"))] == ["不在平台"]


def test_groups_take_as_many_queries_however_many_there_are(user: User) -> None:
    asked = ask(user, group="unit")

    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            groups_of(asked)
        return len(found)

    counted()
    few = counted()
    for n in range(9):
        unit = a_unit(user.unit, f"第{n}镇")  # type: ignore[arg-type]
        a_project(user.unit, known_on=date(2022, 1, 1), fields={"unit": unit})  # type: ignore[arg-type]
    assert counted() == few <= 2


def test_what_cannot_be_grouped_by_is_said(user: User) -> None:
    asked = ask(user, group="colour")
    assert asked.group == ""
    assert any("分组" in remark for remark in asked.listing.remarks)


def rows(user: User, query: str) -> list[Any]:
    asked = chosen(QueryDict(query), field_of(user, AS_OF))
    assert not asked.listing.remarks
    return rows_of(asked.field, ids_of(asked))


def test_the_lists_that_stand_ready(user: User) -> None:
    ready = {key: query for key, _, query in READY}
    whole = rows(user, "")
    assert [row.pk for row in rows(user, ready["mine"])] == [
        row.pk for row in rows(user, "sort=light") if row.light.value in ("red", "yellow")
    ]
    gaps = {row.pk for row in whole if row.investment_yi is None or not (row.investor and row.unit and row.leaders)}
    assert {row.pk for row in rows(user, ready["missing"])} == gaps
    still = {int(row.name[1:3]) for row in rows(user, ready["still"])}
    assert still == {n for n in range(18) if n % 3 == 0}
    for key, query in ready.items():
        assert chosen(QueryDict(query), field_of(user, AS_OF)).ready == key
        assert chosen(QueryDict(f"{query}&q=项目"), field_of(user, AS_OF)).ready == ""


def test_one_has_to_do_with_what_one_leads_or_ones_unit_leads(user: User) -> None:
    place = user.unit
    assert place is not None
    town = place.__class__.objects.get(name="东镇")
    other = a_user(town, role="reporter")
    own = {int(row.name[1:3]) for row in rows(other, "who=mine")}
    assert own == {n for n in range(18) if n % 3 == 0 and n % 4}
    leader = a_user(town, role="leader")
    leader.official = place.officials.get(name="领导甲")
    leader.save()
    assert {int(row.name[1:3]) for row in rows(User.objects.get(pk=leader.pk), "who=mine")} >= {0}
