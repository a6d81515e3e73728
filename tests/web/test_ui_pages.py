"""The components in a browser, from the files of the build alone: no server, no database."""

import gzip
import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from django.urls import include, path
from playwright.sync_api import Page, Route

from zhaoyin.ground.ui import asof, built, context, gallery, navigation

pytestmark = pytest.mark.browser

HOST = "http://components.test"
POLICY = "default-src 'self'; img-src 'self' data:"
KINDS = {"css": "text/css", "js": "text/javascript"}
FIRST_LOAD = 120_000
urlpatterns = [path("view/", include("zhaoyin.ground.ui.urls"))]


@pytest.fixture(autouse=True)
def frame(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A frame with invented words and every item; the addresses behind them lead nowhere."""
    settings.ROOT_URLCONF = __name__
    words = {
        "place": "东湾市",
        "plan": "2022 年招大引强攻坚行动",
        "demo": True,
        "notices": 7,
        "footer": "口径：方案第二条",
    }
    monkeypatch.setattr(
        context, "_providers", {key: lambda request, value=value: value for key, value in words.items()}
    )
    monkeypatch.setattr(asof, "_opening", [])
    monkeypatch.setattr(navigation, "_counters", {})
    monkeypatch.setattr(navigation, "address", lambda name: f"/{name.replace(':', '/')}/")


def show(page: Page, address: str) -> None:
    """Open one of the gallery's pages as the product would send it."""

    def answer(route: Route) -> None:
        url = route.request.url.removeprefix(HOST)
        if url.startswith("/static/dist/"):
            name = url.rpartition("/")[2]
            route.fulfill(body=(built.DIST / name).read_bytes(), content_type=KINDS[name.rpartition(".")[2]])
        else:
            route.fulfill(body=sent(url), content_type="text/html", headers={"Content-Security-Policy": POLICY})

    page.route(f"{HOST}/**", answer)
    page.goto(HOST + address)


def sent(url: str) -> bytes:
    request = RequestFactory().get(url)
    request.user = SimpleNamespace(is_authenticated=True, get_username=lambda: "投资促进中心")  # type: ignore[assignment]
    request._messages = []  # type: ignore[attr-defined]
    view = gallery.table if url.startswith("/list/") else gallery.parts
    return view(request).content


@pytest.mark.parametrize("address", ["/list/?stage=lead", "/parts/"])
def test_axe_finds_nothing(page: Page, phone: Page, address: str) -> None:
    for window in (page, phone):
        show(window, address)
        found = Axe().run(window)
        assert not found.violations_count, found.generate_report()
        assert window.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_first_load_is_light(page: Page) -> None:
    manifest = json.loads((built.DIST / "manifest.json").read_text(encoding="utf-8"))
    files = [(built.DIST / manifest[name]).read_bytes() for name in ("app.css", "app.js")]
    assert sum(len(gzip.compress(one)) for one in [*files, sent("/list/")]) < FIRST_LOAD


def test_styles_speak_to_browsers_of_2022() -> None:
    for sheet in built.DIST.glob("*.css"):
        assert not re.search(r"oklch\(|oklab\(|light-dark\(|color-mix\(", sheet.read_text(encoding="utf-8")), sheet.name


def test_the_slash_finds_the_search_and_leaves_typing_alone(page: Page) -> None:
    show(page, "/parts/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.focus("#id_result")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "id_result"
    assert "/" in page.input_value("#id_result")


def test_chosen_rows_bring_up_the_bulk_bar(page: Page) -> None:
    show(page, "/list/")
    assert not page.is_visible(".bulk")
    page.check("[data-check=bulk] >> nth=2")
    page.check("[data-check=bulk] >> nth=5")
    assert page.inner_text(".bulk strong") == "已选 2 个"
    assert page.locator("tr[aria-selected=true]").count() == 2
    page.check("[data-check-all]")
    assert page.inner_text(".bulk strong") == "已选 20 个"
    page.click("[data-bulk-clear]")
    assert not page.is_visible(".bulk")


def test_arrows_walk_down_a_table_and_a_click_opens_a_row(page: Page) -> None:
    show(page, "/list/")
    page.focus("tbody tr:nth-child(1) .name a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#row-3"
    page.click("tbody tr:nth-child(4) .keep")
    assert page.url.endswith("#row-4")


def test_a_head_stays_while_the_rows_scroll(page: Page) -> None:
    show(page, "/list/")
    before = page.locator("thead th").first.bounding_box()
    page.locator(".table-scroll").evaluate("box => box.scrollTo(0, 300)")
    assert page.locator("thead th").first.bounding_box() == before
    assert page.locator("tfoot").is_visible()


def test_a_dialog_opens_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    show(page, "/parts/")
    page.click("[data-open=slip]")
    assert page.evaluate("document.activeElement.closest('dialog').id") == "slip"
    page.keyboard.press("Escape")
    assert not page.is_visible("#slip")
    assert page.evaluate("document.activeElement.dataset.open") == "slip"
    page.click("[data-open=side]")
    page.click("#side [data-close]")
    assert not page.is_visible("#side")


def test_a_destructive_act_asks_and_says_what_is_lost(page: Page) -> None:
    show(page, "/parts/")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.method))
    page.click("text=撤销导入")
    question = page.locator("dialog[aria-label=请确认]")
    assert "13 个项目将全部删除" in question.inner_text()
    question.get_by_text("取消").click()
    assert "POST" not in posted
    page.click("text=撤销导入")
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator("dialog[aria-label=请确认]").get_by_text("撤销导入").click()


def test_a_choice_of_filter_is_enough_and_leaves_a_short_address(page: Page) -> None:
    show(page, "/list/?stage=signed")
    page.click("summary:has-text('加条件')")
    page.select_option("#filter-light", "red")
    page.wait_for_url("**/list/?**light=red**")
    assert page.url == f"{HOST}/list/?stage=signed&light=red"
    page.click("[aria-label='去掉条件：灯 逾期']")
    page.wait_for_url("**/list/?stage=signed")


def test_what_was_typed_is_not_lost_by_a_wrong_click(page: Page) -> None:
    show(page, "/parts/")
    page.fill("#id_name", "新名称")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.click(".sidenav-item >> nth=1")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.input_value("#id_name") == "新名称"
