"""The way of a project from the first lead to production: at every gate what is missing leads to its field, and a second
person confirms the signing and the landing.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.entering import confirm, faultless, second_person, sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser
UNIT = "台州湾经济技术开发区"
# What is missing at the gates of the default table: the field that its link leads to, and what is filled in there.
FIELDS = {
    "投资方": ("id_investor", "云川新材料有限公司"),
    "项目内容": ("id_content", "建设年产 2 万吨高性能树脂生产线"),
    "主责单位": ("id_unit", "台州湾经开区"),
    "总投资": ("id_investment_yi", "12"),
    "联系领导": ("id_leaders", "领导甲"),
    "选址": ("id_site", "头门港南洋区块"),
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Way:
    """One project on its way, at one person's desk."""

    def __init__(self, desk: Page, address: str) -> None:
        self.desk, self.address = desk, address

    def missing(self, stage: str) -> list[str]:
        """What the project's page says is missing for the stage, in its order."""
        self.desk.goto(self.address)
        block = self._block(stage)
        return block.get_by_role("link").all_inner_texts() if block.count() else []

    def fill_in(self, stage: str) -> None:
        """Follow the first link for as long as there is one; each leads to its field, and the list grows shorter."""
        left = self.missing(stage)
        while left:
            self._block(stage).get_by_role("link", name=left[0]).click()
            field, words = FIELDS[left[0]]
            expect(self.desk).to_have_url(re.compile(f"/edit/#{field}$"))
            control = self.desk.locator(f"#{field}")
            expect(control).to_be_focused()
            if control.evaluate("one => one.matches('select')"):
                control.select_option(label=words)
            else:
                control.fill(words)
            self.desk.get_by_role("button", name="保存").click()
            expect(self.desk).to_have_url(self.address)
            after = self.missing(stage)
            assert after == left[1:]
            left = after

    def move(self, stage: str, paper: str = "") -> None:
        """Move on in the dialog of the project's page."""
        self.desk.goto(self.address)
        self.desk.get_by_role("link", name="推进阶段").click()
        dialog = self.desk.locator("dialog[open]")
        expect(dialog.get_by_label("进入阶段")).to_have_value(re.compile("."))
        dialog.get_by_label("进入阶段").select_option(label=stage)
        if paper:
            dialog.get_by_label("协议类型").select_option(label=paper)
        dialog.get_by_role("button", name="推进").click()

    def stands(self, stage: str) -> None:
        """Whether the project's page says so."""
        self.desk.goto(self.address)
        expect(self.desk.locator(".step-current")).to_contain_text(stage)

    def hang(self, stage: str, item: str, file: Path) -> None:
        """Hang a file on an item of evidence, by the link that the project's page has for it."""
        self.desk.goto(self.address)
        self.desk.locator("#gates").get_by_role("link", name=item).click()
        self.desk.locator("#evidence-item").select_option(label=item)
        self.desk.locator("input[type=file]").set_input_files(file)
        self.desk.get_by_role("button", name="附上").click()
        expect(self.desk.get_by_role("link", name=file.name)).to_be_visible()
        faultless(self.desk)
        self.desk.goto(self.address)
        expect(self.desk.locator("#gates")).to_contain_text(f"{stage}凭据 1/2")

    def _block(self, stage: str):  # type: ignore[no-untyped-def]
        return self.desk.locator("#gates .section", has_text=re.compile(f"进入“{stage}”还缺"))


def test_from_the_first_lead_to_production(page: Page, browser: Browser, served_alone: Served, tmp_path: Path) -> None:
    agreement = tmp_path / "投资协议.pdf"
    agreement.write_bytes(PDF)
    sign_in(page, served_alone.url)
    page.goto(f"{served_alone.url}/projects/new/")
    page.get_by_label("项目名称").fill("云川高性能树脂项目")
    page.get_by_role("button", name="入库").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("云川高性能树脂项目")
    way = Way(page, page.url)
    way.stands("信息")

    assert way.missing("研判") == ["投资方", "主责单位", "项目内容"]
    way.move("研判")
    expect(page.get_by_text("还缺这些，先补上：")).to_be_visible()
    way.fill_in("研判")
    way.move("研判")
    way.stands("研判")

    assert way.missing("谈判") == ["总投资"]
    way.fill_in("谈判")
    way.move("谈判")
    way.stands("谈判")
    done = page.locator("#gates").get_by_role("button", name="完成").first
    done.click()
    expect(page.locator("#gates")).to_contain_text("1/3 已完成")

    assert way.missing("签约") == ["联系领导"]
    way.fill_in("签约")
    way.hang("签约", "正式投资协议", agreement)
    way.move("签约", paper="正式投资协议")
    way.stands("谈判")
    expect(page.locator("#gates")).to_contain_text("须由另一个人确认")
    expect(page.get_by_role("link", name="确认或不同意")).to_have_count(0)
    with second_person(browser, served_alone, UNIT) as second:
        confirm(second, way.address, evidence="投资协议.pdf")
        way.stands("签约")

        assert way.missing("落地") == ["选址"]
        way.fill_in("落地")
        way.move("落地")
        way.stands("签约")
        confirm(second, way.address)
        way.stands("落地")

    for stage in ("开工", "投产"):
        assert way.missing(stage) == []
        way.move(stage)
        way.stands(stage)
    faultless(page)
    expect(page.locator("#history")).to_contain_text("开工 → 投产")


def test_a_project_is_paused_and_taken_up_again(page: Page, served_alone: Served) -> None:
    sign_in(page, served_alone.url)
    page.get_by_role("link", name="眼镜光学镜片产业园").click()
    address = page.url
    page.locator("#standing").get_by_role("link", name="暂缓").click()
    faultless(page)
    page.get_by_label("原因").fill("用地指标未落实")
    page.get_by_label("何时再议").fill("2022-09-01")
    page.get_by_role("button", name="暂缓").click()
    expect(page).to_have_url(address)
    expect(page.locator(".page-head")).to_contain_text("暂缓")
    expect(page.locator("#standing")).to_contain_text("推进中 → 暂缓：用地指标未落实")
    faultless(page)
    page.locator("summary", has_text="截至").click()
    page.get_by_label("截至日期").fill("2022-07-14")
    page.get_by_role("button", name="按这一天看").click()
    expect(page.locator(".page-head")).to_contain_text("逾期 4 天")
    page.goto(f"{served_alone.url}/library/")
    page.locator("summary", has_text="截至").click()
    page.get_by_label("截至日期").fill("2022-07-15")
    page.get_by_role("button", name="按这一天看").click()
    page.goto(address)
    page.locator("#standing").get_by_role("link", name="恢复推进").click()
    page.get_by_label("原因").fill("指标已下达")
    page.get_by_role("button", name="恢复推进").click()
    expect(page.locator(".page-head")).to_contain_text("逾期 5 天")
