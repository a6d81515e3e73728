"""Signing in as an auditor does on the first day and on the second: one-time password, own password, telephone, code."""

import base64
import hmac
import re
import struct
import time
from hashlib import sha1
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.serving import Served

pytestmark = pytest.mark.browser

PASSWORD = "Yunchuan-Chaye-22"


def shown_by_the_telephone(secret: str, at: float) -> str:
    """The six digits for that moment (RFC 6238), reckoned apart from the product."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def faultless(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def sign_in(page: Page, url: str, password: str) -> None:
    page.goto(f"{url}/account/login/")
    page.get_by_label("账号").fill("shenji")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_from_the_one_time_password_to_the_code(page: Page, served_alone: Served, tmp_path: Path) -> None:
    told = served_alone.command("user", "add", "shenji", "--role", "auditor")
    one_time = re.search(r"一次性密码 (\S+)", told)
    assert one_time

    page.goto(f"{served_alone.url}/account/login/")
    faultless(page)
    sign_in(page, served_alone.url, "Wrong-2022-password")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    sign_in(page, served_alone.url, one_time[1])

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
    sign_in(page, served_alone.url, PASSWORD)
    expect(page.get_by_role("heading", name="输入动态口令")).to_be_visible()
    faultless(page)
    page.get_by_label("动态口令").fill(code)
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_text("已用过")).to_be_visible()
    page.get_by_label("动态口令").fill(shown_by_the_telephone(secret, time.time() + 30))
    page.get_by_role("button", name="继续").click()
    expect(page.locator(".user-menu")).to_be_visible()
    leave(page)
    sign_in(page, served_alone.url, PASSWORD)
    page.get_by_label("动态口令").fill(codes[0])
    page.get_by_role("button", name="继续").click()
    page.goto(f"{served_alone.url}/account/security/")
    expect(page.get_by_text("还剩 9 个")).to_be_visible()


def leave(page: Page) -> None:
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
