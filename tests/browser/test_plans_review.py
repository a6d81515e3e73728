"""From a file to a project library in the browser: with the mouse, with the keyboard alone, and on a phone."""

import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Page, expect

from tests.factories.plans import PLAN, a_document, a_jurisdiction, a_read_document, a_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.plan.plans import actions
from zhaoyin.plan.plans.models import Commit, Doubt, PlanDocument
from zhaoyin.plan.plans.tasks import read_document
from zhaoyin.record.projects.models import Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The driver of the browser runs a loop in this thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
INVESTMENT = '[data-path="projects.0.investment_yi"]'


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    return a_user("office", a_jurisdiction())


@pytest.fixture
def address(live_server: Any, office: User) -> str:
    return str(live_server.url)


def sign_in(page: Page, user: User, address: str) -> None:
    """Give the page the session that signing in would."""
    session = import_module(django_settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": address}])


@pytest.fixture
def desk(page: Page, office: User, address: str) -> Page:
    sign_in(page, office, address)
    return page


def faultless(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def open_document(page: Page, address: str, document: PlanDocument) -> None:
    page.goto(f"{address}/plans/documents/{document.pk}/")
    expect(page.get_by_role("heading", name="核对读取结果")).to_be_visible()


def test_from_the_file_to_the_library(desk: Page, address: str, tmp_path: Path) -> None:
    file = tmp_path / "方案.txt"
    file.write_text(PLAN, encoding="utf-8")
    desk.goto(f"{address}/plans/")
    faultless(desk)
    desk.set_input_files("input[type=file]", file)
    desk.get_by_role("button", name="上传并读取").click()
    cell = desk.locator(INVESTMENT)
    cell.click()
    expect(desk.locator('.source-text .is-here[data-p~="projects.0.investment_yi"]')).to_have_text("1000")
    assert desk.locator(".connector path").get_attribute("d")
    cell.dblclick()
    desk.keyboard.type("270亿元")
    desk.keyboard.press("Enter")
    expect(cell.locator(".cell-shown")).to_have_text("270")
    expect(cell.locator(".cell-printed")).to_have_text("原 1000")
    before = int(desk.locator("[data-left]").inner_text())
    desk.get_by_role("link", name="下一处疑点").click()
    desk.locator("details[data-doubt].is-current").get_by_role("button", name="照录原文").click()
    expect(desk.locator("[data-left]")).to_have_text(str(before - 1))
    faultless(desk)
    desk.get_by_role("button", name="确认并建立").click()
    expect(desk.get_by_role("heading", name="已建立")).to_be_visible()
    faultless(desk)
    project = Project.objects.get(name__startswith="青山")
    assert project.investment_yi == 270
    assert Doubt.objects.filter(settlement="照录原文").count() == 1
    desk.goto(f"{address}/plans/{Commit.objects.get().plan_id}/")
    faultless(desk)


def test_a_reader_watches_the_file_being_read(desk: Page, address: str, office: User) -> None:
    document = a_document(office)
    desk.goto(f"{address}/plans/documents/{document.pk}/")
    expect(desk.get_by_text("排队等待读取")).to_be_visible()
    actions.begin_reading(by=office, document_id=document.pk)
    expect(desk.get_by_text("正在打开文件")).to_be_visible()
    faultless(desk)
    read_document.enqueue(document.pk)
    expect(desk.get_by_role("heading", name="核对读取结果")).to_be_visible()


def test_everything_by_keyboard(desk: Page, address: str, office: User) -> None:
    document = a_read_document(office)
    open_document(desk, address, document)
    for _ in range(60):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.dataset.path === 'projects.0.seq'"):
            break
    else:
        pytest.fail("the list of projects is not reached with Tab")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator('[data-path="projects.1.name"]')).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.type("丢掉的改动")
    desk.keyboard.press("Escape")
    expect(desk.locator('[data-path="projects.1.name"] .cell-shown')).to_have_text("白石精密制造项目")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Enter")
    desk.keyboard.type("65000万元")
    desk.keyboard.press("Enter")
    expect(desk.locator('[data-path="projects.1.investment_yi"] .cell-shown')).to_have_text("6.5")
    expect(desk.locator('[data-path="projects.1.investment_yi"]')).to_be_focused()
    desk.locator('[data-expand="1"]').focus()
    desk.keyboard.press("Enter")
    when = desk.locator('[data-path="projects.1.milestones.0.when"]')
    when.focus()
    desk.keyboard.press("F2")
    desk.keyboard.type("5 月底前")
    desk.keyboard.press("Enter")
    expect(desk.locator('[data-path="projects.1.milestones.0.end"] .cell-shown')).to_have_text("2024-05-31")
    expect(desk.locator('[data-path="projects.1.milestones.0.kind"] .cell-shown')).to_have_text("截止")
    faultless(desk)


def test_milestones_and_phases_come_and_go_in_place(desk: Page, address: str, office: User) -> None:
    document = a_read_document(office)
    open_document(desk, address, document)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.locator('[data-expand="0"]').click()
    detail = desk.locator("#detail-0")
    detail.get_by_label("节点内容").fill("二期项目签约")
    detail.get_by_label("时间，如").fill("9 月")
    detail.get_by_role("button", name="加节点").click()
    expect(detail.get_by_text("二期项目签约")).to_be_visible()
    expect(desk.locator('[data-count="milestones"]')).to_have_text("6")
    detail.get_by_role("button", name="删去分期“二期”").click()
    expect(detail.get_by_role("button", name="删去分期“二期”")).to_have_count(0)
    document.refresh_from_db()
    project = document.reading["projects"][0]
    assert [phase["name"] for phase in project["phases"]] == ["一期"]
    assert project["milestones"][-1]["end"] == "2024-09-30"


def test_the_second_of_two_editors_sees_both_values(desk: Page, address: str, office: User) -> None:
    document = a_read_document(office)
    open_document(desk, address, document)
    actions.edit_cell(
        by=office,
        document=document,
        path="projects.0.investment_yi",
        typed="270",
        seen="1000",
        version=document.version,
    )
    cell = desk.locator(INVESTMENT)
    cell.dblclick()
    desk.keyboard.type("300")
    desk.keyboard.press("Enter")
    told = cell.get_by_role("alert")
    expect(told).to_contain_text("“270”")
    expect(told).to_contain_text("“300”")
    told.get_by_role("button", name="用我填的").click()
    expect(cell.locator(".cell-shown")).to_have_text("300")
    document.refresh_from_db()
    assert document.reading["projects"][0]["investment_yi"] == "300"


def test_a_verified_figure_settles_its_doubt(desk: Page, address: str, office: User) -> None:
    document = a_read_document(office)
    doubt = Doubt.objects.get(document=document, field="phases", message__contains="投资")
    open_document(desk, address, document)
    desk.goto(f"{address}/plans/documents/{document.pk}/?doubt={doubt.number}")
    desk.locator(f"#doubt-{doubt.number}").get_by_role("button", name="填核实后的数").click()
    desk.keyboard.type("900")
    desk.keyboard.press("Enter")
    expect(desk.locator(f"#doubt-{doubt.number}")).to_have_class("doubt-details is-current is-settled")
    doubt.refresh_from_db()
    assert "900" in doubt.settlement


def test_a_changed_figure_settles_the_doubt_about_it_and_is_told(desk: Page, address: str, office: User) -> None:
    document = a_read_document(office)
    doubt = Doubt.objects.get(document=document, field="phases", message__contains="投资")
    open_document(desk, address, document)
    about = desk.locator(f"#doubt-{doubt.number}")
    cell = desk.locator(f'[data-path="{about.get_attribute("data-cell")}"]').first
    desk.goto(f"{address}/plans/documents/{document.pk}/?doubt={doubt.number}")
    cell.dblclick()
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.type("900")
    desk.keyboard.press("Enter")
    expect(about).to_have_class("doubt-details is-current is-settled")
    expect(about).to_contain_text("已处理：已填核实后的内容：900")
    expect(cell).not_to_have_class(re.compile(r"\bdoubted\b"))
    desk.get_by_text("修改记录").click()
    expect(desk.locator(".edits")).to_contain_text("900")
    doubt.refresh_from_db()
    assert "900" in doubt.settlement


def test_a_phone_is_enough(phone: Page, address: str, office: User) -> None:
    sign_in(phone, office, address)
    document = a_read_document(office)
    for place in ("/plans/", f"/plans/documents/{document.pk}/", f"/plans/documents/{document.pk}/?open=0"):
        phone.goto(address + place)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, place
        faultless(phone)
    cell = phone.locator(INVESTMENT)
    cell.dblclick()
    phone.keyboard.type("270")
    phone.keyboard.press("Enter")
    expect(cell.locator(".cell-shown")).to_have_text("270")
    phone.get_by_role("button", name="原文").click()
    expect(phone.get_by_role("region", name="原文正文")).to_be_visible()
    expect(cell).to_be_hidden()


def test_the_pages_stand_without_a_script(desk: Page, address: str, office: User) -> None:
    document = a_read_document(office)
    context = desk.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    sign_in(page, office, address)
    page.goto(f"{address}/plans/documents/{document.pk}/?open=0#project-0")
    expect(page.get_by_label("节点内容")).to_be_visible()
    page.goto(f"{address}/plans/documents/{document.pk}/?doubt=1#doubt-1")
    page.locator("#doubt-1").get_by_role("button", name="照录原文").click()
    expect(page.locator("#doubt-1")).to_contain_text("已处理：照录原文")
    page.get_by_role("button", name="确认并建立").click()
    expect(page.get_by_role("heading", name="已建立")).to_be_visible()
    context.close()
