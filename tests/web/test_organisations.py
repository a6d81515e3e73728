"""The pages of organisations: who sees and changes what, two editors, a workbook out and in."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import a_user, signed_in
from zhaoyin.ground.organisations import actions
from zhaoyin.ground.organisations.models import Appointment, InvestmentGroup, Official, SpecialTeam, Unit, Workbook

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 15)


@pytest.fixture
def city() -> Unit:
    """A city with a unit, people, a group and a team."""
    city = actions.add_jurisdiction(by=None, name="云溪市", code="330200")
    bureau = actions.add_unit(
        by=None, jurisdiction=city, name="市发改局", short_name="发改", founded_on=date(2001, 2, 3)
    )
    closed = actions.add_unit(by=None, jurisdiction=city, name="市经贸局")
    actions.close_unit(by=None, unit=closed, on=date(2019, 3, 1), into=bureau)
    leader, other = (actions.add_official(by=None, jurisdiction=city, name=name) for name in ("领导甲", "=领导乙"))
    actions.add_appointment(by=None, official=leader, unit=city, post="市领导", since=date(2021, 1, 1))
    actions.add_appointment(by=None, official=other, unit=bureau, post="局长", kind="head", until=date(2022, 5, 31))
    group = actions.add_group(
        by=None, jurisdiction=city, number=1, name="第1招商组", lead=leader, since=date(2022, 1, 1)
    )
    actions.set_group_lead(by=None, group=group, official=other, since=date(2022, 6, 1))
    actions.add_team(
        by=None, jurisdiction=city, name="新材料专班", fund="子基金", people={"leader": [leader], "commissioner": [other]},
        since=date(2022, 1, 1),
    )  # fmt: skip
    return city


@pytest.fixture
def client(city: Unit, settings: Any) -> Client:
    settings.AS_OF = DAY
    return signed_in(a_user(city))


def address(name: str, *args: int) -> str:
    return reverse(f"organisations:{name}", args=args)


def text(client: Client, name: str, *args: int) -> str:
    answer = client.get(address(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def bring(client: Client, book: openpyxl.Workbook | bytes) -> Any:
    """Upload a workbook; the preview's answer, or that of the upload."""
    data = book if isinstance(book, bytes) else saved(book)
    answer = client.post(address("import"), {"file": SimpleUploadedFile("名册.xlsx", data)})
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def exported(client: Client) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(client.get(address("export")).content))


def confirm(client: Client, preview: Any) -> Any:
    outcome = preview.context["outcome"] if preview.context else None
    digest = outcome.digest if outcome else preview.content.decode().split('name="digest" value="')[1].split('"')[0]
    return client.post(address("import_do", Workbook.objects.get().pk), {"digest": digest})


# ---- pages ----
def test_the_pages_tell_what_there_is(city: Unit, client: Client) -> None:
    tree = text(client, "index")
    assert all(words in tree for words in ("云溪市", "330200", "市发改局", "已撤销 1 个", "并入市发改局"))
    card = text(client, "unit", city.pk)
    assert "领导甲" in card
    assert "市领导" in card
    assert "现为" not in text(client, "teams")
    assert "缺中层干部：应有 1 名。" in text(client, "teams")
    groups = text(client, "groups")
    assert "2022-06-01 起" in groups
    assert "2022-05-31" in groups


def test_a_wrong_form_says_why_and_keeps_what_was_typed(city: Unit, client: Client) -> None:
    bureau = Unit.objects.get(name="市发改局")
    answer = client.post(address("unit_new"), {"above": city.pk, "kind": "department", "name": "市发改局"})
    assert answer.status_code == 422
    assert "已有同名的单位“市发改局”" in answer.content.decode()
    moved = client.post(address("unit_move", bureau.pk), {"above": bureau.pk, "version": bureau.version})
    assert moved.status_code == 422
    assert "不能作自己的上级" in moved.content.decode()
    assert "1900-03-01" in client.post(address("unit_close", bureau.pk), {"on": "0022-01-01"}).content.decode()


def test_the_second_editor_sees_both_versions(city: Unit, client: Client) -> None:
    bureau = Unit.objects.get(name="市发改局")
    actions.edit_unit(by=None, unit=Unit.objects.get(pk=bureau.pk), fields={"short_name": "发展改革"})
    typed = {"name": "市发改局", "short_name": "改革", "kind": "department", "version": bureau.version}
    answer = client.post(address("unit_edit", bureau.pk), typed)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "刚被别人改过" in words
    assert "现在库里是：发展改革" in words
    assert 'value="改革"' in words
    typed["version"] = bureau.version + 1
    assert client.post(address("unit_edit", bureau.pk), typed).status_code == 302


