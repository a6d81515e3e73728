"""A messy list in the browser: brought, looked at, answered, written, taken back."""

import os
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Page, expect

from tests.browser.entering import faultless
from tests.factories.accounts import a_user
from tests.factories.imports import a_messy_sheet
from tests.factories.plans import a_jurisdiction
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations import actions as organisations
from zhaoyin.record.projects.actions import create_project
from zhaoyin.record.projects.models import Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The driver of the browser runs a loop in this thread; Django would take that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    here = a_jurisdiction("云溪市")
    for name in ("云溪镇", "云溪市发展和改革局"):
        organisations.add_unit(by=None, jurisdiction=here, name=name)
    organisations.add_officials(by=None, jurisdiction=here, names=["领导甲", "领导乙"])
    create_project(
        by=None, jurisdiction=here, name="云溪光伏组件项目", known_on=date(2024, 1, 1),
        fields={"investor": "晨曦能源有限公司", "investment_yi": Decimal(5)},
    )  # fmt: skip
    return a_user(here, role="office")


def sign_in(page: Page, user: User, address: str) -> None:
    """Give the page the session that signing in would."""
    session = import_module(django_settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": address}])


def test_a_messy_sheet_is_imported_and_taken_back(page: Page, office: User, live_server: Any) -> None:
    sign_in(page, office, live_server.url)
    page.goto(f"{live_server.url}/imports/")
    faultless(page)
    sheet = {"name": "七拼八凑.xlsx", "mimeType": "application/octet-stream", "buffer": a_messy_sheet()}
    page.locator("input[type=file]").set_input_files(sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="核对导入")).to_be_visible()
    faultless(page)
    _picture(page, "doubtful")
    # The doubtful row is asked about; 700000000 was 元.
    page.get_by_role("button", name="第 9 行：按元").click()
    expect(page.get_by_role("button", name="确认导入 4 行")).to_be_visible()
    page.get_by_role("link", name="更新").click()
    expect(page.get_by_text("总投资（亿元）：5 → 6")).to_be_visible()
    page.get_by_role("link", name="不能导入").click()
    expect(page.get_by_text("没有名为“领导丁”的干部，请核对姓名")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    faultless(page)
    _picture(page, "phone")
    page.get_by_role("button", name="确认导入 4 行").click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible()
    assert Project.objects.get(name="松风疗养项目").investment_yi == Decimal(7)
    _picture(page, "done")
    page.get_by_role("button", name="撤销这次导入").click()
    page.get_by_role("dialog").get_by_role("button").last.click()
    expect(page.get_by_text("已全部撤销")).to_be_visible()
    assert list(Project.objects.values_list("investment_yi", flat=True)) == [Decimal(5)]


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("ZHAOYIN_SHOTS"):
        page.screenshot(path=f"{folder}/imports-{name}.png", full_page=True)
