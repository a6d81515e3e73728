"""Two of one and one of two: a project entered twice becomes one and two again; two people save one form."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.entering import faultless, second_person, sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser
UNIT = "台州湾经济技术开发区"


def entered(page: Page, served: Served, name: str, **facts: str) -> str:
    """Enter a project; where its page is."""
    page.goto(f"{served.url}/projects/new/")
    page.get_by_label("项目名称").fill(name)
    page.get_by_label("主责单位").select_option(label="台州湾经开区")
    for field, words in facts.items():
        page.locator(f"main [name={field}]").fill(words)
    page.get_by_role("button", name="入库").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def test_a_project_entered_twice_becomes_one_and_two_again(page: Page, served_alone: Served) -> None:
    sign_in(page, served_alone.url)
    kept = entered(page, served_alone, "云川高性能树脂项目", investment_yi="12")
    twice = entered(page, served_alone, "云川高性能树脂生产线", investor="云川新材料有限公司")
    page.get_by_role("link", name="记进展").first.click()
    page.locator("dialog[open], main").last.get_by_label("进展").fill("企业实地考察地块")
    page.locator("dialog[open], main").last.get_by_role("button", name="记下").click()
    expect(page.locator("main")).to_contain_text("企业实地考察地块")

    page.goto(f"{twice}record/")
    page.get_by_role("link", name="合并到另一个项目").click()
    faultless(page)
    expect(page.get_by_role("link", name="云川高性能树脂项目", exact=True)).to_be_visible()
    page.get_by_role("link", name="看合并结果").click()
    expect(page.locator("main")).to_contain_text("投资方：云川新材料有限公司")
    faultless(page)
    page.get_by_role("button", name="合并", exact=True).click()
    expect(page).to_have_url(kept)
    for words in ("云川新材料有限公司", "企业实地考察地块", "云川高性能树脂生产线"):
        expect(page.locator("main")).to_contain_text(words)
    faultless(page)

    page.goto(twice)
    expect(page).to_have_url(kept)
    page.goto(f"{served_alone.url}/library/?q=云川高性能树脂")
    expect(page.get_by_role("link", name=re.compile("^云川高性能树脂"))).to_have_count(1)

    page.goto(kept)
    page.get_by_role("link", name="合并记录和撤销").click()
    faultless(page)
    page.get_by_role("button", name="撤销合并").click()
    page.locator("dialog[open]").get_by_role("button").last.click()
    expect(page).to_have_url(twice)
    expect(page.locator("main")).to_contain_text("企业实地考察地块")
    page.goto(kept)
    expect(page).to_have_url(kept)
    expect(page.locator("main")).not_to_contain_text("企业实地考察地块")
    expect(page.locator("main")).not_to_contain_text("云川新材料有限公司")


def test_the_second_of_two_editors_decides_field_by_field(page: Page, browser: Browser, served_alone: Served) -> None:
    sign_in(page, served_alone.url)
    address = entered(page, served_alone, "云川高性能树脂项目", investment_yi="12", land_mu="100")
    with second_person(browser, served_alone, UNIT) as second:
        for desk in (page, second):
            desk.goto(f"{address}edit/")
        second.locator("main [name=investor]").fill("云川新材料有限公司")
        second.locator("main [name=investment_yi]").fill("15")
        second.get_by_role("button", name="保存").click()
        expect(second).to_have_url(address)

        page.locator("main [name=investment_yi]").fill("18")
        page.locator("main [name=land_mu]").fill("120")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("对照合并")
        asked = page.get_by_role("group", name="总投资")
        for words in ("原来：12", "别人的：15", "我的：18"):
            expect(asked).to_contain_text(words)
        expect(page.locator("main fieldset")).to_have_count(1)
        expect(page.locator("main")).to_contain_text("负责人甲")
        expect(page.locator("main")).to_contain_text("投资方为“云川新材料有限公司”")
        faultless(page)
        asked.get_by_label("我的").check()
        page.get_by_role("button", name="按所选保存").click()
        expect(page).to_have_url(address)
        second.goto(f"{address}edit/")
        for field, words in {"investor": "云川新材料有限公司", "investment_yi": "18", "land_mu": "120"}.items():
            expect(second.locator(f"main [name={field}]")).to_have_value(words)