def test_what_lies_outside_the_scope_is_not_there(city: Unit, settings: Any) -> None:
    settings.AS_OF = DAY
    bureau, leader = Unit.objects.get(name="市发改局"), Official.objects.get(name="领导甲")
    group, team, post = InvestmentGroup.objects.get(), SpecialTeam.objects.get(), Appointment.objects.first()
    assert post
    stranger = signed_in(a_user(actions.add_jurisdiction(by=None, name="远山市")))
    for name, pk in (
        ("unit", bureau.pk), ("unit_edit", bureau.pk), ("unit_move", bureau.pk), ("unit_close", bureau.pk), ("branch", city.pk),
        ("official", leader.pk), ("official_edit", leader.pk), ("post_new", leader.pk), ("post_edit", post.pk),
        ("post_end", post.pk), ("group_edit", group.pk), ("group_lead", group.pk), ("team_edit", team.pk),
    ):  # fmt: skip
        assert stranger.get(address(name, pk)).status_code == 404, name
    for name in ("index", "officials", "groups", "teams", "leading"):
        assert "云溪" not in text(stranger, name)
        assert "领导甲" not in text(stranger, name)
    assert "云溪" not in stranger.get(address("index") + "?q=云溪").content.decode().replace(
        'value="云溪"', ""
    ).replace("“云溪”", "")
    book = exported(stranger)
    assert [row[1] for row in book["单位"].iter_rows(min_row=2, values_only=True)] == ["远山市"]
    book["单位"].append(["云溪市", "外来局", None, "部门"])
    assert "没有名为“云溪市”的上级，或不在您的范围内。" in bring(stranger, book).content.decode()


def test_buttons_that_one_may_not_use_are_not_shown(city: Unit, settings: Any) -> None:
    settings.AS_OF = DAY
    reader = signed_in(a_user(city, "supervisor"))
    assert "新增单位" not in text(reader, "index")
    assert "修改" not in text(reader, "unit", city.pk).split("修改历史")[0]
    assert reader.post(address("unit_edit", city.pk), {"name": "改"}).status_code == 403
    assert Unit.objects.get(pk=city.pk).name == "云溪市"


def test_a_teams_people_change_from_a_day_on(city: Unit, client: Client) -> None:
    team, leader, other = (
        SpecialTeam.objects.get(),
        Official.objects.get(name="领导甲"),
        Official.objects.get(name="=领导乙"),
    )
    typed = {
        "version": team.version, "name": team.name, "fund": "子基金", "base": "产业园", "leader": other.pk, "section": "",
        "commissioner": "=领导乙", "since": "",
    }  # fmt: skip
    refused = client.post(address("team_edit", team.pk), typed)
    assert refused.status_code == 422
    assert "“领导甲”不再任市领导，请填写人员变动的日期。" in refused.content.decode()
    team.refresh_from_db()
    assert team.base == "", "nothing was half written"
    assert client.post(address("team_edit", team.pk), typed | {"since": "2022-07-01"}).status_code == 302
    assert [(row.official, row.until) for row in team.members.filter(seat="leader").order_by("pk")] == [
        (leader, date(2022, 6, 30)), (other, None),
    ]  # fmt: skip
    page = text(client, "teams")
    assert "当日不在任 1 人" in page
    assert "在专班中重复" in page
    june = client.get(address("teams") + "?as_of=2022-06-15").content.decode()
    assert "在专班中重复" not in june
    assert "2022-01-01 至 2022-06-30" in text(client, "official", leader.pk)


# ---- the workbook ----
def test_a_team_and_its_people_come_from_a_workbook(city: Unit, client: Client) -> None:
    book = exported(client)
    book["专班"].append(["云溪市", "新能源专班", "母基金", "产业园", None])
    book["干部"].append(["云溪市", "领导丙"])
    people = book["专班成员"]
    people.append(["云溪市", "新能源专班", "领导甲", "市领导", "2022-02-01", None])
    people.append(["云溪市", "新能源专班", "领导丙", "市领导", None, "2022-01-31"])
    people.append(["云溪市", "没有的专班", "领导甲", "招商专员", None, None])
    assert [(one.sheet, one.row) for one in _outcome(client, book).faults] == [("专班成员", 6)]
    people.delete_rows(6)
    preview = bring(client, book)
    assert "“领导甲”任“新能源专班”的市领导" in preview.content.decode()
    assert confirm(client, preview).status_code == 302
    team = SpecialTeam.objects.get(name="新能源专班")
    assert {(str(row), row.since, row.until) for row in team.members.all()} == {
        ("领导甲", date(2022, 2, 1), None), ("领导丙", None, date(2022, 1, 31)),
    }  # fmt: skip
    assert "没有改动" in bring(client, client.get(address("export")).content).content.decode()


