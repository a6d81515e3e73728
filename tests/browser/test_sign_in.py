"""Signing in as an auditor does on the first day and on the second: one-time password, own password, telephone, code."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.entering import PASSWORD, faultless, leave, shown_by_the_telephone, sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser


def test_from_the_one_time_password_to_the_code(page: Page, served_alone: Served, tmp_path: Path) -> None:
    told = served_alone.command("user", "add", "shenji", "--role", "auditor")
    one_time = re.search(r"一次性密码 (\S+)", told)
    assert one_time

    page.goto(f"{served_alone.url}/account/login/")
    faultless(page)
    sign_in(page, served_alone.url, "shenji", "Wrong-2022-password")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    sign_in(page, served_alone.url, "shenji", one_time[1])

    # Nothing opens but the page that takes a password of one's own.
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    faultless(page)
    page.get_by_label("新密码", exact=False).first.fill("short")
    page.locator("input[name=new_password2]").fill("short")
    page.get_by_role("button", name="修改", exact=True).click()
    expect(page.get_by_text("密码至少 10 位。").first).to_be_visible()
    for name in ("new_password1", "new_password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    page.get_by_role("button", name="修改", exact=True).click()

    # Then nothing but the page that takes a telephone.
    expect(page.get_by_role("heading", name="启用动态口令")).to_be_visible()
    page.goto(f"{served_alone.url}/library/")
    expect(page.get_by_role("heading", name="启用动态口令")).to_be_visible()
    faultless(page)
    square = page.locator(".factor-square svg")
    expect(square).to_be_visible()
    box = square.bounding_box()
    assert box
    assert box["width"] == box["height"] >= 160
    secret = page.locator("strong.num").inner_text().replace(" ", "")
    code = shown_by_the_telephone(secret, time.time())
    page.get_by_label("手机上显示的 6 位数字").fill(code)
    page.get_by_role("button", name="启用").click()

    # The recovery codes, once.
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    faultless(page)
    codes = [one.replace(" ", "") for one in page.locator(".recovery-codes li").all_inner_texts()]
    assert len(codes) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    download.value.save_as(tmp_path / "codes.txt")
    assert all(one in (tmp_path / "codes.txt").read_text(encoding="utf-8-sig") for one in codes)
    page.get_by_role("button", name="已保存").click()
    page.goto(f"{served_alone.url}/account/security/")
    expect(page.get_by_text("已启用")).to_be_visible()
    expect(page.get_by_text("本机")).to_be_visible()
    faultless(page)

    # The second day: the code of the first is void, the next one opens, and a recovery code stands in for it.
    leave(page)
    sign_in(page, served_alone.url, "shenji", PASSWORD)
    expect(page.get_by_role("heading", name="输入动态口令")).to_be_visible()
    faultless(page)
    page.get_by_label("动态口令").fill(code)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_text("已用过")).to_be_visible()
    page.get_by_label("动态口令").fill(shown_by_the_telephone(secret, time.time() + 30))
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".user-menu")).to_be_visible()
    leave(page)
    sign_in(page, served_alone.url, "shenji", PASSWORD)
    page.get_by_label("动态口令").fill(codes[0])
    page.get_by_role("button", name="继续").click()
    page.goto(f"{served_alone.url}/account/security/")
    expect(page.get_by_text("还剩 9 个")).to_be_visible()
