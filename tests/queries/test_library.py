"""The list: every filter against the rows it should leave, every order against its pages, the sums against the rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import a_user
from tests.factories.schedules import a_milestone, an_entry
from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.ground.accounts.models import User
from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.schedules.actions import move_milestone
from zhaoyin.record.projects.actions import (
    PhaseFacts,
    add_contact,
    advance_stage,
    create_project,
    edit_project,
    share_project,
    write_note,
)
from zhaoyin.record.projects.queries import sight_of
from zhaoyin.record.resources.actions import add_platform
from zhaoyin.report.library import memory
from zhaoyin.report.library.queries import (
    LibraryPage,
    chosen,
    field_of,
    ids_of,
    library_page,
    lines_of,
    project_page,
    rows_of,
)  # fmt: skip

pytestmark = pytest.mark.django_db
AS_OF = date(2022, 7, 15)
FAR = date(2029, 12, 31)
SECTIONS = ("盯引抓签约", "签约抓落地")
STAGES = (Stage.LEAD, Stage.NEGOTIATION, Stage.SIGNED, Stage.CONSTRUCTION)


@pytest.fixture
def user() -> User:
    """Somebody of a place with 24 projects of all kinds: 18 in the plan (in the reverse order of their making), 6 not."""
    here = a_jurisdiction("某某市")
    plan = a_plan(here, [])
    plan.sections = [{"title": title, "declared": None, "read": 9} for title in SECTIONS]
    plan.save()
    units = [a_unit(here, f"{name}镇") for name in "东西南"]
    leaders = [an_official(here, f"领导{name}") for name in "甲乙丙丁"]
    platform = add_platform(by=None, jurisdiction=here, name="新材料产业园")
    for n in range(24):
        stage = STAGES[n % 4]
        project = a_project(
            here, f"第{n:02}号{'光学' if n % 3 else '电池'}项目", yi=None if n % 8 == 7 else str(Decimal(n * 7 % 24) / 2),
            known_on=date(2022, 1, 10), stage=stage, leaders=[leaders[n % 3]],
            fields={
                "unit": units[n % 3] if n % 5 else None, "platform": platform if n % 4 == 0 else None,
                "investor": f"投资{n % 6}公司", "content": "建设标准厂房" if n % 2 else "",
                "land_mu": None if n % 6 == 5 else Decimal(n * 5 % 24),
            },
        )  # fmt: skip
        if n % 4 != 3:
            a_milestone(project, AS_OF + timedelta(days=(n * 13) % 80 - 30), "strive" if n % 5 == 0 else "planned")
        if n % 2:
            write_note(by=None, project=project, text=f"进展{n}", on=date(2022, 7, 1) + timedelta(days=n % 14))
        if n >= 6:
            an_entry(plan, project, 24 - n, SECTIONS[n % 2])
    return a_user(here)


def shown(user: User, as_of: date = AS_OF, **query: Any) -> LibraryPage:
    """The page of a query."""
    return library_page(chosen(QueryDict(urlencode(query, doseq=True)), field_of(user, as_of)))


def every(user: User, as_of: date = AS_OF, **query: Any) -> list[Any]:
    """All rows that a query finds, in its order."""
    asked = chosen(QueryDict(urlencode(query, doseq=True)), field_of(user, as_of))
    return rows_of(asked.field, ids_of(asked))


def test_the_list_begins_in_the_plans_order_and_ends_with_the_others(user: User) -> None:
    rows = every(user)
    assert [row.seq for row in rows[:18]] == list(range(1, 19))
    assert [(row.seq, row.name[:4]) for row in rows[18:]] == [(None, f"第{n:02}号") for n in range(6)]
    assert [row.pk for row in every(user, sort="-seq")] == [row.pk for row in reversed(rows)]


@pytest.mark.parametrize("query", [{}, {"sort": "-money"}, {"sort": "-seq"}, {"light": "red"}, {"q": "电池"}])
@pytest.mark.parametrize("as_of", [date(2022, 7, 3), AS_OF, FAR])
def test_what_is_exported_is_what_the_rows_of_the_list_say(user: User, query: dict[str, str], as_of: date) -> None:
    asked = chosen(QueryDict(urlencode(query)), field_of(user, as_of))
    expected = [
        (
            row.seq, row.name, row.investment_yi, row.land_mu, row.investor, "；".join(row.stages), row.next_on,
            row.next_text or None, row.light.label, row.word, "、".join(row.leaders), row.unit, row.news_on,
            row.news or None,
        )
        for row in every(user, as_of, **query)
    ]  # fmt: skip
    assert list(lines_of(asked)) == expected
    assert expected or query


@pytest.mark.parametrize("key", ["seq", "name", "money", "land", "investor", "stage", "due", "light", "unit", "news"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_of_any_order_are_the_whole_once(user: User, key: str, sign: str) -> None:
    pages = [shown(user, sort=sign + key, size=20, page=number) for number in (1, 2, 3)]
    assert [page.page.number for page in pages] == [1, 2, 2], "a page beyond the last is the last"
    rows = [row for page in pages[:2] for row in page.rows]
    assert len(rows) == len({row.pk for row in rows}) == 24
    assert [row.pk for row in rows] == [row.pk for row in every(user, sort=sign + key)]


@pytest.mark.parametrize(("key", "field"), [("money", "investment_yi"), ("land", "land_mu"), ("name", "name")])
def test_orders_sort_and_keep_the_unknown_for_the_end(user: User, key: str, field: str) -> None:
    for sign in ("", "-"):
        values = [getattr(row, field) for row in every(user, sort=sign + key)]
        known = [value for value in values if value is not None]
        assert known == sorted(known, reverse=bool(sign))
        assert values[len(known) :] == [None] * (len(values) - len(known))


def test_the_worst_light_comes_first(user: User) -> None:
    ranks = [row.light.rank for row in every(user, sort="light")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 2


@pytest.mark.parametrize(
    "query",
    [
        {"stage": ["signed", "lead"]},
        {"light": ["red"]},
        {"light": ["yellow", "grey"]},
        {"least": "3"},
        {"least": "3", "most": "6.5"},
        {"section": SECTIONS[0]},
        {"stage": ["negotiation"], "light": ["red", "yellow"], "section": SECTIONS[1], "most": "11"},
        {"q": "电池"},
        {"q": "厂房", "light": ["green"]},
    ],
)
def test_a_filter_leaves_what_answers_it_and_the_sums_are_those_of_the_rows(user: User, query: dict[str, Any]) -> None:
    labels = {Stage(stage).label for stage in query.get("stage", ())}

    def answers(row: Any) -> bool:
        n = int(row.name[1:3])
        money = row.investment_yi
        return (
            (not labels or row.stages[0] in labels)
            and ("light" not in query or row.light.value in query["light"])
            and ("least" not in query or (money is not None and money >= Decimal(query["least"])))
            and ("most" not in query or (money is not None and money <= Decimal(query["most"])))
            and ("section" not in query or row.section == query["section"])
            and (query.get("q") != "电池" or n % 3 == 0)
            and (query.get("q") != "厂房" or n % 2 == 1)
        )

    wanted = [row for row in every(user) if answers(row)]
    found, page = every(user, **query), shown(user, **query)
    assert found == wanted == page.rows
    assert found
    totals = page.totals
    assert totals.count == len(wanted)
    assert (totals.investment_yi or 0) == sum(row.investment_yi or 0 for row in wanted)
    assert (totals.land_mu or 0) == sum(row.land_mu or 0 for row in wanted)
    assert totals.unpriced == sum(row.investment_yi is None for row in wanted)
    assert totals.unmeasured == sum(row.land_mu is None for row in wanted)
    assert totals.lights == {light: sum(row.light is light for row in wanted) for light in Light}


def test_units_leaders_and_platforms_are_chosen_by_number(user: User) -> None:
    field = field_of(user, AS_OF)
    for key, label in (("unit", "西镇"), ("leader", "领导乙"), ("platform", "新材料产业园")):
        value = next(value for value, word in field.choices[key] if word == label)
        numbers = {int(row.name[1:3]) for row in every(user, **{key: value})}
        assert numbers == {
            n for n in range(24)
            if (n % 4 == 0 if key == "platform" else n % 3 == 1 and (key == "leader" or n % 5))
        }  # fmt: skip
    assert [word for _, word in field.choices["leader"]] == ["领导甲", "领导乙", "领导丙"], "领导丁 leads nothing"


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("光学", lambda n: n % 3 > 0),
        ("资3公", lambda n: n % 6 == 3),
        ("标准厂房", lambda n: n % 2 == 1),
        ("东镇", lambda n: n % 3 == 0 and n % 5 > 0),
        ("领导丙", lambda n: n % 3 == 2),
        ("07", lambda n: n == 7),
        ("%_", lambda n: False),
    ],
)
def test_every_hit_is_found_wherever_it_stands(user: User, word: str, wanted: Any) -> None:
    assert {int(row.name[1:3]) for row in every(user, q=word)} == {n for n in range(24) if wanted(n)}


def test_search_follows_what_is_edited(user: User) -> None:
    project = every(user)[0]
    from zhaoyin.record.projects.models import Project

    row = Project.objects.get(pk=project.pk)
    assert every(user, q="氢燃料") == []
    edit_project(by=None, project=row, fields={"content": "氢燃料电堆"})
    assert [one.pk for one in every(user, q="氢燃料")] == [row.pk]
    edit_project(by=None, project=row, fields={"content": "别的", "name": "氢燃料项目"})
    assert [one.pk for one in every(user, q="燃料项")] == [row.pk]
    edit_project(by=None, project=row, fields={"name": "别的项目"})
    assert every(user, q="氢燃料") == []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "光"}, "太短"),
        ({"least": "很多"}, "不是数字"),
        ({"least": "9", "most": "2"}, "下限大于上限"),
        ({"section": "没有"}, "没有“没有”这一部分"),
        ({"unit": "999999"}, "没有“999999”这一项"),
        ({"sort": "odd"}, "默认顺序"),
        ({"least": "NaN"}, "不是数字"),
        ({"least": "1e99999"}, "不是数字"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(user: User, query: dict[str, str], words: str) -> None:
    asked = chosen(QueryDict(urlencode(query)), field_of(user, AS_OF))
    assert any(words in remark for remark in asked.listing.remarks)
    assert library_page(asked).totals.count in (24, 0)


def test_tabs_count_the_plans_sections_on_the_day(user: User) -> None:
    assert list(shown(user).tabs) == [("", 24), (SECTIONS[0], 9), (SECTIONS[1], 9)]
    assert list(shown(user, date(2022, 1, 9)).tabs) == [("", 0)]


def test_tabs_count_nothing_for_whoever_sees_no_project(user: User) -> None:
    assert user.unit is not None
    nobody = a_user(user.unit, role="team")
    assert list(shown(nobody).tabs) == [("", 0)], "a member of no team, tied to no project"
    assert {key for key, values in field_of(nobody, AS_OF).choices.items() if values} <= {"stage", "light"}


def test_nobody_sees_another_places_projects(user: User) -> None:
    other = a_user(a_jurisdiction("别的市"))
    assert shown(other).totals.count == 0
    assert shown(a_user()).totals.count == 24, "without a unit: all"


def test_phases_are_named_where_they_differ() -> None:
    here = a_jurisdiction()
    phases: list[PhaseFacts] = [{"name": "一期"}, {"name": "二期"}]
    project = create_project(by=None, jurisdiction=here, name="甲项目", known_on=date(2022, 1, 1), phases=phases)
    assert every(a_user(here))[0].stages == ("信息",)
    advance_stage(by=None, phase=project.phases.all()[0], stage=Stage.NEGOTIATION, on=date(2022, 6, 1), as_of=FAR)
    assert every(a_user(here))[0].stages == ("一期 谈判", "二期 信息")
    assert every(a_user(here), date(2022, 5, 31))[0].stages == ("信息",)


def test_a_past_day_shows_what_stood_then() -> None:
    here = a_jurisdiction()
    project = a_project(here, known_on=date(2022, 1, 1), stage=Stage.NEGOTIATION)
    one = a_milestone(project, date(2022, 4, 30))
    write_note(by=None, project=project, text="早", on=date(2022, 4, 1))
    write_note(by=None, project=project, text="晚", on=date(2022, 6, 1))
    move_milestone(by=None, milestone=one, start=None, end=date(2022, 9, 30), reason="用地", on=date(2022, 6, 1))
    now, then = every(a_user(here))[0], every(a_user(here), date(2022, 5, 10))[0]
    assert (now.news, now.next_on, now.light, now.word) == ("晚", date(2022, 9, 30), Light.YELLOW, "44 天未动")
    assert (then.news, then.next_on, then.light, then.word) == ("早", date(2022, 4, 30), Light.RED, "逾期 10 天")


@pytest.mark.parametrize("query", [{}, {"light": ["red"], "sort": "money"}, {"q": "光学"}])
def test_the_number_of_queries_does_not_grow_with_the_rows(user: User, query: dict[str, Any]) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            shown(user, **query, size=100)
        return len(found)

    asked()  # looks the person's roles up
    few = asked()
    plan = user.unit.plans.get()  # type: ignore[union-attr]
    for n in range(20):
        project = a_project(user.unit, f"更多光学{n}", known_on=date(2022, 1, 1))  # type: ignore[arg-type]
        a_milestone(project, date(2022, 3, 1))
        an_entry(plan, project, 100 + n, SECTIONS[0])
    assert asked() == few <= 16


def test_a_projects_page_takes_as_many_queries_however_much_stands_on_it(user: User) -> None:
    project = a_project(user.unit, "光学", known_on=date(2022, 1, 1))  # type: ignore[arg-type]

    sight = sight_of(user)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert project_page(sight, project.pk, AS_OF)
        return len(found)

    few = asked()
    for n in range(6):
        moved = a_milestone(project, date(2022, 8, 1))
        move_milestone(by=None, milestone=moved, start=None, end=FAR, reason="用地", on=date(2022, 6, 1))
        write_note(by=None, project=project, text=f"进展{n}", on=date(2022, 6, 1))
        add_contact(by=None, project=project, name=f"联系人{n}", phone=f"1390000000{n}")
        share_project(by=None, project=project, unit=a_unit(project.jurisdiction, f"第{n}镇"))
    assert asked() == few + 1 <= 17  # the history is longer than what is shown: its lines are counted


@pytest.mark.django_db(transaction=True)
def test_the_memory_forgets_with_every_commit() -> None:
    here = a_jurisdiction()
    made: list[int] = []

    def count() -> int:
        made.append(1)
        return library_page(chosen(QueryDict(""), field_of(user, AS_OF))).totals.count

    user = a_user(here)
    assert [memory.recall("count", count) for _ in range(3)] == [0, 0, 0]
    before = len(made)
    a_project(here, known_on=date(2022, 1, 1))
    assert [memory.recall("count", count) for _ in range(2)] == [1, 1]
    # A PostgreSQL tells of commits in its other databases too: it forgets more often than it must, never less.
    assert (before, len(made)) == (1, 2) or (connection.vendor == "postgresql" and len(made) > before >= 1)


@pytest.mark.django_db(transaction=True)
def test_what_was_begun_before_a_commit_is_not_kept() -> None:
    """Another thread learns of a commit while this one is still reading: what this one read may be old."""
    here = a_jurisdiction()
    answers = iter(["old", "new"])

    def slow() -> str:
        found = next(answers)
        if found == "old":
            with ThreadPoolExecutor(1) as other:
                other.submit(elsewhere).result()
        return found

    def elsewhere() -> None:
        try:
            a_unit(here, "东镇")
            memory.recall("anything", lambda: 1)
        finally:
            connections.close_all()

    assert memory.recall("slow", slow) == "old"
    assert memory.recall("slow", slow) == "new"
