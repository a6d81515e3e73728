"""`make shots`: photograph every main page of the sample at both sizes into a folder, to be looked at."""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests import serving
from zhaoyin.config.cli import start_django
from zhaoyin.config.cli.sample import DEMO_PASSWORD, DEMO_USER, folder

SIZES = {"desktop": serving.DESKTOP, "phone": serving.PHONE}
PAGES = {
    "library": "/library/",
    "library-red": "/library/?light=red&sort=-money",
    "library-nothing": "/library/?q=没有这样的项目",
    "project": "/projects/1/",
    "project-phases": "/projects/10/",
    "project-people": "/projects/14/",
    "phone-asked": "/projects/contacts/1/phone/",
    "contact": "/projects/contacts/1/",
    "attach": "/projects/14/files/new/",
    "share": "/projects/14/shares/new/",
    "project-new": "/projects/new/",
    "project-edit": "/projects/14/edit/",
    "plans": "/plans/",
    "plan": "/plans/1/",
    "targets": "/targets/",
    "supervision": "/supervision/",
    "bulletin": "/supervision/bulletins/2022-06/",
    "organisations": "/organisations/",
    "unit": "/organisations/units/1/",
    "officials": "/organisations/officials/",
    "groups": "/organisations/groups/",
    "teams": "/organisations/teams/",
    "leading": "/organisations/leading/",
    "organisations-import": "/organisations/import/",
    "password": "/account/password/",
    "mine": "/account/mine/",
    "roles": "/account/roles/",
    "security": "/account/security/",
    "set-up-factor": "/account/second-factor/set-up/",
}
WHOLE = ("library", "project", "bulletin")  # photographed once more from top to bottom


def newer_edition(into: Path) -> Path:
    """The sample's plan as a second edition would come: two figures and a date differ, one project is new."""
    os.environ["ZHAOYIN_DATA_DIR"] = str(into / "settings")  # what reads the files knows the product's models
    start_django()
    from zhaoyin.config.loading.document import plan_document
    from zhaoyin.config.loading.folder import read_folder

    plan = read_folder(folder()).plan
    assert plan is not None
    rows = plan["sections"][0]["projects"]
    rows[0]["investment_yi"], rows[1]["unit"] = 980, "临海经济开发区"
    rows[4]["goals"] = rows[4]["goals"].replace("10月", "9月")
    rows[-1] = {**rows[-1], "seq": 14, "name": "低空装备试验基地项目", "investor": "云翼航空科技有限公司"}
    path = into / "方案（修订稿）.docx"
    path.write_bytes(plan_document(plan, folder(), demo=True)[1])
    return path


def sign_in(page: Page, url: str) -> None:
    """Sign in as the sample's account."""
    page.goto(f"{url}/account/login/")
    page.locator("input[name=username]").fill(DEMO_USER)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()


def review(page: Page, url: str, document: Path) -> str:
    """Upload a document and wait until it is read; returns the review's address."""
    page.goto(f"{url}/plans/")
    page.locator("input[type=file]").first.set_input_files(document)
    if page.get_by_role("button", name="上传").count():
        page.get_by_role("button", name="上传").first.click()
    page.wait_for_url("**/plans/documents/**")
    page.get_by_text("核对读取结果").first.wait_for(timeout=60_000)
    return page.url


def main(target: Path) -> int:
    """Take the pictures; returns 1 where there is no Chromium."""
    program = serving.browser_program()
    if program is None:
        print("No Chromium on this machine (Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    target.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="zhaoyin-shots-") as data,
        serving.serving(Path(data) / "var", "--sample") as served,
        serving.browser(program) as running,
    ):
        document = newer_edition(Path(data))
        reviewed = ""
        for size, dimensions in SIZES.items():
            page = serving.window(running, dimensions).new_page()
            page.goto(f"{served.url}/account/login/")
            page.screenshot(path=target / f"{size}-login.png")
            sign_in(page, served.url)
            reviewed = reviewed or review(page, served.url, document)
            for name, path in {**PAGES, "review": reviewed.removeprefix(served.url)}.items():
                page.goto(served.url + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=target / f"{size}-{name}.png")
                if name in WHOLE:
                    page.screenshot(path=target / f"{size}-{name}-whole.png", full_page=True)
            page.context.close()
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/shots")))
