"""The main way through the library in a browser: find, open, record, look back; by mouse, by keyboard, on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.entering import confirm, second_person
from tests.serving import Served
from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER

pytestmark = pytest.mark.browser


def sign_in(page: Page, served: Served) -> None:
    """Sign in to the sample by the form, from the keyboard."""
    page.goto(f"{served.url}/account/login/")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type(DEMO_USER)
    page.keyboard.press("Tab")
    page.keyboard.type(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}/library/")


def faultless(page: Page) -> None:
    """No finding of axe, and nothing that a reader would have to scroll sideways for."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def desk(page: Page, served: Served) -> Page:
    sign_in(page, served)
    return page


def test_the_pages_are_without_fault_on_a_desk(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/account/login/")
    faultless(page)
    sign_in(page, served)
    for path in ("/library/", "/library/?light=red&q=项目", "/projects/1/", "/projects/10/", "/projects/1/edit/"):
        page.goto(served.url + path)
        faultless(page)
    page.goto(f"{served.url}/projects/1/")
    page.get_by_role("link", name="记进展").click()
    expect(page.locator("dialog[open]").get_by_label("进展")).to_be_focused()
    faultless(page)


def test_the_pages_are_without_fault_on_a_phone(phone: Page, served: Served) -> None:
    phone.goto(f"{served.url}/account/login/")
    faultless(phone)
    sign_in(phone, served)
    for path in ("/library/", "/projects/1/", "/projects/1/notes/new/"):
        phone.goto(served.url + path)
        faultless(phone)


def test_a_filter_is_a_link_and_a_chip(desk: Page, served: Served) -> None:
    desk.get_by_role("link", name=re.compile("逾期 7")).click()
    expect(desk).to_have_url(f"{served.url}/library/?light=red")
    expect(desk.locator("tbody tr")).to_have_count(7)
    desk.get_by_text("加条件").click()
    desk.get_by_role("combobox", name="主责单位").select_option(label="台州湾经开区")
    expect(desk.locator("tbody tr")).to_have_count(2)
    desk.get_by_role("link", name=re.compile("去掉条件：灯")).click()
    expect(desk.locator("tbody tr").nth(2)).to_be_visible()
    expect(desk).to_have_url(re.compile(r"\?unit=\d+$"))


def test_searching_by_the_slash_key(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("光学")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="眼镜光学镜片产业园")).to_be_visible()
    expect(desk.locator("tbody tr")).to_have_count(1)


def test_recording_what_happened_and_looking_back(page: Page, browser: Browser, served_alone: Served) -> None:
    sign_in(page, served_alone)
    page.get_by_role("link", name="眼镜光学镜片产业园").click()
    address = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("眼镜光学镜片产业园")
    expect(page.locator(".page-head")).to_contain_text("逾期 5 天")

    page.get_by_role("link", name="推进阶段").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("进入阶段").select_option(label="签约")
    dialog.get_by_label("协议类型").select_option(label="框架协议")
    dialog.get_by_role("button", name="推进").click()
    expect(page.get_by_role("alert")).to_contain_text("框架协议、章程不算签约")
    page.get_by_label("协议类型").select_option(label="正式投资协议")
    page.get_by_role("button", name="推进").click()
    expect(page).to_have_url(address)
    with second_person(browser, served_alone, "杜桥镇") as second:
        confirm(second, address)
    page.reload()
    expect(page.locator(".step-current")).to_contain_text("签约")
    expect(page.get_by_role("row", name=re.compile("正式签约"))).to_contain_text("7-15 完成")

    late = page.get_by_role("row", name=re.compile("签订框架协议"))
    late.get_by_role("link", name="改期").click()
    page.locator("dialog[open]").get_by_label("新的截止日").fill("2022-08-10")
    page.locator("dialog[open]").get_by_label("改期理由").fill("地价未谈妥")
    page.locator("dialog[open]").get_by_role("button", name="改期").click()
    expect(late).to_contain_text("原定")
    expect(late).to_contain_text("剩 26 天")
    late.get_by_role("link", name="完成").click()
    page.locator("dialog[open]").get_by_role("button", name="完成").click()
    expect(late).to_contain_text("7-15 完成")

    page.get_by_role("link", name="记进展").click()
    page.locator("dialog[open]").get_by_label("进展").fill("签约仪式已举行")
    page.locator("dialog[open]").get_by_role("button", name="记下").click()
    expect(page.locator("#notes")).to_contain_text("签约仪式已举行")
    expect(page.locator("#history")).to_contain_text("地价未谈妥")

    page.locator("summary", has_text="截至").click()
    page.get_by_label("截至日期").fill("2022-07-14")
    page.get_by_role("button", name="按这一天看").click()
    expect(page).to_have_url(address)
    expect(page.locator("#notes")).not_to_contain_text("签约仪式已举行")
    expect(page.locator(".step-current")).to_contain_text("谈判")
    expect(late).to_contain_text("逾期 4 天")
    expect(late).not_to_contain_text("原定")


def test_the_whole_way_by_keyboard(page: Page, served_alone: Served) -> None:
    """From the list to a written note without a mouse; every stop on the way can be seen."""
    sign_in(page, served_alone)

    def tab_to(words: str, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.matches('a, button') && document.activeElement.innerText.trim()")
                == words
            ):
                return
        raise AssertionError(f"“{words}” cannot be reached by Tab")

    tab_to("台州湾新材料产业园项目")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("台州湾新材料产业园项目")
    tab_to("记进展")
    page.keyboard.press("Enter")
    field = page.locator("dialog[open]").get_by_label("进展")
    expect(field).to_be_focused()
    page.keyboard.type("用键盘写下的进展")
    page.keyboard.press("Escape")
    expect(field).not_to_be_visible()
    expect(page.get_by_role("link", name="记进展")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("用键盘写下的进展")
    tab_to("记下")
    page.keyboard.press("Enter")
    expect(page.locator("#notes")).to_contain_text("用键盘写下的进展")


def test_without_scripts_every_form_is_a_page(browser: object, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{served.url}/account/login/")
    page.locator("[name=username]").fill(DEMO_USER)
    page.locator("[name=password]").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{served.url}/projects/1/")
    for name in ("记进展", "推进阶段", "列入节点"):
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.go_back()
    page.get_by_role("link", name="改期").first.click()
    expect(page.get_by_label("改期理由")).to_be_visible()
    context.close()
