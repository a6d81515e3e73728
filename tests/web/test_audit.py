"""The journal's pages: the auditor reads all of it, everybody their own lines, and reading leaves a line."""

import ast
import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.architecture.tree import PACKAGE
from tests.factories.accounts import a_user, signed_in
from tests.factories.plans import a_jurisdiction
from tests.journal import unguarded, write
from zhaoyin.config import environment
from zhaoyin.ground.access.rules import Permission
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.audit import queries
from zhaoyin.ground.journal import actions
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.journal.sentences import known_acts, sentence
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return a_jurisdiction("云溪市")


@pytest.fixture
def auditor(unit: Unit) -> User:
    return a_user(unit, role="auditor")


@pytest.fixture
def officer(unit: Unit) -> User:
    user = a_user(unit)
    actions.record(
        by=user, act="targets.set", subject=unit, jurisdiction_id=unit.pk,
        detail={"targets": [{"name": "签约", "act": "updated", "before": {"value": "12"}, "after": {"value": "15"}}]},
    )  # fmt: skip
    actions.refuse(by=user, act="accounts.refused", detail={"path": "/plans/new/", "wanted": "建立方案"})
    return user


def page(client: Client, name: str = "audit:index", query: str = "", *args: Any) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_auditor_reads_everybodys_lines_and_leaves_one(auditor: User, officer: User) -> None:
    shown = page(signed_in(auditor))
    assert "修改“签约”" in shown
    assert "访问 /plans/new/ 被拒绝" in shown
    line = Entry.objects.filter(act="audit.read").latest("id")
    assert (line.by, line.detail["page"]) == (auditor, 1)
    assert "查阅全部日志" in page(signed_in(auditor))


def test_everybody_reads_their_own_lines_only(auditor: User, officer: User, unit: Unit) -> None:
    other = a_user(unit)
    client = signed_in(officer)
    assert "修改“签约”" in page(client, "audit:mine")
    assert "修改“签约”" not in page(signed_in(other), "audit:mine")
    line = officer.journal_entries.get(act="targets.set")
    assert page(client, "audit:entry", "", line.pk)
    assert signed_in(other).get(reverse("audit:entry", args=[line.pk])).status_code == 404
    assert not Entry.objects.filter(act="audit.line_read").exists()
    page(signed_in(auditor), "audit:entry", "", line.pk)
    assert Entry.objects.get(act="audit.line_read").detail == {"line": line.pk}


def test_a_line_shows_what_was_before_beside_what_is_now(auditor: User, officer: User) -> None:
    line = officer.journal_entries.get(act="targets.set")
    shown = page(signed_in(auditor), "audit:entry", "", line.pk)
    assert re.search(r"签约：.*?12.*?15", shown, re.DOTALL)
    assert "改动前" in shown


def test_a_line_is_told_without_keys(auditor: User, officer: User) -> None:
    line = Entry.objects.filter(act="accounts.role_granted", subject_id=str(officer.pk)).latest("pk")
    shown = page(signed_in(auditor), "audit:entry", "", line.pk)
    told = re.sub(r"<[^>]*>", " ", shown[shown.index("改动前") :])
    assert "角色" in told
    assert "办公室" in told
    assert not re.search(r"\b(roles?|unit|office)\b", told)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?act=targets.set", {"targets.set"}),
        ("?outcome=refused", {"accounts.refused"}),
        ("?q=云溪&act=targets.set", {"targets.set"}),
        ("?q=白石", set()),
        ("?who=没有这个人", set()),
        ("?until=2020-01-01", set()),
        ("?since=2020-01-01&act=targets.set", {"targets.set"}),
        ("?since=2999-01-01", set()),
    ],
)
def test_filters(auditor: User, officer: User, query: str, found: set[str]) -> None:
    from django.http import QueryDict

    listing = queries.read(QueryDict(query[1:]), queries.LIST)
    rows, _ = queries.listed(queries.visible_to(auditor), listing)
    assert {row.act for row in rows} == found
    assert page(signed_in(auditor), query=query)


def test_lines_of_one_person_and_of_one_record(auditor: User, officer: User, unit: Unit) -> None:
    from django.http import QueryDict

    for query, count in ((f"who={officer.username}", 2), (f"record=organisations.unit:{unit.pk}&act=targets.set", 1)):
        rows, _ = queries.listed(queries.visible_to(auditor), queries.read(QueryDict(query), queries.LIST))
        assert len(rows) == count
    assert "云溪市" in page(signed_in(auditor), query=f"?record=organisations.unit:{unit.pk}")


@pytest.mark.parametrize(
    "query",
    ["?since=x", "?since=9999-12-31&until=9999-12-31", "?record=x", "?record=a:99999999999999999999", "?record=a.b:-1",
     "?act=x", "?page=9999999", "?sort=x", "?who=%00", "?q=%25"],
)  # fmt: skip
def test_bad_addresses_are_answered_with_a_page(auditor: User, officer: User, query: str) -> None:
    page(signed_in(auditor), query=query)


def test_the_export_says_who_took_it_and_is_journalled(auditor: User, officer: User) -> None:
    client = signed_in(auditor)
    answer = client.get(reverse("audit:export") + "?act=targets.set")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert auditor.username in str(rows[0][0])
    assert rows[1][:4] == ("编号", "时间", "操作人", "来源地址")
    assert len(rows) == 3
    said = Entry.objects.get(act="audit.exported")
    assert said.detail["count"] == 1
    text = client.get(reverse("audit:export") + "?as=csv").content.decode("utf-8-sig")
    assert auditor.username in text.splitlines()[-1]
    assert client.get(reverse("audit:export") + "?as=exe").status_code == 302


