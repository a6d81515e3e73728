"""The record of a project, as an official keeps it: what is wrong is said or asked about, what happened is told."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.entering import faultless, second_person, sign_in
from tests.browser.recording import USCC, Record
from tests.serving import Served
from zhaoyin.ground.accounts.demo import DEMO_USER

pytestmark = pytest.mark.browser
UNIT = "台州湾经济技术开发区"
# The office's account of the sample becomes an official's.
NAMED = f"""
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.organisations.models import Official
User.objects.filter(username="{DEMO_USER}").update(official=Official.objects.order_by("pk").last())
"""


def started(page: Page, served: Served) -> Record:
    """A project that was just entered, of which nothing but its name and unit is known."""
    sign_in(page, served.url)
    page.goto(f"{served.url}/projects/new/")
    page.get_by_label("项目名称").fill("云川高性能树脂项目")
    page.get_by_label("主责单位").select_option(label="台州湾经开区")
    page.get_by_role("button", name="入库").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("云川高性能树脂项目")
    return Record(page, page.url)


def test_a_record_is_kept(page: Page, served_alone: Served, tmp_path: Path) -> None:
    record = started(page, served_alone)

    record.open("investors", "登记")
    record.submit("登记", name="云川新材料有限公司", uscc=USCC[:-1] + "8")
    expect(page.get_by_text("校验位不对，可能有一位输错")).to_be_visible()
    expect(page.locator("[name=uscc]")).to_have_value(USCC[:-1] + "8")
    faultless(page)
    record.fill_in()
    record.kept("capital", "已到账 24.5%")
    faultless(page)

    record.open("economy", "修改")
    record.submit("保存", fixed_yi="65000")
    expect(page.get_by_text("是不是把万元当成了亿元")).to_be_visible()
    faultless(page)
    record.submit("保存", fixed_yi="6.5")
    record.kept("economy", "6.5 亿元")

    record.open("capital", "记到账")
    record.submit("记下", on="2021-12-01", paid="10", note="银行进账单 7")
    expect(page.get_by_text("早于项目入库日")).to_be_visible()
    page.get_by_label("确实如此").check()
    record.submit("记下")
    record.kept("capital", "500 万美元", "银行进账单 7")

    file = tmp_path / "投资协议.pdf"
    record.attach(file)
    expect(page.locator("#files")).to_contain_text("第 2 版")
    page.locator("#files summary", has_text="早先 1 版").click()
    expect(page.locator("#files").get_by_role("link", name="第 1 版")).to_be_visible()
    faultless(page)


def test_a_problem_finds_its_owner_and_its_answer(page: Page, served_alone: Served) -> None:
    record = started(page, served_alone)
    card = page.locator("#problems")
    card.get_by_role("link", name="登记问题").click()
    record.submit("登记", kind="土地", text="用地指标未落实", unit="台州湾经开区", due_on="2022-08-30")
    expect(card).to_contain_text("用地指标未落实")
    expect(card).to_contain_text("应于 8-30 解决")
    card.get_by_role("link", name="修改").click()
    record.submit("保存", due_on="2022-09-15")
    expect(card).to_contain_text("应于 9-15 解决")
    card.get_by_role("link", name="解决").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("答复").fill("指标已下达 40 亩")
    dialog.get_by_role("button", name="解决").click()
    expect(card).to_contain_text("指标已下达 40 亩")
    page.goto(record.page)
    page.locator("#timeline").get_by_role("link", name=re.compile("^问题")).click()
    expect(page.locator("#timeline")).to_contain_text("土地：用地指标未落实")


def test_a_restricted_project_is_seen_by_those_named(page: Page, browser: Browser, served_alone: Served) -> None:
    record = started(page, served_alone)
    record.open("restriction", "限定")
    record.submit("限定", people="领导甲", reason="企业要求保密")
    expect(page.get_by_text("限定后您自己也看不到")).to_be_visible()
    served_alone.command("django", "shell", "-v", "0", "-c", NAMED)
    with second_person(browser, served_alone, UNIT) as second:
        assert second.goto(record.page).status == 200  # type: ignore[union-attr]
        record.open("restriction", "限定")
        record.submit("限定", people="领导甲", reason="企业要求保密")
        record.kept("restriction", "领导甲", "企业要求保密")
        faultless(page)
        for address in (record.address, record.page):
            assert second.goto(address).status == 404  # type: ignore[union-attr]
        second.goto(f"{served_alone.url}/library/?q=云川高性能")
        expect(second.get_by_role("link", name="云川高性能树脂项目")).to_have_count(0)
        page.goto(record.page)
        page.locator("#restriction").get_by_role("button", name="取消限定").click()
        page.locator("dialog[open]").get_by_role("button").last.click()
        expect(page.locator("#restriction")).to_contain_text("角色够得着的人都能看到")
        assert second.goto(record.page).status == 200  # type: ignore[union-attr]
