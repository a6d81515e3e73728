"""Lists of any shape brought into the library, written, taken back; and sheets that come back from being edited."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.factories.accounts import a_user
from tests.factories.imports import MESSY, a_messy_sheet, brought, outcomes, sheet_of
from tests.factories.plans import a_jurisdiction
from zhaoyin.ground.access.rules import Forbidden
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.imports import actions, queries, tasks
from zhaoyin.record.imports.models import Batch, BatchState, Remembered
from zhaoyin.record.projects.actions import create_project, edit_project, write_note
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
ON = date(2024, 6, 1)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def here() -> Unit:
    place = a_jurisdiction("云溪市")
    for name in ("云溪镇", "云溪市发展和改革局"):
        organisations.add_unit(by=None, jurisdiction=place, name=name)
    organisations.add_officials(by=None, jurisdiction=place, names=["领导甲", "领导乙"])
    return place


@pytest.fixture
def office(here: Unit) -> User:
    return a_user(here, role="office")


@pytest.fixture
def known(here: Unit) -> Project:
    return create_project(
        by=None, jurisdiction=here, name="云溪光伏组件项目", known_on=date(2024, 1, 1),
        fields={"investor": "晨曦能源有限公司", "investment_yi": Decimal(5), "content": "年产组件"},
    )  # fmt: skip


def written(batch: Batch, office: User) -> Batch:
    actions.request_commit(by=office, batch=batch)
    tasks.write_batch.func(batch.pk, office.pk, ON.isoformat())
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED, batch.message
    return batch


def test_a_messy_sheet_is_sorted_into_what_would_become_of_its_rows(here: Unit, office: User, known: Project) -> None:
    batch = brought(office, here, "七拼八凑.xlsx", a_messy_sheet())
    assert batch.state == BatchState.READ, batch.message
    assert outcomes(batch) == MESSY


def test_what_is_agreed_is_written_and_undone(here: Unit, office: User, known: Project) -> None:
    batch = written(brought(office, here, "七拼八凑.xlsx", a_messy_sheet()), office)
    made = Project.objects.get(name="清溪冷链物流园项目")
    assert (made.investment_yi, made.land_mu, made.unit.name) == (Decimal("0.65"), Decimal(150), "云溪市发展和改革局")
    assert [one.official.name for one in made.contact_leaders.all()] == ["领导甲", "领导乙"]
    assert made.text.extra == {"备注": "急"}
    known.refresh_from_db()
    assert known.investment_yi == Decimal(6)
    assert known.investor == "晨曦能源有限公司"  # an empty cell erases nothing
    assert known.text.content == "年产组件"
    assert actions.undo_batch(by=office, batch=batch) == []
    known.refresh_from_db()
    assert known.investment_yi == Decimal(5)
    assert list(Project.objects.values_list("pk", flat=True)) == [known.pk]


def test_what_was_touched_since_stays_and_is_named(here: Unit, office: User, known: Project) -> None:
    batch = written(brought(office, here, "七拼八凑.xlsx", a_messy_sheet()), office)
    made = Project.objects.get(name="清溪冷链物流园项目")
    write_note(by=office, project=made, text="已见面", on=ON)
    edit_project(by=office, project=known, fields={"investment_yi": Decimal(7)})
    assert actions.undo_batch(by=office, batch=batch) == ["项目“云溪光伏组件项目”的总投资", "项目“清溪冷链物流园项目”"]
    assert Project.objects.count() == 2
    with pytest.raises(actions.Refused):
        actions.undo_batch(by=office, batch=batch)


def test_a_question_is_answered_row_by_row(here: Unit, office: User, known: Project) -> None:
    batch = brought(office, here, "a.csv", "项目名称,总投资（亿元）\n银杏新材料项目,65000\n".encode())
    line = batch.lines.get()
    assert (line.outcome, line.questions[0][0]) == ("doubtful", "money")
    actions.answer(by=office, batch=batch, number=line.number, question="money", given="万元", on=ON)
    written(batch, office)
    assert Project.objects.get(name="银杏新材料项目").investment_yi == Decimal("6.5")


def test_a_mapping_is_remembered_for_the_shape(here: Unit, office: User) -> None:
    data = "宝号,东家,几多钱\n银杏新材料项目,银杏公司,3\n".encode()
    batch = brought(office, here, "a.csv", data)
    assert [one["field"] for one in batch.mapping] != ["name", "investor", "investment_yi"]
    mapping = [
        {"field": "name", "unit": ""},
        {"field": "investor", "unit": ""},
        {"field": "investment_yi", "unit": "亿元"},
    ]
    actions.map_columns(by=office, batch=batch, mapping=mapping)
    tasks.read_batch.func(batch.pk, office.pk, ON.isoformat(), True)
    assert outcomes(batch) == {2: "new"}
    assert brought(office, here, "b.csv", data).mapping == mapping
    assert Remembered.objects.count() == 1
    with pytest.raises(actions.Refused, match="项目名称"):
        actions.map_columns(by=office, batch=batch, mapping=[{"field": "skip", "unit": ""}] * 3)


def test_rows_that_were_not_written_go_back_with_their_reasons(here: Unit, office: User) -> None:
    batch = brought(office, here, "a.csv", "项目名称,主责单位\n甲项目,没有的单位\n乙项目,云溪镇\n".encode())
    ((number, reasons, cells),) = queries.left_over(batch)
    assert (number, cells) == (2, ["甲项目", "没有的单位"])
    assert "没有的单位" in reasons[0]


def test_what_changes_between_review_and_writing_is_asked_again(here: Unit, office: User, known: Project) -> None:
    batch = brought(office, here, "a.csv", "项目名称,总投资（亿元）\n云溪光伏组件项目,6\n乙项目,1\n".encode())
    edit_project(by=None, project=known, fields={"investment_yi": Decimal(8)})
    written(batch, office)
    known.refresh_from_db()
    assert known.investment_yi == Decimal(8)
    assert outcomes(batch) == {2: "doubtful", 3: "new"}


def test_a_sheet_that_comes_back_shows_exactly_the_edited_cells(here: Unit, office: User, known: Project) -> None:
    other = create_project(by=None, jurisdiction=here, name="乙项目", known_on=ON, fields={"investment_yi": Decimal(3)})
    headings, rows = sheet_of(actions.offline_sheet(by=office, jurisdiction=here, mark="某人"))
    place = {label: index for index, label in enumerate(headings)}
    rows[0][place["选址"]] = "东区"
    rows[1][place["总投资（亿元）"]] = "4"
    # Somebody else meanwhile: another cell of the first, the same cell of the second.
    edit_project(by=None, project=known, fields={"investor": "另一家公司"})
    edit_project(by=None, project=other, fields={"investment_yi": Decimal(9)})
    batch = brought(office, here, "离线.csv", _csv(headings, rows))
    lines = {line.project_id: line for line in batch.lines.all()}
    assert lines[known.pk].changes == [["选址", "", "东区"]]
    assert lines[other.pk].outcome == "doubtful"
    assert lines[other.pk].changes == [["总投资（亿元）", "9", "4"]]
    actions.answer(by=office, batch=batch, number=lines[other.pk].number, question="conflict", given="mine", on=ON)
    written(batch, office)
    known.refresh_from_db()
    other.refresh_from_db()
    assert (known.investor, known.text.site, other.investment_yi) == ("另一家公司", "东区", Decimal(4))


@pytest.mark.parametrize("key", ["系统编号", "系统版本", "校验码"])
def test_an_edited_key_is_found_and_said(here: Unit, office: User, known: Project, key: str) -> None:
    headings, rows = sheet_of(actions.offline_sheet(by=office, jurisdiction=here, mark="某人"))
    rows[0][headings.index(key)] += "1"
    line = brought(office, here, "离线.csv", _csv(headings, rows)).lines.get()
    assert line.outcome == "refused"
    assert "被改动过" in line.reasons[0]


def test_an_untouched_sheet_changes_nothing(here: Unit, office: User, known: Project) -> None:
    data = actions.offline_sheet(by=office, jurisdiction=here, mark="某人")
    assert outcomes(brought(office, here, "离线.xlsx", data)) == {3: "same"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("坏.xlsx", b"PK\x03\x04broken"),
        ("锁.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
        ("长.csv", ("项目名称,投资方\n" + "甲项目,乙公司\n" * 100_000).encode()),
        ("空.csv", b"\n\n"),
    ],
)
def test_a_bad_file_is_one_sentence(here: Unit, office: User, name: str, data: bytes) -> None:
    batch = brought(office, here, name, data)
    assert batch.state == BatchState.FAILED
    assert batch.message.endswith("。")
    assert batch.message.count("。") == 1


def test_who_may_not_edit_projects_brings_no_list(here: Unit) -> None:
    with pytest.raises(Forbidden):
        actions.receive_batch(by=a_user(here, role="reader"), jurisdiction=here, name="a.csv", data=b"x")


def test_a_unit_brings_projects_for_itself_only(here: Unit) -> None:
    head = a_user(Unit.objects.get(name="云溪镇"), role="head")
    batch = brought(
        head, here, "a.csv", "项目名称,主责单位\n甲项目,云溪镇\n乙项目,云溪市发展和改革局\n丙项目,\n".encode()
    )
    assert outcomes(batch) == {2: "new", 3: "refused", 4: "refused"}


def _csv(headings: list[str], rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [headings, *rows]).encode()
