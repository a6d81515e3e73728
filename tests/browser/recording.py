"""What an official enters into the record of a project, in a browser: for the test of it, and for its pictures."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

USCC = "91331082MA28XK0C79"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Record:
    """The record of the project at `address`, at one person's desk."""

    def __init__(self, desk: Page, address: str) -> None:
        self.desk, self.address, self.page = desk, address, f"{address}record/"

    def open(self, card: str, link: str) -> None:
        """Follow a card's link on the page of the record."""
        self.desk.goto(self.page)
        self.desk.locator(f"#{card}").get_by_role("link", name=link).first.click()

    def submit(self, button: str, **words: str) -> None:
        """Fill in the fields of those names and send the form."""
        for field, text in words.items():
            control = self.desk.locator(f"main [name={field}]")
            if control.evaluate("one => one.matches('select')"):
                control.select_option(label=text)
            else:
                control.fill(text)
        self.desk.locator("main").get_by_role("button", name=button, exact=True).click()

    def kept(self, card: str, *words: str) -> None:
        """The page of the record is open again and its card shows the words."""
        expect(self.desk).to_have_url(re.compile(r"/record/$"))
        for one in words:
            expect(self.desk.locator(f"#{card}")).to_contain_text(one)

    def fill_in(self) -> None:
        """A record as it stands after a good year's work: an investor, codes, promises, foreign capital, people."""
        self.open("investors", "登记")
        self.submit("登记", name="云川新材料有限公司", uscc=USCC, percent="60", group="云川集团")
        self.kept("investors", "云川新材料有限公司", USCC, "60%")
        self.open("economy", "修改")
        self.submit(
            "保存", code="2207-331082-04-01-123456", industry="2651", fixed_yi="8", statistics_name="云川树脂一期",
            statistics_yi="9", contracted_wan_usd="2000", contracted_on="2022-07-15",
        )  # fmt: skip
        self.kept("economy", "2207-331082-04-01-123456", "C2651 合成材料制造", "云川树脂一期")
        for year, figures in (("", {"promised": "6000"}), ("2021", {"actual": "4500"})):
            self.open("yields", "记一笔")
            self.submit("记下", measure="税收（万元）", year=year, **figures)
        self.kept("yields", "协议约定", "差 25%")
        self.open("capital", "记到账")
        self.submit("记下", currency="人民币", paid="3500", rate="0.14", note="验资报告 2022-011")
        self.kept("capital", "490 万美元", "汇率 0.14", "验资报告 2022-011")
        self.open("aliases", "添加")
        self.submit("添加", name="云川树脂")
        self.kept("aliases", "云川树脂")
        self.open("team", "加入")
        self.submit("加入", who="领导甲")
        self.kept("team", "领导甲")
        self.open("origin", "修改")
        self.submit("保存", who="云溪商会", on="2022-03-01")
        self.kept("origin", "云溪商会")

    def attach(self, file: Path) -> None:
        """A first version of a file, and a second in its place."""
        for turn in (1, 2):
            file.write_bytes(PDF + b"%%" + str(turn).encode())
            self.desk.goto(self.address)
            card = self.desk.locator("#files")
            if turn == 1:
                card.get_by_role("link", name="上传").click()
            else:
                card.get_by_label(f"更多：{file.name}").click()
                card.get_by_role("link", name="上传新版本").click()
            self.desk.locator("input[type=file]").set_input_files(file)
            self.desk.locator("main").get_by_role("button", name="上传").click()
            expect(self.desk).to_have_url(self.address)
