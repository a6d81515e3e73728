"""`make shots`: photograph every main page of the sample at both sizes into a folder, to be looked at.

The office's pages are taken as the sample's account; the administrators' and those of people who see little as accounts
that go through their first day here.
"""

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from playwright.sync_api import Page

from tests import serving
from tests.browser.entering import first_day, sign_in
from tests.browser.recording import Record
from zhaoyin.config.cli import start_django
from zhaoyin.config.cli.sample import folder

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
    "record": "/projects/14/record/",
    "record-bare": "/projects/2/record/",
    "record-problem": "/projects/14/problems/new/",
    "record-economy": "/projects/14/economy/",
    "record-yield": "/projects/14/yields/new/",
    "record-capital": "/projects/14/capital/new/",
    "record-investor": "/projects/14/investors/new/",
    "record-alias": "/projects/14/aliases/new/",
    "record-team": "/projects/14/team/new/",
    "record-origin": "/projects/14/origin/",
    "record-restrict": "/projects/14/restrict/",
    "investors": "/projects/investors/",
    "investor": "/projects/investors/1/",
    "investor-edit": "/projects/investors/1/edit/",
    "leading-industries": "/projects/leading-industries/",
    "standing": "/projects/14/standing/terminate/",
    "hand-on": "/projects/14/standing/transfer/",
    "evidence": "/projects/14/evidence/signed/",
    "stage-missing": "/projects/1/stage/",
    "send-back": "/projects/14/stage/back/",
    "moves": "/projects/moves/",
    "gates": "/projects/gates/",
    "gates-edit": "/projects/gates/edit/",
    "project-new": "/projects/new/",
    "project-edit": "/projects/14/edit/",
    "plans": "/plans/",
    "plan": "/plans/1/",
    "targets": "/targets/",
    "supervision": "/supervision/",
    "bulletin": "/supervision/bulletins/2022-06/",
    "organisations": "/organisations/",
    "password": "/account/password/",
    "mine": "/account/mine/",
    "roles": "/account/roles/",
    "security": "/account/security/",
    "set-up-factor": "/account/second-factor/set-up/",
}
# Role → who holds it, the unit it holds in, pages.
ROLES: dict[str, tuple[str, str, dict[str, str]]] = {
    "system": ("系统员甲", "", {
        "people": "/account/people/",
        "person-new": "/account/people/new/",
        "person-edit": "/account/people/2/edit/",
        "roster": "/account/people/bring/",
        "tree": "/organisations/",
        "tree-search": "/organisations/?q=镇",
        "unit": "/organisations/units/3/",
        "unit-edit": "/organisations/units/3/edit/",
        "unit-new": "/organisations/units/new/",
        "unit-close": "/organisations/units/3/close/",
        "officials": "/organisations/officials/",
        "official": "/organisations/officials/1/",
        "post-new": "/organisations/officials/1/posts/new/",
        "groups": "/organisations/groups/",
        "group-lead": "/organisations/groups/1/lead/",
        "teams": "/organisations/teams/",
        "team-edit": "/organisations/teams/1/edit/",
        "leading": "/organisations/leading/",
        "organisations-import": "/organisations/import/",
        "refused": "/library/",
        "not-there": "/organisations/units/9999/",
    }),
    "security": ("安全员乙", "", {
        "person": "/account/people/1/",
        "grant": "/account/people/1/grant/",
        "roles": "/account/roles/",
    }),
    "auditor": ("审计员丙", "", {
        "journal": "/journal/",
        "journal-refusals": "/journal/?outcome=refused",
        "journal-line": "/journal/lines/1/",
        "verification": "/journal/verification/",
        "factor-kept": "/account/security/",
    }),
    "team": ("专员戊", "市投资促进中心", {"library-of-nothing": "/library/", "may": "/account/mine/"}),
    "reporter": ("填报员己", "台州湾经济技术开发区", {
        "library": "/library/",
        "project": "/projects/1/",
        "stage": "/projects/1/stage/",
        "note": "/projects/1/notes/new/",
        "problem": "/projects/1/problems/new/",
        "milestone": "/milestones/1/reach/",
        "targets": "/targets/",
        "refused": "/supervision/",
    }),
}  # fmt: skip
WHOLE = ("library", "project", "record", "record-bare", "bulletin")  # photographed once more from top to bottom


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