def test_a_question_costs_the_same_however_many_lines_there_are(
    auditor: User, officer: User, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(auditor)
    page(client)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client)
        counts.append(len(asked))
        for _ in range(60):
            actions.record(by=officer, act="targets.set", subject=None, jurisdiction_id=None, detail={"targets": []})
    assert counts[0] == counts[1] < 20


@pytest.mark.django_db(transaction=True)
def test_the_auditor_has_the_chain_verified_and_sees_what_was_found(auditor: User, officer: User) -> None:
    client = signed_in(auditor)
    answer = client.post(reverse("audit:verify"), follow=True).content.decode()
    assert "链完整" in answer
    assert str(auditor) in answer
    line = officer.journal_entries.get(act="targets.set")
    with unguarded():
        write("UPDATE journal_entry SET by_name = '领导乙' WHERE id = %s", line.pk)
    answer = client.post(reverse("audit:verify"), follow=True).content.decode()
    assert "发现 1 处问题" in answer
    assert f"日志编号 {line.pk}" in answer
    assert "发现 1 处问题" in page(client)


@pytest.mark.django_db(transaction=True)
def test_a_long_chain_is_verified_in_the_background(
    auditor: User, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhaoyin.ground.audit.tasks import verify_journal

    monkeypatch.setattr(queries, "SHORT", 0)
    client = signed_in(auditor)
    assert "正在核验" in client.post(reverse("audit:verify"), follow=True).content.decode()
    assert "正在核验" in client.post(reverse("audit:verify"), follow=True).content.decode()
    assert Entry.objects.filter(act="audit.verification_asked").count() == 1
    verify_journal.func(auditor.pk)
    assert "链完整" in page(client, "audit:verification")


def test_a_verification_that_died_can_be_asked_for_again(auditor: User) -> None:
    now = timezone.now()
    from zhaoyin.ground.audit.actions import ask_for_verification

    assert ask_for_verification(by=auditor, at=now)
    assert not ask_for_verification(by=auditor, at=now)
    assert ask_for_verification(by=auditor, at=now + timedelta(hours=2))


def test_the_page_is_in_the_navigation_of_the_auditor_only(auditor: User, officer: User) -> None:
    assert reverse("audit:index") + '"' in page(signed_in(auditor), "audit:mine")
    assert reverse("audit:index") + '"' not in page(signed_in(officer), "audit:mine")


def acts_of_the_code() -> set[str]:
    """Every act that an action names: `room.verb` of an installed room, which is no model's name."""
    labels = "|".join(config.label for config in apps.get_app_configs() if config.name.startswith("zhaoyin."))
    models = {model._meta.label_lower for model in apps.get_models()}
    found = set()
    for file in PACKAGE.glob("*/*/**/*.py"):
        inside = file.relative_to(PACKAGE)
        if {*inside.parts[:-1], inside.stem} & {"actions", "access"}:
            nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            said = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
            found |= {text for text in said if re.fullmatch(rf"({labels})\.[a-z_]+", text)}
    return found - models - {str(permission) for permission in Permission}


def test_every_act_has_a_sentence_and_a_name() -> None:
    acts = acts_of_the_code()
    assert len(acts) > 40
    known = known_acts()
    assert sorted(acts - set(known)) == []
    assert [act for act, name in known.items() if name.startswith("其他操作")] == []


def test_an_old_detail_that_has_another_form_is_still_named() -> None:
    assert sentence(Entry(act="targets.set", detail={})) == "设定目标"
    assert sentence(Entry(act="nowhere.done", detail={})) == "其他操作（nowhere.done）"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "expected"),
    [
        (0, "", "10.0.0.7", "10.0.0.7"),
        (0, "1.2.3.4", "10.0.0.7", "10.0.0.7"),  # nobody is believed who only says so
        (1, "1.2.3.4, 10.1.1.1", "10.0.0.7", "10.1.1.1"),
        (2, "9.9.9.9, 1.2.3.4, 10.1.1.1", "10.0.0.7", "1.2.3.4"),
        (1, "", "10.0.0.7", "10.0.0.7"),
        (1, "<script>", "10.0.0.7", ""),
        (0, "", "", ""),
    ],
)
def test_a_line_says_from_where(
    settings: Any, auditor: User, proxies: int, forwarded: str, peer: str, expected: str
) -> None:
    settings.PROXIES = proxies
    client = signed_in(auditor)
    client.get(reverse("audit:index"), REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert Entry.objects.filter(act="audit.read").latest("id").address == expected
    actions.record(by=None, act="targets.set", subject=None, jurisdiction_id=None)
    assert Entry.objects.latest("id").address == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ZHAOYIN_JOURNAL_KEEP_DAYS", "182", "183"),
        ("ZHAOYIN_JOURNAL_KEEP_DAYS", "-1", "183"),
        ("ZHAOYIN_JOURNAL_HASH", "md5", "sm3"),
        ("ZHAOYIN_JOURNAL_HASH", "off", "sm3"),
    ],
)
def test_no_setting_weakens_the_journal(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.WrongSetting, match=said):
        (environment.journal_keep_days if "DAYS" in name else environment.journal_hash)()
