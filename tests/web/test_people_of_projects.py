"""Contacts, files and shares on pages: what is shown, to whom, with which headers."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.accounts import a_user, signed_in
from tests.factories.files import EXE, PDF
from tests.factories.targets import a_jurisdiction, a_project, a_unit
from zhaoyin.ground.attachments.models import Attachment
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.organisations.actions import add_team
from zhaoyin.ground.organisations.models import Unit
from zhaoyin.record.projects.actions import add_contact, share_project
from zhaoyin.record.projects.models import Contact, Project, Share

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 15)
NUMBER, SHOWN = "139 0000 0017", "139****0017"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture
def here() -> Unit:
    return a_jurisdiction("某某市", opens_on=TODAY)


@pytest.fixture
def project(here: Unit) -> Project:
    made = a_project(here, "甲项目", known_on=date(2022, 1, 10), fields={"unit": a_unit(here, "东镇")})
    add_contact(by=None, project=made, name="联系人甲", post="经理", phone=NUMBER)
    return made


@pytest.fixture
def head(project: Project) -> Client:
    return signed_in(a_user(project.unit, role="head"))


def page(client: Client, project: Project) -> str:
    return client.get(f"/projects/{project.pk}/").content.decode()


def uploaded(client: Client, project: Project, name: str = "纪要.pdf", data: bytes = PDF) -> Any:
    return client.post(f"/projects/{project.pk}/files/new/", {"file": SimpleUploadedFile(name, data)})


def test_the_number_is_nowhere_but_in_the_answer_to_a_reason(head: Client, project: Project, here: Unit) -> None:
    contact = Contact.objects.get()
    assert SHOWN in page(head, project)
    address = f"/projects/contacts/{contact.pk}/phone/"
    quiet = [
        head.post(address, {"reason": "看看"}), head.get(address), head.get(f"/projects/contacts/{contact.pk}/"),
        head.get(f"/projects/{project.pk}/"), head.get("/library/"),
        *(head.get(f"/library/export/?as={form}") for form in ("csv", "xlsx", "table.xlsx", "table.docx")),
    ]  # fmt: skip
    for answer in quiet:
        assert b"0000 0017" not in answer.content
        assert b"13900000017" not in answer.content
    assert quiet[0].status_code == 422
    assert "至少 4 个字" in quiet[0].content.decode()
    assert not Entry.objects.filter(act="projects.phone_opened").exists()
    answer = head.post(address, {"reason": "约谈签约事项"})
    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert Entry.objects.filter(act="projects.phone_opened").count() == 1
    again = page(head, project)
    assert NUMBER not in again
    assert "查看联系人联系人甲的电话，理由：约谈签约事项" in again


def test_nobody_opens_one_number_after_another(head: Client, project: Project, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "phone": 2}
    address = f"/projects/contacts/{Contact.objects.get().pk}/phone/"
    answers = [head.post(address, {"reason": "约谈签约事项"}).status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]
    assert head.get(address).status_code == 200
    assert Entry.objects.filter(act="projects.phone_opened").count() == 2


def test_a_search_for_a_number_finds_nothing(head: Client, project: Project) -> None:
    for word in ("13900000017", "139 0000 0017", "0017", "联系人甲"):
        assert "没有符合条件的项目" in head.get("/library/", {"q": word}).content.decode()


def test_contacts_are_added_edited_and_removed(head: Client, project: Project) -> None:
    wrong = head.post(f"/projects/{project.pk}/contacts/new/", {"name": "乙", "phone": "微信号"})
    assert wrong.status_code == 422
    assert "手机号码或座机号码" in wrong.content.decode()
    assert head.post(f"/projects/{project.pk}/contacts/new/", {"name": "联系人乙", "post": ""}).status_code == 302
    other = Contact.objects.get(name="联系人乙")
    form = head.get(f"/projects/contacts/{other.pk}/").content.decode()
    assert "删去电话" not in form
    head.post(f"/projects/contacts/{other.pk}/", {"name": "联系人丙", "post": "总监", "phone": "0576-85000000"})
    other.refresh_from_db()
    assert (other.name, other.post, other.masked) == ("联系人丙", "总监", "0576-****0000")
    form = head.get(f"/projects/contacts/{other.pk}/").content.decode()
    assert "现为 0576-****0000；不改请留空" in form
    assert "85000000" not in form
    head.post(f"/projects/contacts/{other.pk}/", {"name": "联系人丙", "post": "总监", "phone": "", "forget": "on"})
    other.refresh_from_db()
    assert (other.masked, bool(other.phone)) == ("", False)
    assert head.get(f"/projects/contacts/{other.pk}/remove/").status_code == 405
    head.post(f"/projects/contacts/{other.pk}/remove/")
    assert list(Contact.objects.values_list("name", flat=True)) == ["联系人甲"]


def test_buttons_are_shown_to_whoever_may_use_them(project: Project, here: Unit) -> None:
    leader = page(signed_in(a_user(here, role="leader")), project)
    assert SHOWN in leader
    for words in ("查看号码", "/contacts/new/", "/files/new/", "/shares/new/"):
        assert words not in leader
    reporter = page(signed_in(a_user(project.unit, role="reporter")), project)
    for words, there in (("查看号码", True), ("/files/new/", True), ("/contacts/new/", False), ("/shares/new/", False)):
        assert (words in reporter) is there, words


def test_a_file_goes_up_and_comes_down_safely(head: Client, project: Project) -> None:
    assert uploaded(head, project, "../会议 纪要\u202e.pdf").status_code == 302
    row = Attachment.objects.get()
    assert row.name == "会议 纪要.pdf"
    assert "会议 纪要.pdf" in page(head, project)
    answer = head.get(f"/projects/files/{row.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E4%BC%9A")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Length"] == str(len(PDF))
    line = Entry.objects.get(act="attachments.taken")
    assert (line.subject_id, line.detail) == (row.pk, {"name": row.name, "of": "甲项目"})
    assert "下载" not in page(head, project), "a download changes nothing of the project"
    assert head.post(f"/projects/files/{row.pk}/").status_code == 405


def test_a_file_outside_the_scope_does_not_exist(head: Client, project: Project, here: Unit) -> None:
    uploaded(head, project)
    row = Attachment.objects.get()
    for unit in (a_unit(here, "西镇"), a_jurisdiction("别的市")):
        stranger = signed_in(a_user(unit, role="head"))
        assert stranger.get(f"/projects/files/{row.pk}/").status_code == 404
        assert stranger.post(f"/projects/files/{row.pk}/remove/").status_code == 404
        assert uploaded(stranger, project).status_code == 404
    reader = signed_in(a_user(project.unit, role="reader"))
    assert uploaded(reader, project).status_code == 403
    assert reader.post(f"/projects/files/{row.pk}/remove/").status_code == 403
    assert reader.get(f"/projects/files/{row.pk}/").status_code == 200
    assert Client().get(f"/projects/files/{row.pk}/").status_code == 302
    assert Attachment.objects.count() == 1


def test_what_is_refused_says_why_beside_the_field(head: Client, project: Project, settings: Any) -> None:
    for name, data, words in (
        ("a.exe", EXE, "不收 .exe"), ("a.pdf", EXE, "内容不是PDF"), ("a.pdf", b"", "空的"),
    ):  # fmt: skip
        answer = uploaded(head, project, name, data)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert "请先选择文件" in head.post(f"/projects/{project.pk}/files/new/", {}).content.decode()
    settings.ATTACHMENT_BYTES = 100
    assert "文件超过" in uploaded(head, project, data=PDF * 9).content.decode()
    settings.UPLOAD_BYTES = 200
    answer = uploaded(head, project, data=PDF * 9)
    assert "没有接收" in answer.content.decode()
    assert "请先选择文件" not in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_plan_that_is_too_large_is_not_received_either(here: Unit, settings: Any) -> None:
    settings.UPLOAD_BYTES = 200
    answer = signed_in(a_user(here)).post("/plans/", {"file": SimpleUploadedFile("方案.txt", b"x" * 999)})
    assert answer.status_code == 422
    assert "没有接收" in answer.content.decode()


def test_a_lost_file_is_said_and_not_counted_as_taken(head: Client, project: Project, folder: Path) -> None:
    uploaded(head, project)
    row = Attachment.objects.get()
    (folder / row.path).unlink()
    answer = head.get(f"/projects/files/{row.pk}/", follow=True)
    assert "不在服务器上" in answer.content.decode()
    assert not Entry.objects.filter(act="attachments.taken").exists()


def test_a_removed_file_is_gone_from_the_page_and_stays_in_the_history(head: Client, project: Project) -> None:
    uploaded(head, project)
    row = Attachment.objects.get()
    head.post(f"/projects/files/{row.pk}/remove/")
    assert head.get(f"/projects/files/{row.pk}/").status_code == 404
    shown = page(head, project)
    assert "删除附件“纪要.pdf”" in shown
    assert "还没有文件" in shown


def test_a_shared_project_is_found_everywhere_and_lost_everywhere(head: Client, project: Project, here: Unit) -> None:
    other = a_unit(here, "西镇")
    client = signed_in(a_user(other, role="head"))
    assert client.get(f"/projects/{project.pk}/").status_code == 404
    form = head.get(f"/projects/{project.pk}/shares/new/").content.decode()
    assert f'value="{other.pk}"' in form
    assert f'value="{project.unit_id}"' not in form, "its own unit sees it anyway"
    assert head.post(f"/projects/{project.pk}/shares/new/", {"unit": other.pk}).status_code == 302
    assert "甲项目" in client.get("/library/").content.decode()
    assert "甲项目" in client.get("/library/?q=甲项").content.decode()
    assert "甲项目" in client.get("/library/export/?as=csv").content.decode()
    shown = page(client, project)
    assert "只能查看" in shown
    assert SHOWN in shown
    assert "查看号码" not in shown
    contact = Contact.objects.get()
    for path in ("notes/new/", "edit/", "stage/", "contacts/new/", "files/new/", "shares/new/"):
        assert client.get(f"/projects/{project.pk}/{path}").status_code == 403, path
    assert client.post(f"/projects/contacts/{contact.pk}/phone/", {"reason": "约谈签约事项"}).status_code == 403
    head.post(f"/projects/{project.pk}/shares/new/", {"unit": other.pk, "reports": "on"})
    assert client.post(f"/projects/{project.pk}/notes/new/", {"text": "回访", "on": "2022-07-14"}).status_code == 302
    assert client.get(f"/projects/{project.pk}/edit/").status_code == 403
    share = Share.objects.get()
    assert client.post(f"/projects/shares/{share.pk}/remove/").status_code == 403
    assert head.post(f"/projects/shares/{share.pk}/remove/").status_code == 302
    assert client.get(f"/projects/{project.pk}/").status_code == 404
    assert "甲项目" not in client.get("/library/").content.decode()
    assert "甲项目" not in client.get("/library/export/?as=csv").content.decode()


def test_units_of_another_place_are_not_offered(head: Client, project: Project) -> None:
    far = a_unit(a_jurisdiction("别的市"), "远镇")
    assert "远镇" not in head.get(f"/projects/{project.pk}/shares/new/").content.decode()
    assert head.post(f"/projects/{project.pk}/shares/new/", {"unit": far.pk}).status_code == 422


def test_shares_and_contacts_of_others_do_not_exist(project: Project, here: Unit) -> None:
    share_project(by=None, project=project, unit=a_unit(here, "西镇"))
    stranger = signed_in(a_user(a_unit(here, "北镇"), role="head"))
    contact, share = Contact.objects.get(), Share.objects.get()
    for path in (f"contacts/{contact.pk}/", f"contacts/{contact.pk}/remove/", f"contacts/{contact.pk}/phone/",
                 f"shares/{share.pk}/remove/"):  # fmt: skip
        assert stranger.post(f"/projects/{path}", {"reason": "约谈签约事项"}).status_code == 404


def test_a_team_is_named_in_the_form_and_on_the_page(head: Client, project: Project, here: Unit) -> None:
    team = add_team(by=None, jurisdiction=here, name="新材料专班")
    project.refresh_from_db()
    given = {
        "version": project.version, "name": project.name, "investor": "", "investment_yi": "2", "land_mu": "",
        "unit": project.unit_id, "leaders": "", "team": team.pk, "platform": "", "site": "",
        "content": "",
    }  # fmt: skip
    assert head.post(f"/projects/{project.pk}/edit/", given).status_code == 302
    project.refresh_from_db()
    assert project.team == team
    shown = page(head, project)
    assert "新材料专班" in shown
    assert "专班 空 → 新材料专班" in shown


def test_a_new_project_goes_to_a_unit_inside_the_scope(head: Client, project: Project, here: Unit) -> None:
    other = a_unit(here, "西镇")
    form = head.get("/projects/new/").content.decode()
    assert f'<option value="{project.unit_id}" selected' in form
    assert "西镇" not in form
    assert "未定" not in form.split('name="unit"')[1].split("</select>")[0]
    given = {"name": "乙项目", "stage": "lead", "known_on": "2022-07-10"}
    for unit in (other.pk, ""):
        assert head.post("/projects/new/", given | {"unit": unit}).status_code == 422
    assert head.post("/projects/new/", given | {"unit": project.unit_id}).status_code == 302
    office = signed_in(a_user(here)).get("/projects/new/").content.decode()
    assert "西镇" in office
    assert "未定" in office
