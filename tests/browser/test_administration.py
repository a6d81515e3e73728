"""The administrators' main ways in a browser: organisations as the office keeps them, accounts and roles, the journal."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.entering import faultless, first_day, leave, sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser


def test_a_unit_is_made_found_closed_and_taken_away_as_a_file(page: Page, served_alone: Served, tmp_path: Path) -> None:
    url = served_alone.url
    sign_in(page, url)
    page.goto(f"{url}/organisations/")
    faultless(page)
    page.get_by_role("link", name="新增单位").click()
    page.get_by_label("名称", exact=False).first.fill("市低空经济专班办公室")
    faultless(page)
    page.get_by_role("button", name="建立").click()
    expect(page.get_by_text("“市低空经济专班办公室”已建立").first).to_be_visible()

    page.goto(f"{url}/organisations/?q=低空")
    page.get_by_role("link", name="市低空经济专班办公室").click()
    expect(page.get_by_role("heading", name="市低空经济专班办公室")).to_be_visible()
    faultless(page)
    page.locator("summary[aria-label=更多]").click()
    page.get_by_role("link", name="撤销或合并").click()
    faultless(page)
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_role("button", name="恢复")).to_be_visible()

    page.goto(f"{url}/organisations/")
    with page.expect_download() as download:
        page.get_by_text("导出导入").click()
        page.get_by_role("link", name="导出名册").click()
    download.value.save_as(tmp_path / "book.xlsx")
    names = {row[1] for row in openpyxl.load_workbook(tmp_path / "book.xlsx")["单位"].iter_rows(values_only=True)}
    assert "市低空经济专班办公室" in names


def test_a_team_changes_hands_and_last_month_keeps_its_people(page: Page, served_alone: Served) -> None:
    url = served_alone.url
    sign_in(page, url)
    page.goto(f"{url}/organisations/teams/")
    faultless(page)
    page.get_by_role("link", name="修改").first.click()
    page.get_by_label("招商专员").fill("专员乙")
    page.get_by_label("人员变动自").fill("2022-07-01")
    faultless(page)
    page.get_by_role("button", name="保存").click()
    first = page.locator(".card", has_text="数字经济专班").first
    expect(first.get_by_text("当日不在任 1 人")).to_be_visible()
    faultless(page)
    page.goto(f"{url}/organisations/teams/?as_of=2022-06-15")
    expect(page.locator(".card", has_text="数字经济专班").first.get_by_role("link", name="专员甲")).to_be_visible()


def test_an_account_is_made_by_one_and_gets_its_role_from_another(page: Page, served_alone: Served) -> None:
    url = served_alone.url
    first_day(page, served_alone, "xitong", "system", "系统甲")
    page.goto(f"{url}/account/people/")
    faultless(page)
    page.get_by_role("link", name="新建账号").click()
    page.get_by_label("登录名").fill("zhangxin")
    page.get_by_label("姓名", exact=False).first.fill("张新")
    page.get_by_label("单位").fill("投资促进中心")
    faultless(page)
    page.get_by_role("button", name="建立").click()
    expect(page.get_by_text("只显示这一次")).to_be_visible()
    faultless(page)
    page.get_by_role("link", name="已告知本人，继续").click()
    expect(page.get_by_text("还没有角色")).to_be_visible()
    expect(page.get_by_role("link", name="授予角色")).to_have_count(0)
    address = page.url
    leave(page)

    first_day(page, served_alone, "anquan", "security", "安全乙")
    page.goto(address)
    page.get_by_role("link", name="授予角色").click()
    page.get_by_text("单位填报员", exact=True).click()
    faultless(page)
    page.get_by_role("button", name="授予", exact=True).click()
    expect(page.get_by_text("从下一次操作起是单位填报员")).to_be_visible()
    expect(page.get_by_text("单位填报员：").first).to_be_visible()  # what the person may do, and why
    faultless(page)
    expect(page.get_by_role("link", name="修改")).to_have_count(0)


def test_the_auditor_finds_a_line_and_verifies_the_journal(page: Page, phone: Page, served_alone: Served) -> None:
    url = served_alone.url
    sign_in(phone, url)
    phone.goto(f"{url}/journal/mine/")
    expect(phone.get_by_text("登录（密码").first).to_be_visible()
    faultless(phone)

    first_day(page, served_alone, "shenji", "auditor", "审计丙")
    page.goto(f"{url}/journal/")
    faultless(page)
    page.goto(f"{url}/journal/?who=审计丙")
    page.get_by_role("link", name="启用动态口令").first.click()
    expect(page.get_by_role("heading", name="启用动态口令")).to_be_visible()
    faultless(page)
    page.goto(f"{url}/journal/")
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_role("status")).to_contain_text("完整")
    faultless(page)
