"""Rows put into a table at once are those that Django would have made one by one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from tests.factories.targets import a_jurisdiction
from zhaoyin.ground.inserting import insert_rows
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.models import Movement, Project, ProjectText

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 1)
COLUMNS = ["name", "investment_yi", "stage", "unit_id"]


def days() -> dict[str, date]:
    return {"known_on": DAY, "moved_on": DAY, "recorded_on": DAY}


def insert(here: Unit, rows: list[tuple[Any, ...]]) -> list[int]:
    return insert_rows(Project, COLUMNS, rows, jurisdiction=here, **days())


def values(key: int) -> dict[str, Any]:
    return {name: value for name, value in Project.objects.filter(pk=key).values()[0].items() if name != "id"}


def test_a_row_is_what_django_would_have_saved() -> None:
    here = a_jurisdiction()
    row = {"name": "“甲”100%项目", "investment_yi": Decimal("1.25"), "stage": "signed", "unit_id": here.pk}
    saved = Project.objects.create(jurisdiction=here, **row, **days())
    (key,) = insert(here, [tuple(row[name] for name in COLUMNS)])
    assert values(key) == values(saved.pk)


def test_many_rows_keep_their_order_and_answer_with_their_keys() -> None:
    here = a_jurisdiction()
    names = [f"第{n}号项目" for n in range(2500)]
    keys = insert(here, [(name, Decimal(n % 7), "lead", None) for n, name in enumerate(names)])
    assert list(Project.objects.order_by("pk").values_list("pk", "name")) == list(zip(keys, names, strict=True))


def test_texts_of_no_column_keep_their_shape() -> None:
    here = a_jurisdiction()
    keys = insert(here, [("甲", None, "lead", None), ("乙", None, "lead", None)])
    insert_rows(ProjectText, ["project_id", "extra"], zip(keys, [{"备案号": "A-1"}, {}], strict=True), content="厂房")
    texts = ProjectText.objects.order_by("pk").values_list("content", "site", "extra")
    assert list(texts) == [("厂房", "", {"备案号": "A-1"}), ("厂房", "", {})]


def test_a_row_that_is_there_takes_the_new_values() -> None:
    (key,) = insert(a_jurisdiction(), [("甲", None, "lead", None)])
    insert_rows(ProjectText, ["project_id", "content"], [(key, "旧")], site="东区")
    insert_rows(ProjectText, ["project_id", "content"], [(key, "新")], replacing=["project_id"])
    text = ProjectText.objects.get()
    assert (text.content, text.site) == ("新", "东区")


def test_the_database_still_holds_its_constraints() -> None:
    (key,) = insert(a_jurisdiction(), [("甲", None, "lead", None)])
    with pytest.raises(IntegrityError):
        insert_rows(Movement, ["project_id", "on"], [(key, DAY), (key, DAY)])


def test_an_unknown_column_is_refused_and_no_rows_are_none() -> None:
    with pytest.raises(ValueError, match="colour"):
        insert_rows(Movement, ["project_id", "colour"], [(1, "red")])
    assert insert_rows(Movement, ["project_id", "on"], []) == []
