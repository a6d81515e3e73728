"""Editing a reading before it is committed: stored at once, with a version; nobody overwrites what they have not seen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.plans import a_jurisdiction, a_read_document, a_user
from zhaoyin.plan.plans import actions, review
from zhaoyin.plan.plans.models import Doubt, PlanDocument
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(settings: Any, tmp_path: Path) -> PlanDocument:
    settings.MEDIA_ROOT = tmp_path
    return a_read_document(a_user("office", a_jurisdiction()))


def edit(document: PlanDocument, path: str, typed: str, seen: str, **more: Any) -> PlanDocument:
    more.setdefault("version", document.version)
    return actions.edit_cell(by=document.uploaded_by, document=document, path=path, typed=typed, seen=seen, **more)


def test_an_edit_is_stored_and_the_printed_value_kept(document: PlanDocument) -> None:
    edited = edit(document, "projects.0.investment_yi", "2700000万元", "1000")
    edited.refresh_from_db()
    assert edited.version == document.version + 1
    assert edited.reading["projects"][0]["investment_yi"] == "270"
    assert edited.reading["projects"][0]["printed"] == {"investment_yi": "1000"}


def test_the_second_editor_of_a_cell_is_told_and_of_another_cell_is_not(document: PlanDocument) -> None:
    edit(document, "projects.0.investment_yi", "270", "1000")
    with pytest.raises(actions.Overtaken) as told:
        edit(document, "projects.0.investment_yi", "300", "1000")
    assert (told.value.now, told.value.document.version) == ("270", document.version + 1)
    again = edit(document, "projects.1.name", "白石项目", "白石精密制造项目")
    assert again.reading["projects"][0]["investment_yi"] == "270"


def test_what_cannot_be_stored_changes_nothing(document: PlanDocument) -> None:
    with pytest.raises(review.Unfit):
        edit(document, "projects.0.investment_yi", "很多", "1000")
    document.refresh_from_db()
    assert "printed" not in document.reading["projects"][0]


def test_a_verified_value_settles_its_doubt(document: PlanDocument) -> None:
    doubt = Doubt.objects.get(document=document, field="phases", message__contains="投资")
    edit(document, "projects.0.investment_yi", "270", "1000", settles=doubt.number)
    doubt.refresh_from_db()
    assert doubt.settled_by == document.uploaded_by
    assert "270" in doubt.settlement


def test_doubts_follow_their_project_when_a_row_goes_and_comes_back(document: PlanDocument) -> None:
    edited = actions.add_row(
        by=document.uploaded_by, document=document, path="projects", given={"name": "丙项目"}, version=document.version
    )
    before = {doubt.number: doubt.row for doubt in Doubt.objects.filter(document=document)}
    assert set(before.values()) >= {None, 0}
    removed = actions.remove_row(by=document.uploaded_by, document=edited, path="projects.0", version=edited.version)
    assert [project["name"] for project in removed.reading["projects"]] == ["白石精密制造项目", "丙项目"]
    assert not Doubt.objects.filter(document=document, row=0, message__contains="分期").exists()
    assert not Doubt.objects.filter(document=document, settled_at__isnull=True, message__contains="分期").exists()
    with pytest.raises(actions.Refused, match="刷新"):
        edit(edited, "projects.0.name", "改错了行", "白石精密制造项目")
    back = actions.restore_row(by=document.uploaded_by, document=removed, which=0, version=removed.version)
    assert back.reading["projects"][0]["name"] == "青山新材料产业园项目"
    assert {doubt.number: doubt.row for doubt in Doubt.objects.filter(document=document)} == before
    assert Doubt.objects.filter(document=document, settled_at__isnull=True, message__contains="分期").exists()


def test_what_was_edited_is_what_is_committed_and_then_closed(document: PlanDocument) -> None:
    edited = edit(document, "projects.0.milestones.0.when", "6 月", "4 月")
    edited = actions.remove_row(by=document.uploaded_by, document=edited, path="projects.1", version=edited.version)
    actions.commit_document(by=document.uploaded_by, document=edited, on=date(2024, 3, 1))
    project = Project.objects.get()
    assert project.milestones.first().end == date(2024, 6, 30)
    with pytest.raises(actions.Refused, match="已建立"):
        edit(edited, "projects.0.name", "晚了", "青山新材料产业园项目")