def review(page: Page, url: str, document: Path) -> str:
    """Upload a document and wait until it is read; returns the review's address."""
    page.goto(f"{url}/plans/")
    page.locator("input[type=file]").first.set_input_files(document)
    if page.get_by_role("button", name="上传").count():
        page.get_by_role("button", name="上传").first.click()
    page.wait_for_url("**/plans/documents/**")
    page.get_by_text("核对读取结果").first.wait_for(timeout=60_000)
    return page.url


def at_both_sizes(page: Page, target: Path, name: str) -> None:
    """Photograph what is open in a window of either size: for pages that are there only once."""
    for size, dimensions in [*SIZES.items(), ("", serving.DESKTOP)]:
        page.set_viewport_size({"width": dimensions["width"], "height": dimensions["height"]})
        if size:
            page.screenshot(path=target / f"{size}-{name}.png")


def act_as_system(page: Page, url: str, target: Path, into: Path) -> None:
    """Bring a list that is right and one that is not, and make an account."""
    for name, unit in (("right", "杜桥镇"), ("wrong", "杜桥镇镇")):
        book = openpyxl.Workbook()
        for row in (("登录名", "姓名", "单位", "手机"), ("dq-01", "填报员甲", unit, "13900000001")):
            book.worksheets[0].append(row)
        book.save(into / f"{name}.xlsx")
        page.goto(f"{url}/account/people/bring/")
        page.locator("input[type=file]").set_input_files(into / f"{name}.xlsx")
        page.get_by_role("button", name="上传并核对").click()
        page.get_by_role("heading", name="核对账号清单").wait_for()
        at_both_sizes(page, target, f"system-roster-{name}")
    page.goto(f"{url}/account/people/new/")
    page.locator("input[name=username]").fill("dq-02")
    page.locator("input[name=name]").fill("填报员乙")
    page.get_by_role("button", name="建立").click()
    page.get_by_text("请当面或电话告知本人").wait_for()
    at_both_sizes(page, target, "system-person-made")


def keep_record(page: Page, url: str, into: Path) -> None:
    """Fill in the record of one project."""
    record = Record(page, f"{url}/projects/14/")
    record.fill_in()
    record.attach(into / "投资协议.pdf")


def act_as_auditor(page: Page, url: str) -> None:
    """Have the journal verified."""
    page.goto(f"{url}/journal/")
    page.get_by_role("button", name="核验").click()
    page.get_by_text("链完整").wait_for()


def photograph(page: Page, url: str, target: Path, start: str, pages: Mapping[str, str]) -> None:
    """Each page into a file whose name begins with `start`."""
    for name, path in pages.items():
        page.goto(url + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=target / f"{start}-{name}.png")
        if name in WHOLE:
            page.screenshot(path=target / f"{start}-{name}-whole.png", full_page=True)


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
            page.wait_for_load_state()
            if not reviewed:
                reviewed = review(page, served.url, document)
                keep_record(page, served.url, Path(data))
            pages = {**PAGES, "review": reviewed.removeprefix(served.url)}
            photograph(page, served.url, target, size, pages)
            page.context.close()
        for role, (person, unit, pages) in ROLES.items():
            page = serving.window(running, serving.DESKTOP).new_page()
            first_day(
                page, served, role, role, person, unit=unit,
                look=lambda name, page=page, role=role: at_both_sizes(page, target, f"{role}-{name}"),
            )  # fmt: skip
            if role == "system":
                act_as_system(page, served.url, target, Path(data))
            elif role == "auditor":
                act_as_auditor(page, served.url)
            for size, dimensions in SIZES.items():
                page.set_viewport_size({"width": dimensions["width"], "height": dimensions["height"]})
                photograph(page, served.url, target, f"{size}-{role}", pages)
            page.context.close()
    print(f"{len(list(target.glob('*.png')))} pictures in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/shots")))