def test_an_export_reads_back_unchanged(city: Unit, client: Client) -> None:
    for n in range(2):
        county = actions.add_jurisdiction(by=None, name=f"第{n}县", above=city)
        actions.add_unit(by=None, jurisdiction=county, name="县发改局")
        section = actions.add_unit(by=None, jurisdiction=county, name="综合科")
        actions.add_unit(by=None, jurisdiction=county, name=f"县经信局{n}", above=section)
    answer = bring(client, client.get(address("export")).content)
    assert "没有改动" in answer.content.decode()


def test_a_workbook_changes_what_its_preview_said_and_nothing_before(city: Unit, client: Client) -> None:
    book = exported(client)
    rows = book["单位"]
    rows.append(["市新设局", "项目科", None, "部门", None, "否", None, None, None])  # stands before the one above it
    rows.append(["云溪市", "市新设局", None, "部门", None, "是", date(2022, 7, 1), None, None])
    rows["C3"] = "发改委"
    book["干部"].append(["云溪市", "领导丙"])
    book["任职"].append(["云溪市", "领导丙", "市新设局", "局长", "单位主要领导", "2022/7/1", None])
    before = Unit.objects.count()
    preview = bring(client, book)
    words = preview.content.decode()
    for said in ("新增“市新设局”", "“市发改局”的简称：发改 → 发改委", "“领导丙”任“市新设局”的“局长”", "5 处"):
        assert said in words
    assert Unit.objects.count() == before
    assert confirm(client, preview).status_code == 302
    made = Unit.objects.get(name="项目科")
    assert Unit.objects.get_parent(made).name == "市新设局"
    assert Unit.objects.get(short_name="发改委").name == "市发改局"
    assert not Workbook.objects.exists()
    assert "没有改动" in bring(client, saved(book)).content.decode()


def test_what_is_wrong_is_said_with_sheet_and_row_and_nothing_is_written(city: Unit, client: Client) -> None:
    book = exported(client)
    rows = book["单位"]
    rows.append(["甲局", "乙局", None, "部门"])
    rows.append(["乙局", "甲局", None, "部门"])
    rows.append(["云溪市", "错码县", None, "行政区划", "999999"])
    rows.append(["云溪市", "好局", None, "部门"])
    rows.append(["云溪市", "市发改局", None, "部门"])
    book["任职"].append(["云溪市", "领导甲", "云溪市", "市领导", "市领导", "2022-01-01", None])
    book["任职"].append(["云溪市", "领导甲", "云溪市", "副市长", "市领导", "2022-01-02", "2022-01-01"])
    book["任职"].append(["云溪市", "没有的人", "云溪市", "副市长", "市领导", None, None])
    faults = {(one.sheet, one.row, one.words[:12]) for one in _outcome(client, book).faults}
    assert {(sheet, row) for sheet, row, _ in faults} >= {
        ("单位", 5), ("单位", 6), ("单位", 7), ("单位", 9), ("任职", 4), ("任职", 5), ("任职", 6),
    }  # fmt: skip
    assert ("单位", 8) not in {(sheet, row) for sheet, row, _ in faults}
    assert not Unit.objects.filter(name="好局").exists()


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [("D2", "部", "“类别”“部”应为"), ("G2", "2022-13-45", "不是日期"), ("F2", "也许", "应为“是”或“否”"),
     ("B2", None, "“名称”没有填写"), ("B1", "名字", "不认识的列“名字”"), ("B2", "长" * 101, "超过 100 个字")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_named(city: Unit, client: Client, cell: str, value: Any, said: str) -> None:
    book = exported(client)
    book["单位"][cell] = value
    assert said in bring(client, book).content.decode()


def test_formulas_are_never_run_and_never_come_back_as_formulas(city: Unit, client: Client) -> None:
    book = exported(client)
    names = [row[1] for row in book["干部"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in names][1] == ("=领导乙", "s")
    book["干部"].append(["云溪市", '=HYPERLINK("http://x","y")'])
    assert "“姓名”没有填写" in bring(client, book).content.decode()


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(city: Unit, client: Client, data: bytes) -> None:
    answer = client.post(address("import"), {"file": SimpleUploadedFile("名册.xlsx", data)}, follow=True)
    answer = client.get(answer.redirect_chain[-1][0], follow=True) if answer.redirect_chain else answer
    assert answer.status_code in (200, 422)
    assert not Workbook.objects.exists()


def test_an_import_waits_when_somebody_changed_something_meanwhile(city: Unit, client: Client) -> None:
    book = exported(client)
    book["单位"]["C3"] = "发改委"
    preview = bring(client, book)
    actions.edit_unit(by=None, unit=Unit.objects.get(name="市发改局"), fields={"short_name": "改革"})
    answer = confirm(client, preview)
    assert answer.status_code == 422
    assert "又有别人改过" in answer.content.decode()
    assert Unit.objects.get(name="市发改局").short_name == "改革"


def _outcome(client: Client, book: openpyxl.Workbook) -> Any:
    bring(client, book)
    return actions.preview_workbook(by=None, workbook=Workbook.objects.get())
