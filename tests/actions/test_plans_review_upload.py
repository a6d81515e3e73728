"""Taking in documents: kept whole or not at all, recognised when they come again, read once."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.factories.plans import PLAN, a_document, a_jurisdiction, a_read_document, a_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.queries import history
from zhaoyin.plan.plans import actions, stored
from zhaoyin.plan.plans.models import DocumentState, Doubt, PlanDocument
from zhaoyin.plan.plans.queries import file_at
from zhaoyin.plan.plans.tasks import read_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return a_user("office", a_jurisdiction())


def test_a_file_is_kept_under_the_hash_of_its_contents(office: User) -> None:
    document = a_document(office, name="../../方 案.TXT")
    digest = hashlib.sha256(PLAN.encode()).hexdigest()
    assert document.path == f"plans/{digest[:2]}/{digest}.txt"
    assert file_at(document.path).read_text(encoding="utf-8") == PLAN
    assert (document.name, document.state) == ("方 案.TXT", DocumentState.WAITING)
    assert [entry.act for entry in history(document)] == ["plans.document_received"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("方案.exe", b"MZ", "不能读取这种文件"),
        ("方案", b"1", "不能读取这种文件"),
        ("方案.txt", b"", "空的"),
        ("方案.txt", b"x" * 101, "超过"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    office: User, settings: Any, name: str, data: bytes, says: str
) -> None:
    settings.PLAN_DOCUMENT_BYTES = 100
    with pytest.raises(actions.Refused, match=says):
        actions.receive_document(by=office, jurisdiction=office.unit, name=name, data=data)
    assert not PlanDocument.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


def test_the_same_file_is_recognised_in_its_jurisdiction_only(office: User) -> None:
    first = a_document(office)
    with pytest.raises(actions.AlreadyReceived, match="已经上传过") as refusal:
        a_document(office, name="又一次.txt")
    assert refusal.value.document == first
    elsewhere = a_user("elsewhere", a_jurisdiction("远山市"))
    assert a_document(elsewhere).pk != first.pk


def test_reading_stores_source_reading_and_numbered_doubts(office: User) -> None:
    document = a_document(office)
    read_document.enqueue(document.pk)
    document.refresh_from_db()
    assert (document.state, document.message) == (DocumentState.READ, "")
    reading = stored.load_reading(document.reading)
    assert [project.name for project in reading.projects] == ["青山新材料产业园项目", "白石精密制造项目"]
    place = reading.projects[0].places["investment_yi"][0]
    assert stored.load_source(document.source).text_at(place) == "1000"
    doubts = list(Doubt.objects.filter(document=document))
    assert [doubt.number for doubt in doubts] == list(range(1, len(doubts) + 1))
    assert {(doubt.row, doubt.field) for doubt in doubts} >= {(None, "sections"), (0, "phases")}


def test_a_file_that_lies_about_its_kind_fails_with_a_sentence(office: User) -> None:
    document = actions.receive_document(
        by=office, jurisdiction=office.unit, name="方案.docx", data=b"PK\x03\x04 broken"
    )
    read_document.enqueue(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.FAILED
    assert document.message
    assert "Traceback" not in document.message
    assert document.reading == {}


def test_an_accident_while_reading_leaves_a_sentence(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: Any, **__: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("zhaoyin.plan.plans.tasks.interpret", fall)
    document = a_document(office)
    read_document.enqueue(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.FAILED
    assert "boom" not in document.message
    actions.request_reading(by=office, document=document)
    monkeypatch.undo()
    read_document.enqueue(document.pk)
    document.refresh_from_db()
    assert document.state == DocumentState.READ


def test_a_document_without_a_year_is_read_again_for_one(office: User) -> None:
    document = a_read_document(office, PLAN.replace("2024年", "").replace("2024 年", ""))
    assert document.reading["year"] is None
    actions.request_reading(by=office, document=document, year=2025)
    read_document.enqueue(document.pk)
    document.refresh_from_db()
    assert document.reading["projects"][0]["milestones"][0]["end"] == "2025-04-30"


def test_a_second_worker_does_not_overwrite_what_was_edited(office: User) -> None:
    document = a_read_document(office)
    document = actions.edit_cell(
        by=office, document=document, path="projects.0.name", typed="改名项目", seen="青山新材料产业园项目",
        version=document.version,
    )  # fmt: skip
    read_document.enqueue(document.pk)
    document.refresh_from_db()
    assert document.reading["projects"][0]["name"] == "改名项目"
