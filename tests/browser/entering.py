"""Ways into the product in a browser, and what every page is held to."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha1

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import serving
from tests.serving import Served
from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER

PASSWORD = "Yunchuan-Chaye-22"


def shown_by_the_telephone(secret: str, at: float) -> str:
    """The six digits for that moment (RFC 6238), reckoned apart from the product."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def faultless(page: Page) -> None:
    """No finding of axe, and nothing that a reader would have to scroll sideways for."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sign_in(page: Page, url: str, name: str = DEMO_USER, password: str = DEMO_PASSWORD) -> None:
    """The sign-in page, filled in and sent."""
    page.goto(f"{url}/account/login/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def first_day(
    page: Page,
    served: Served,
    name: str,
    role: str,
    person: str,
    *,
    unit: str = "",
    look: Callable[[str], object] = lambda what: None,
) -> None:
    """Make an account and go with it through its first day: own password and, where the role asks for a second factor,
    telephone and recovery codes. `look` is called with a name for each page that is there only once.
    """
    within = ["--unit", unit] if unit else []
    told = served.command("user", "add", name, "--role", role, "--display", person, *within)
    one_time = re.search(r"一次性密码 (\S+)", told)
    assert one_time
    sign_in(page, served.url, name, one_time[1])
    for field in ("new_password1", "new_password2"):
        page.locator(f"input[name={field}]").fill(PASSWORD)
    page.get_by_role("button", name="修改", exact=True).click()
    expect(page.get_by_role("heading", name="修改密码")).to_have_count(0)
    if not page.get_by_role("heading", name="启用动态口令").count():
        return
    look("set-up")
    secret = page.locator("strong.num").inner_text().replace(" ", "")
    page.get_by_label("手机上显示的 6 位数字").fill(shown_by_the_telephone(secret, time.time()))
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    look("recovery-codes")
    page.get_by_role("button", name="已保存").click()
    expect(page.locator(".user-menu")).to_be_visible()


def leave(page: Page) -> None:
    """Sign out."""
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


@contextmanager
def second_person(browser: Browser, served: Served, unit: str) -> Iterator[Page]:
    """A window of its own in which the head of a unit is signed in: somebody else than whoever sits at `page`."""
    context = serving.window(browser, serving.DESKTOP)
    page = context.new_page()
    first_day(page, served, "fuzeren", "head", "负责人甲", unit=unit)
    yield page
    context.close()


def confirm(second: Page, address: str, *, evidence: str = "") -> None:
    """Agree to the move of the project at `address`, from the list of what waits; `evidence` is a file to be seen before."""
    second.get_by_role("link", name="待确认").first.click()
    second.get_by_role("link", name="确认或不同意").click()
    if evidence:
        expect(second.get_by_role("link", name=evidence)).to_be_visible()
    second.get_by_label("意见").select_option(label="同意")
    second.get_by_role("button", name="提交").click()
    expect(second).to_have_url(address)
