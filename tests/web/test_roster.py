"""Lists of accounts: what is brought as a file and shown first, what is taken away."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_unit
from zhaoyin.documents.reading.files.rows import read_records
from zhaoyin.ground.accounts import actions
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.accounts.roster import MOST
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Unit:
    return a_jurisdiction("云溪市")


@pytest.fixture
def keeper(place: Unit) -> User:
    return a_user(place, role="system")


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def post(client: Client, name: str, /, **data: Any) -> HttpResponse:
    answer: HttpResponse = client.post(reverse(f"accounts:{name}"), data)
    return answer


def a_book(rows: list[list[Any]], heads: tuple[str, ...] = ("登录名", "姓名", "单位", "手机")) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "账号"
    for row in [list(heads), *rows]:
        sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("名单.xlsx", kept.getvalue())


def sealed(told: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', told)
    assert found
    return found[1]


def test_a_list_is_shown_then_made_and_its_passwords_are_shown_once(keeper: User, place: Unit) -> None:
    a_unit(place, "古城街道")
    client = signed_in(keeper)
    rows = [["wang", "王某", "古城街道", 13800000001], ["li", "李某", "", "138-0000-0002"], ["=1+1", "公式", "", ""]]
    assert "登录名" in text(post(client, "bring", file=a_book(rows)))
    told = text(post(client, "bring", file=a_book(rows[:2])))
    assert "将建立 2 个账号" in told
    assert "13800000001" in told
    assert User.objects.filter(username="wang").count() == 0
    kept = sealed(told)
    made = text(post(client, "confirm_roster", kept=kept))
    passwords = re.findall(r'one-time-cell" data-label="一次性密码">([^<]+)<', made)
    users = [User.objects.get(username=name) for name in ("wang", "li")]
    assert [user.check_password(one) for user, one in zip(users, passwords, strict=True)] == [True, True]
    assert [user.mobile for user in users] == ["13800000001", "13800000002"]
    answer = post(client, "roster_passwords", kept=sealed(made))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[2:] == [["wang", "王某", "古城街道", passwords[0]], ["li", "李某", None, passwords[1]]]
    assert str(keeper) in str(table[0][0])
    assert post(client, "roster_passwords", kept=sealed(made)).status_code == 302
    again = post(client, "confirm_roster", kept=kept)
    assert again.status_code == 422
    assert "账号“wang”已存在" in text(again)
    assert "13800000001" not in str(list(Entry.objects.values("detail")))


@pytest.mark.parametrize(
    ("rows", "heads", "sentence"),
    [
        ([["wang", ""]], ("登录名", "姓名"), "“姓名”没有填写"),
        ([["wang"]], ("登录名",), "表头缺少“姓名”"),
        ([["wang", "王某", "x"]], ("登录名", "姓名", "身份证"), "不认识的列“身份证”"),
        ([], ("登录名", "姓名"), "没有一行账号"),
        ([["wang", "王某"], ["wang", "王某"]], ("登录名", "姓名"), "在文件里有 2 行"),
        ([["wang", "王某", "办公室"]], ("登录名", "姓名", "角色"), "您不能授予角色"),
        ([[f"u{number}", "人"] for number in range(MOST + 1)], ("登录名", "姓名"), f"一次最多导入 {MOST} 个账号"),
        ([["w" * 40000, "王某"]], ("登录名", "姓名"), "“登录名”填的“wwww"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_row_by_row(
    keeper: User, rows: list[list[Any]], heads: tuple[str, ...], sentence: str
) -> None:
    answer = post(signed_in(keeper), "bring", file=a_book(rows, heads))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'name="kept"' not in text(answer)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("名单.xlsx", b""), "文件是空的"),
        (SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 broken"), "请选择|已损坏|无法读取"),
        (SimpleUploadedFile("名单.csv", "登录名,姓名\nwang,王某".encode()), "请选择 Excel 文件"),
        (SimpleUploadedFile("名单.xlsx", b"x" * (2 * 1024 * 1024 + 1)), "文件超过 2 MB"),
        ("", "请选择文件"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(keeper: User, file: Any, sentence: str) -> None:
    answer = post(signed_in(keeper), "bring", file=file)
    assert answer.status_code == 422
    assert re.search(sentence, text(answer))


def test_nobody_sends_back_what_another_was_given(keeper: User, place: Unit) -> None:
    other = signed_in(a_user(place, role="system"))
    kept = sealed(text(post(signed_in(keeper), "bring", file=a_book([["wang", "王某"]]))))
    for forged in (kept, kept[:-1] + ("a" if kept[-1] != "a" else "b"), "", "nonsense"):
        answer = post(other, "confirm_roster", kept=forged)
        assert answer.status_code == 302
        assert post(other, "roster_passwords", kept=forged).status_code == 302
    assert not User.objects.filter(username="wang").exists()


def test_the_template_is_read_back_as_a_list_without_rows(keeper: User, tmp_path: Any) -> None:
    answer = signed_in(keeper).get(reverse("accounts:blank_roster"))
    path = tmp_path / "template.xlsx"
    path.write_bytes(answer.content)
    sheets, _ = read_records(path, name="模板.xlsx")
    assert list(sheets[0].rows[0][1].values()) == ["登录名", "姓名", "单位", "手机"]
    told = text(post(signed_in(keeper), "bring", file=SimpleUploadedFile("模板.xlsx", answer.content)))
    assert "没有一行账号" in told


def test_the_list_is_taken_away_as_shown_and_that_is_on_record(keeper: User, place: Unit) -> None:
    a_user(place, role="head")
    actions.add_user(by=None, username="formula", name="=1+1", fields={"mobile": "13812345678"})
    client = signed_in(keeper)
    answer = client.get(reverse("accounts:export_people") + "?q=formula")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert str(keeper) in str(table[0][0])
    assert [row[0] for row in table[2:]] == ["formula"]
    assert sheet["B3"].data_type == "s"
    assert "13812345678" not in str(table)
    line = Entry.objects.filter(act="accounts.exported").get()
    assert line.by == keeper
    assert line.detail["count"] == 1
    whole = openpyxl.load_workbook(io.BytesIO(client.get(reverse("accounts:export_people")).content)).active
    assert whole is not None
    assert whole.max_row == User.objects.count() + 2
