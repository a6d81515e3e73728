"""The pages of plans: who may see them, what they refuse, and the whole way from a file to a plan and back."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.plans import PLAN, a_document, a_jurisdiction, a_read_document, a_user
from zhaoyin.config.cli import main
from zhaoyin.ground.accounts.models import User
from zhaoyin.plan.plans import actions, queries
from zhaoyin.plan.plans.models import Commit, DocumentState, Plan, PlanDocument
from zhaoyin.record.projects.models import Project

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return a_user("office", a_jurisdiction())


@pytest.fixture
def client(office: User) -> Client:
    client = Client()
    client.force_login(office)
    return client


@pytest.fixture
def document(office: User) -> PlanDocument:
    return a_read_document(office)


def of(name: str, *arguments: int) -> str:
    return reverse(f"plans:{name}", args=arguments)


def words(response: HttpResponse) -> str:
    return response.content.decode()


def every_address(document: PlanDocument, commit: Commit) -> list[tuple[str, str]]:
    """Every page of the room with its method."""
    doubt = document.doubts.first()
    assert doubt is not None
    return [
        ("get", of("document", document.pk)), ("get", of("progress", document.pk)), ("post", of("reread", document.pk)),
        ("post", of("edit", document.pk)), ("post", of("rows", document.pk)), ("get", of("project", document.pk, 0)),
        ("get", of("source", document.pk)), ("post", of("settle", document.pk, 1)), ("post", of("commit", document.pk)),
        ("get", of("commit", document.pk)), ("get", of("committed", commit.pk)), ("get", of("undo", commit.pk)),
        ("post", of("undo", commit.pk)), ("get", of("plan", commit.plan_id or 0)), ("post", of("settle_later", doubt.pk)),
    ]  # fmt: skip


def test_what_belongs_to_another_jurisdiction_does_not_exist(document: PlanDocument, office: User) -> None:
    from zhaoyin.plan.plans.urls import urlpatterns

    commit = actions.commit_document(by=office, document=document, on=document.uploaded_at.date())
    addresses = every_address(document, commit)
    assert len({re.sub(r"\d+", "0", address) for _, address in addresses}) == len(urlpatterns) - 1
    stranger, nobody = Client(), Client()
    stranger.force_login(a_user("stranger", a_jurisdiction("远山市")))
    for method, address in addresses:
        assert getattr(stranger, method)(address).status_code == 404, address
        answer = getattr(nobody, method)(address)
        assert answer.status_code == 302, address
        assert "/login/" in answer["Location"]
    assert "方案.txt" not in words(stranger.get(of("index")))
    assert Commit.objects.get().undone_at is None


def test_a_file_is_taken_in_read_and_shown_for_review(client: Client) -> None:
    file = SimpleUploadedFile("方案.txt", PLAN.encode())
    answer = client.post(of("index"), {"file": file, "year": ""}, follow=True)
    document = PlanDocument.objects.get()
    assert document.state == DocumentState.READ
    assert answer.redirect_chain == [(of("document", document.pk), 302)]
    assert "青山新材料产业园项目" in words(answer)
    assert 'data-path="projects.0.investment_yi"' in words(answer)
    again = client.post(of("index"), {"file": SimpleUploadedFile("方案.txt", PLAN.encode())})
    assert again.status_code == 422
    assert "已经上传过" in words(again)
    assert of("document", document.pk) in words(again)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (None, "请先选择方案文件"),
        (SimpleUploadedFile("方案.exe", b"MZ"), "不能读取这种文件"),
        (SimpleUploadedFile("方案.docx", b""), "空的"),
    ],
)
def test_a_bad_file_leaves_one_sentence_and_nothing_else(
    client: Client, file: SimpleUploadedFile | None, says: str
) -> None:
    answer = client.post(of("index"), {"file": file} if file else {})
    assert answer.status_code == 422
    assert says in words(answer)
    assert not PlanDocument.objects.exists()


def test_a_file_that_cannot_be_read_says_so_on_its_page(client: Client) -> None:
    file = SimpleUploadedFile("方案.docx", b"PK\x03\x04 broken")
    answer = client.post(of("index"), {"file": file}, follow=True)
    assert 'role="alert"' in words(answer)
    assert "重新读取" in words(answer)


def test_the_watching_page_asks_again_until_the_file_is_read(client: Client, office: User) -> None:
    document = a_document(office)
    assert "排队等待读取" in words(client.get(of("document", document.pk)))
    actions.begin_reading(by=office, document_id=document.pk)
    waiting = client.get(of("progress", document.pk))
    assert "正在打开文件" in words(waiting)
    assert "every 1s" in words(waiting)
    actions.fail_reading(by=office, document_id=document.pk, message="文件已损坏。")
    assert client.get(of("progress", document.pk))["HX-Refresh"] == "true"
    answer = client.post(of("reread", document.pk), {"year": ""}, follow=True)
    assert "核对读取结果" in words(answer)


def test_the_source_shows_what_was_read_and_what_is_in_doubt(client: Client, office: User) -> None:
    prose = "一、指导思想\n\n" + "高举旗帜，坚持招商引资，推动高质量发展。\n\n" * 6
    document = a_read_document(office, PLAN.replace("一、目标任务", prose + "一、目标任务"))
    page = words(client.get(of("document", document.pk)))
    assert re.search(r'data-p="[^"]*projects\.0\.investment_yi"[^>]*>1000<', page)
    folded = re.search(r'class="fold" data-at="(\d+)" data-length="(\d+)"', page)
    assert folded is not None
    assert "高举旗帜" not in page
    unfolded = client.get(of("source", document.pk), {"at": folded[1], "count": folded[2]})
    assert words(unfolded).count("高举旗帜") == 6
    for doubt in document.doubts.all():
        assert page.count(f'data-doubt="{doubt.number}"') >= 3, "in the bar, in the source or the row, and its panel"


def test_pages_carry_no_inline_script_or_style(client: Client, document: PlanDocument) -> None:
    for address in (
        of("index"),
        of("document", document.pk),
        of("project", document.pk, 0),
        of("source", document.pk) + "?at=0&count=5",
    ):
        page = words(client.get(address))
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", page), address


def edit(client: Client, document: PlanDocument, path: str, value: str, seen: str, **more: Any) -> HttpResponse:
    fields = {"path": path, "value": value, "seen": seen, "version": document.version, **more}
    return client.post(of("edit", document.pk), fields, **JSON)


def test_a_cell_is_saved_at_once_and_the_second_editor_sees_both_values(client: Client, document: PlanDocument) -> None:
    saved = edit(client, document, "projects.0.investment_yi", "2700000 万元", "1000")
    cell = saved.json()["cells"]["projects.0.investment_yi"]
    assert cell == {"shown": "270", "typed": "270", "printed": "1000", "known": True}
    assert saved.json()["version"] == document.version + 1
    late = edit(client, document, "projects.0.investment_yi", "300", "1000")
    assert late.status_code == 409
    assert (late.json()["now"], late.json()["version"]) == ("270", document.version + 1)
    assert "270" in late.json()["message"]
    wrong = edit(client, document, "projects.0.investment_yi", "很多", "270")
    assert (wrong.status_code, list(wrong.json())) == (422, ["message"])
    page = words(client.get(of("document", document.pk)))
    assert "原 1000" in page


def test_rows_come_and_go_with_a_script_and_without(client: Client, document: PlanDocument) -> None:
    address = of("rows", document.pk)
    fields = {
        "act": "add",
        "path": "projects.1.milestones",
        "text": "投产",
        "when": "年底前",
        "version": document.version,
    }
    answer = client.post(address, fields, **JSON).json()
    assert (answer["index"], answer["counts"]["milestones"]) == (1, 6)
    assert "投产" in answer["detail"]
    plain = client.post(address, {"act": "remove", "path": "projects.1", "version": answer["version"]})
    assert plain.status_code == 302
    page = words(client.get(of("document", document.pk)))
    assert "恢复 白石精密制造项目" in page
    stale = client.post(address, {"act": "remove", "path": "projects.0", "version": document.version}, **JSON)
    assert stale.status_code == 422
    document.refresh_from_db()
    back = client.post(address, {"act": "restore", "which": 0, "version": document.version}, **JSON)
    assert back.json()["counts"]["projects"] == 2


def test_a_doubt_is_settled_and_opened_again(client: Client, document: PlanDocument) -> None:
    answer = client.post(of("settle", document.pk, 1), {"settlement": "已核对"}, **JSON)
    assert answer.json()["settled"] == [1]
    plain = client.post(of("settle", document.pk, 1), {"settlement": ""})
    assert plain["Location"].endswith("?doubt=1#doubt-1")
    assert not document.doubts.filter(settled_at__isnull=False).exists()


def test_a_plan_is_made_shown_and_undone(client: Client, document: PlanDocument) -> None:
    answer = client.post(of("commit", document.pk), follow=True)
    assert "已建立" in words(answer)
    assert Project.objects.count() == 2
    plan = Plan.objects.get()
    page = words(client.get(of("plan", plan.pk)))
    assert "分期投资相加" in page
    doubt = Project.objects.get(name__startswith="青山").doubts.first()
    assert doubt is not None
    client.post(of("settle_later", doubt.pk), {"settlement": "经核实照录"})
    commit = Commit.objects.get()
    asked = words(client.get(of("undo", commit.pk)))
    assert "会失去什么" in asked
    assert "青山新材料产业园项目" in asked, "somebody has settled its doubt since: it stays, and is named"
    undone = words(client.post(of("undo", commit.pk), follow=True))
    assert "项目“青山新材料产业园项目”" in undone
    assert [project.name for project in Project.objects.all()] == ["青山新材料产业园项目"]


def test_a_newer_edition_is_shown_before_it_is_made(client: Client, document: PlanDocument, office: User) -> None:
    client.post(of("commit", document.pk))
    newer = a_read_document(office, PLAN.replace("100 / 白石集团", "120 / 白石集团"), name="方案二.txt")
    shown = client.post(of("commit", newer.pk))
    assert "建立前核对变化" in words(shown)
    assert re.search(r'class="was"[^>]*>100<.*?class="becomes"[^>]*>120<', words(shown), re.DOTALL)
    assert Commit.objects.count() == 1
    client.post(of("commit", newer.pk), {"confirmed": "1"})
    assert str(Project.objects.get(name__startswith="白石").investment_yi).startswith("120")


def test_an_empty_database_gets_its_jurisdiction_from_the_plan(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    client = Client()
    client.force_login(a_user("first", None))
    client.post(of("index"), {"file": SimpleUploadedFile("方案.txt", PLAN.encode())})
    document = PlanDocument.objects.get()
    assert document.jurisdiction is None
    answer = client.post(of("commit", document.pk), follow=True)
    assert "已建立" in words(answer)
    assert Plan.objects.get().jurisdiction.name == "云溪市"
    client.post(of("undo", Commit.objects.get().pk))
    assert "核对读取结果" in words(client.get(of("document", document.pk)))


def test_a_document_without_a_year_says_what_to_do(client: Client, office: User) -> None:
    document = a_read_document(office, PLAN.replace("2024年", "").replace("2024 年", ""))
    answer = client.post(of("commit", document.pk), follow=True)
    assert "没有写明年度" in words(answer)
    assert edit(client, document, "year", "2025", "").json()["reload"] is True
    document.refresh_from_db()
    assert document.reading["projects"][0]["milestones"][0]["end"] == "2025-04-30"


def test_a_thousand_projects_come_page_by_page_with_the_same_queries(
    client: Client, document: PlanDocument, django_assert_max_num_queries: Any
) -> None:
    project = document.reading["projects"][0]
    document.reading["projects"] = [{**project, "name": f"第 {number} 个项目"} for number in range(1000)]
    document.save(update_fields=["reading"])
    with django_assert_max_num_queries(12):
        page = words(client.get(of("document", document.pk) + "?page=3"))
    assert "第 100 个项目" in page
    assert "第 150 个项目" not in page
    assert f"第 {queries.PAGE_SIZE * 2 - 1} 个项目" not in page
    opened = words(client.get(of("document", document.pk) + "?open=900"))
    assert "第 900 个项目" in opened
    assert "加分期" in opened


def test_posts_need_their_token(office: User, document: PlanDocument) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office)
    assert edit(client, document, "title", "甲", document.reading["title"]).status_code == 403
    assert json.loads(json.dumps(document.reading))["title"] != "甲"


def test_a_plan_is_not_known_on_the_past_day_that_a_page_is_set_to(client: Client, document: PlanDocument) -> None:
    PlanDocument.objects.update(reading=document.reading | {"year": document.uploaded_at.year})
    client.post(of("commit", document.pk) + "?as_of=2021-03-01")
    assert Commit.objects.get().on >= document.uploaded_at.date()


def test_the_command_line_reads_anew_what_was_read_without_a_year(office: User, tmp_path: Path) -> None:
    text = PLAN.replace("2024年", "").replace("2024 年", "")
    file = tmp_path / "方案.txt"
    file.write_text(text, encoding="utf-8")
    waiting = a_read_document(office, text)
    assert waiting.reading["year"] is None
    assert main(["plan", "commit", str(file), "--by", "office", "--year", "2024"]) == 0
    plan = Plan.objects.get()
    assert (plan.year, plan.documents.get(), plan.commits.get().on) == (2024, waiting, date(2024, 1, 1))


def test_a_plan_of_another_place_is_named_before_it_is_committed(client: Client, document: PlanDocument) -> None:
    assert "请确认没有传错文件" not in words(client.get(of("document", document.pk)))
    document.reading["place"] = "邻县"
    document.save()
    assert "方案写的地区是“邻县”" in words(client.get(of("document", document.pk)))
