"""A query that is put into SQL once answers as Django's own would, whatever its values."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from tests.factories.targets import a_jurisdiction, a_project
from zhaoyin.ground import prepared as module
from zhaoyin.ground.prepared import Free, prepared
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
FIRST = date(2022, 1, 1)


def known(ids: list[int], as_of: date) -> QuerySet[Any, Any]:
    return Project.objects.filter(pk__in=ids, known_on__lte=as_of).order_by("pk").values_list("pk", "known_on")


def this_year(as_of: date) -> QuerySet[Any, Any]:
    first = as_of.replace(month=1, day=1)
    return Project.objects.filter(known_on__lte=as_of, known_on__gt=first).order_by("pk").values_list("pk")


def between(start: date, end: date) -> QuerySet[Any, Any]:
    span = (start + timedelta(days=15), end - timedelta(days=15))
    return Project.objects.filter(known_on__range=span).order_by("pk").values_list("pk")


def called(name: str) -> QuerySet[Any, Any]:
    return Project.objects.filter(name=name).order_by("pk").values_list("pk")


def lately(as_of: date) -> QuerySet[Any, Any]:
    since = as_of - timedelta(days=30)
    return Project.objects.filter(known_on__lte=as_of, known_on__gt=since).order_by("pk").values_list("pk")


def at(pk: int) -> QuerySet[Any, Any]:
    return Project.objects.filter(pk__range=(pk, pk + 1)).order_by("pk").values_list("pk")


@pytest.fixture
def ids() -> list[int]:
    here = a_jurisdiction()
    return [a_project(here, known_on=FIRST + timedelta(days=20 * n)).pk for n in range(6)]


def test_the_same_statement_answers_for_other_values(ids: list[int]) -> None:
    for asked in (ids[:3], ids[3:], [ids[5], ids[0], ids[2]]):
        for day in (FIRST, date(2022, 3, 1), date(2022, 12, 31)):
            assert prepared(known, asked, day) == list(known(asked, day))
    assert prepared(known, [], FIRST) == []


def test_what_is_computed_from_a_value_is_computed_anew(ids: list[int]) -> None:
    for day in (FIRST, date(2022, 3, 1), date(2022, 5, 1)):
        assert prepared(lately, day) == list(lately(day))
    for pk in ids[:5]:
        assert prepared(at, pk) == list(at(pk))

    for day in (FIRST, date(2022, 3, 1), date(2022, 5, 1)):
        assert prepared(this_year, day) == list(this_year(day))


def test_words_that_may_be_others_each_time_are_given_anew(ids: list[int]) -> None:
    for name in Project.objects.values_list("name", flat=True):
        assert prepared(called, Free(name)) == list(called(name)) != []
    assert prepared(called, Free("没有这个")) == []


def test_days_that_lie_a_fixed_span_away_need_no_new_statement(ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    end = date(2022, 12, 31)
    expected = [list(lately(FIRST + timedelta(days=n))) for n in range(0, 150, 20)], list(between(FIRST, end))
    prepared(lately, end), prepared(between, end, end)
    monkeypatch.setattr(module, "_compiled", None)
    assert [prepared(lately, FIRST + timedelta(days=n)) for n in range(0, 150, 20)] == expected[0]
    assert prepared(between, FIRST, end) == expected[1] != []


def test_a_statement_is_made_once(ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(known, ids[:2], FIRST)
    monkeypatch.setattr(module, "_compiled", None)
    assert prepared(known, ids[4:], date(2022, 12, 31)) == list(known(ids[4:], date(2022, 12, 31)))
