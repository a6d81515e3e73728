"""The bulletin in the browser: its checks, a figure's records, the document; the targets; both sizes, without the mouse."""

import os
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Page, expect

from tests.factories.targets import a_jurisdiction, a_plan, a_project, a_unit, an_official
from zhaoyin.ground.accounts.actions import add_user
from zhaoyin.ground.accounts.models import User
from zhaoyin.kernel.stages import Stage
from zhaoyin.plan.schedules.actions import add_milestones
from zhaoyin.record.projects.actions import raise_problem, record_foreign_capital

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The driver of the browser runs a loop in this thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
JUNE = "/supervision/bulletins/2022-06/"


@pytest.fixture
def office() -> User:
    """An account of a city with a plan, two projects, one late milestone and one problem."""
    city = a_jurisdiction("某某市", demo=True)
    a_plan(city)
    unit, leaders = a_unit(city, "东镇"), [an_official(city, f"领导{letter}") for letter in "甲乙"]
    first = a_project(
        city, "甲项目", yi="12.5", reached={Stage.SIGNED: date(2022, 6, 1)}, fields={"unit": unit}, leaders=leaders
    )
    a_project(city, "乙项目", yi=None, reached={Stage.SIGNED: date(2022, 3, 1)})
    promise = {"text": "土地招拍挂", "when": "5月", "start": None, "end": date(2022, 5, 31), "kind": "planned"}
    add_milestones(by=None, promises=[(first, promise)], known_on=date(2022, 1, 1))
    raise_problem(
        by=None, project=first, kind="land", text="指标没有落实", on=date(2022, 5, 1), due_on=date(2022, 6, 1)
    )
    record_foreign_capital(by=None, jurisdiction=city, on=date(2022, 4, 1), amount_wan_usd=Decimal(2760), note="凭证")
    user, _ = add_user(by=None, username="office", unit=city, role="office")
    user.must_change_password = False
    user.save()
    return user


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


def sign_in(page: Page, user: User, address: str) -> None:
    """Give the page the session that signing in would, on 15 July 2022."""
    session = import_module(django_settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["as_of"] = "2022-07-15"
    session.create()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": address}])


def faultless(page: Page) -> None:
    """No finding of axe, and nothing that a reader would have to scroll sideways for."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_bulletin_from_the_list_to_the_document(page: Page, office: User, address: str) -> None:
    sign_in(page, office, address)
    page.goto(address + "/supervision/")
    page.get_by_role("link", name="2022年6月").click()
    checks = page.get_by_role("region", name="印发前检查")
    expect(checks.locator(".check-item").first).to_contain_text("未报单位")
    expect(checks).to_contain_text("项全部相符")
    sheet = page.get_by_role("article", name="督查通报")
    expect(sheet).to_contain_text("本年累计签约 2 个、总投资 12.5 亿元")
    expect(sheet).to_contain_text("土地招拍挂")
    page.get_by_label("发文字号").fill("某投促办〔2022〕6号")
    page.get_by_role("button", name="填入").click()
    expect(page.get_by_role("article", name="督查通报")).to_contain_text("某投促办〔2022〕6号")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出文档").click()
    assert download.value.suggested_filename == "招大引强督查通报_2022-06.docx"
    with ZipFile(download.value.path()) as archive:
        assert "某投促办〔2022〕6号" in archive.read("word/document.xml").decode()


def test_a_figure_opens_its_records_by_the_keyboard(page: Page, office: User, address: str) -> None:
    sign_in(page, office, address)
    page.goto(address + JUNE)
    figure = page.get_by_role("article", name="督查通报").locator('a[href$="figure=late/all"]').first
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("逾期节点")
    expect(page.get_by_role("table")).to_contain_text("甲项目")


def test_a_wrong_number_stops_the_document(page: Page, office: User, address: str) -> None:
    sign_in(page, office, address)
    page.goto(address + JUNE + "?number=某投促办[2022]6号")
    expect(page.get_by_role("button", name="导出文档")).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".check-fail")).to_contain_text("六角括号")


@pytest.mark.parametrize("size", ["page", "phone"])
def test_the_pages_are_faultless(size: str, request: pytest.FixtureRequest, office: User, address: str) -> None:
    window: Page = request.getfixturevalue(size)
    sign_in(window, office, address)
    window.goto(address + "/targets/")
    expect(window.locator(".target-name").first).to_be_visible()
    faultless(window)
    window.get_by_role("link", name="1 条记录，1 条未计入").first.click()
    expect(window.get_by_role("heading", level=1)).to_have_text("签约亿元以上产业项目")
    faultless(window)
    for path in ("/supervision/", JUNE, f"{JUNE}records/?figure=signed/all", "/supervision/bulletins/2022-09/"):
        window.goto(address + path)
        expect(window.locator("h1")).to_be_visible()
        faultless(window)
