"""The pages of accounts and roles: who sees what there, what is asked before and said after, lists in and out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_project, a_unit, an_official
from zhaoyin.config.cli import main
from zhaoyin.ground.access.rules import GROUPS, ROLES, Permission
from zhaoyin.ground.accounts import actions
from zhaoyin.ground.accounts.models import User
from zhaoyin.ground.journal.models import Entry, Outcome
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Unit:
    return a_jurisdiction("云溪市")


@pytest.fixture
def keeper(place: Unit) -> User:
    return a_user(place, role="system")


@pytest.fixture
def guard(place: Unit) -> User:
    return a_user(place, role="security")


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def page(client: Client, name: str, *args: Any, query: str = "", status: int = 200) -> str:
    answer = client.get(reverse(f"accounts:{name}", args=args) + query)
    assert answer.status_code == status
    return text(answer)


def listed(client: Client, query: str = "") -> list[str]:
    """The names in the list, in its order."""
    return re.findall(r'<td class="name"><a href="[^"]+">([^<]+)</a>', page(client, "people", query=query))


def post(client: Client, name: str, /, *args: Any, **data: Any) -> HttpResponse:
    answer: HttpResponse = client.post(reverse(f"accounts:{name}", args=args), data)
    return answer


MAKES, GRANTS, SEES = {"system"}, {"security"}, {"system", "security", "auditor"}
# Address → method, who reaches it.
PEOPLE = {
    "people": ("get", SEES), "person": ("get", SEES), "export_people": ("get", SEES),
    "new_person": ("get", MAKES), "edit_person": ("get", MAKES), "close_person": ("post", MAKES), "bring": ("get", MAKES),
    "confirm_roster": ("post", MAKES), "roster_passwords": ("post", MAKES), "blank_roster": ("get", MAKES),
    "grant": ("get", GRANTS), "revoke": ("post", GRANTS), "secure_person": ("post", GRANTS),
}  # fmt: skip
OF_ONE = ("person", "edit_person", "close_person", "grant", "secure_person")


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_who_may_use_which_page(place: Unit, role: str) -> None:
    client = signed_in(a_user(place, role=role or None))  # type: ignore[arg-type]
    other = a_user(place, role="reader")
    grant = other.grants.get()
    for name, (method, who) in PEOPLE.items():
        args = [other.pk, grant.pk] if name == "revoke" else [other.pk] if name in OF_ONE else []
        answer = getattr(client, method)(reverse(f"accounts:{name}", args=args))
        assert (name, answer.status_code != 403) == (name, role in who)
        assert answer.status_code in (200, 302, 403)
    for name in ("mine", "roles"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 200


def test_the_front_page_leads_to_where_work_begins(place: Unit) -> None:
    fronts = {
        "system": "accounts:people", "security": "accounts:people", "auditor": "audit:index", "": "accounts:mine",
        "office": "library:index", "team": "library:index",
    }  # fmt: skip
    for role, name in fronts.items():
        answer = signed_in(a_user(place, role=role or None)).get("/")  # type: ignore[arg-type]
        assert (role, answer["Location"]) == (role, reverse(name))


def test_somebody_without_a_role_is_told_what_to_do(place: Unit) -> None:
    user = a_user(place, role=None)  # type: ignore[arg-type]
    told = text(signed_in(user).get("/", follow=True))
    assert "您的账号还没有角色" in told
    assert user.username in told
    assert "accounts:people" not in told
    assert reverse("accounts:people") not in told


def test_somebody_without_a_role_finds_the_same_words_behind_every_door(place: Unit) -> None:
    client = signed_in(a_user(place, role=None))  # type: ignore[arg-type]
    answer = client.get(reverse("accounts:people"))
    assert answer.status_code == 403
    assert "您的账号还没有角色" in text(answer)


def test_the_list_is_searched_filtered_and_sorted(keeper: User, place: Unit) -> None:
    town = a_unit(place, "古城街道")
    head = a_user(town, role="head")
    actions.edit_user(by=keeper, user=head, fields={"name": "负责人甲"})
    closed = a_user(town, role="reader")
    actions.close_user(by=keeper, user=closed)
    locked = a_user(town, role="reporter")
    AccessAttempt.objects.create(username=locked.username, failures_since_start=5)
    old = a_user(town, role="reporter")
    AccessAttempt.objects.create(username=old.username, failures_since_start=5)
    AccessAttempt.objects.filter(username=old.username).update(attempt_time=timezone.now() - timedelta(hours=1))
    nobody = a_user(town, role=None)  # type: ignore[arg-type]
    client = signed_in(keeper)
    assert listed(client, "?q=负责人甲") == ["负责人甲"]
    assert listed(client, f"?q={locked.username}") == [locked.name]
    assert len(listed(client, "?q=古城")) == len(listed(client, "?unit=古城街道")) == 5
    assert listed(client, "?role=head") == ["负责人甲"]
    assert listed(client, "?role=none") == [nobody.name]
    assert listed(client, "?state=closed") == [closed.name]
    assert listed(client, "?state=locked") == [locked.name]
    assert locked.name in listed(client, "?state=active")
    assert listed(client, "?factor=yes") == []
    names = listed(client, "?sort=username")
    assert names == sorted(names, key=lambda name: User.objects.get(name=name).username)
    assert listed(client, "?sort=-username") == names[::-1]
    assert "没有符合条件的账号" in page(client, "people", query="?q=没有此人")
    for sort in ("name", "-unit", "seen", "-seen"):
        assert len(listed(client, f"?sort={sort}")) == len(names)


@pytest.mark.parametrize("query", ["", "?q=街道&role=reader&state=locked&factor=no&sort=-seen"])
def test_the_list_costs_the_same_for_any_number_of_accounts(keeper: User, place: Unit, query: str) -> None:
    client, counts = signed_in(keeper), []
    for _ in range(2):
        for number in range(6):
            town = a_unit(place, f"街道{len(counts)}{number}")
            user = a_user(town, role="reader")
            AccessAttempt.objects.create(username=user.username, failures_since_start=5)
        page(client, "people", query=query)
        with CaptureQueriesContext(connection) as captured:
            assert len(listed(client, query)) >= 6
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 9


def test_a_page_of_one_account_says_what_it_may_do_where_and_why(guard: User, place: Unit) -> None:
    town, other = a_unit(place, "古城街道"), a_unit(place, "江南街道")
    official = an_official(place, "领导甲")
    user = a_user(town, role="head")
    actions.edit_user(by=None, user=user, fields={"official": official, "mobile": "13812345678"})
    actions.grant_role(by=guard, user=user, role="team", unit=town)
    for unit in (town, town, other):
        a_project(place, fields={"unit": unit})
    told = page(signed_in(guard), "person", user.pk)
    assert "古城街道及下属单位；本人联系或所在专班的项目；共享给古城街道的项目" in told
    assert "单位负责人：古城街道及下属单位；专班成员：本人联系或所在专班的项目" in told
    assert "现有 2 个项目" in told
    assert "138****5678" in told
    assert "13812345678" not in told
    assert f"由{guard}授予" in told
    for group, permissions in GROUPS:
        assert group in told
        for permission in permissions:
            assert permission.label in told
    held = {one for role in ("head", "team") for one in ROLES[role].permissions}
    assert told.count("不可以") == len(Permission) - len(held)
    mine = page(signed_in(User.objects.get(pk=user.pk)), "mine")
    assert "现有 2 个项目" in mine
    assert "授予角色" not in mine


def test_what_cannot_work_is_said(guard: User, keeper: User, place: Unit) -> None:
    user = a_user(place, role="team")
    client = signed_in(guard)
    assert "账号还没有对应的干部" in page(client, "person", user.pk)
    actions.close_user(by=keeper, user=user)
    told = page(client, "person", user.pk)
    assert "账号已停用" in told
    assert told.count("不可以") == len(Permission)


def test_buttons_are_shown_to_whoever_may_use_them(keeper: User, guard: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    auditor = a_user(place, role="auditor")
    buttons = {
        "修改": reverse("accounts:edit_person", args=[user.pk]), "停用": reverse("accounts:close_person", args=[user.pk]),
        "授予": reverse("accounts:grant", args=[user.pk]),
        "收回": reverse("accounts:revoke", args=[user.pk, user.grants.get().pk]),
        "重置": reverse("accounts:secure_person", args=[user.pk]),
    }  # fmt: skip
    shown = {}
    for by in (keeper, guard, auditor):
        told = page(signed_in(by), "person", user.pk)
        shown[by] = [word for word, url in buttons.items() if f'"{url}"' in told]
    assert shown == {keeper: ["修改", "停用"], guard: ["授予", "收回", "重置"], auditor: []}
    own = page(signed_in(guard), "person", guard.pk)
    assert reverse("accounts:grant", args=[guard.pk]) not in own
    assert '"password"' not in own
    assert "新建账号" not in page(signed_in(guard), "people")
    assert "新建账号" in page(signed_in(keeper), "people")


def test_a_new_account_signs_in_with_what_was_shown_once(keeper: User, place: Unit) -> None:
    client = signed_in(keeper)
    facts = {"username": "ｗａｎｇ.a", "name": "王某", "unit": "云溪市", "mobile": "138 0000 0000"}
    told = text(post(client, "new_person", **facts))
    password = re.search(r'class="one-time num">([^<]+)<', told)
    assert password
    user = User.objects.get(username="wang.a")
    assert user.check_password(password[1])
    assert user.mobile == "13800000000"
    assert user.unit == place
    assert password[1] not in page(client, "person", user.pk)
    again = post(client, "new_person", **facts)
    assert again.status_code == 422
    assert "已存在" in text(again)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"username": "a b"}, "登录名为 2 至 32 个字"),
        ({"username": "x"}, "登录名为 2 至 32 个字"),
        ({"username": "<script>"}, "登录名为 2 至 32 个字"),
        ({"username": "ok", "unit": "没有的单位"}, "没有名为“没有的单位”的单位"),
        ({"username": "ok", "official": "无此人"}, "没有名为“无此人”的干部"),
        ({"username": "ok", "mobile": "138"}, "手机号应为 11 位数字"),
        ({"username": "ok", "name": ""}, ""),
        ({"username": "ok", "name": "长" * 41}, ""),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_made(keeper: User, facts: dict[str, str], sentence: str) -> None:
    before = User.objects.count()
    answer = post(signed_in(keeper), "new_person", **{"name": "王某", **facts})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert User.objects.count() == before


def test_a_unit_of_a_common_name_is_written_out(keeper: User, place: Unit) -> None:
    other = a_jurisdiction("远山市")
    a_unit(place, "招商局")
    a_unit(other, "招商局")
    client = signed_in(keeper)
    told = text(post(client, "new_person", username="wang", name="王某", unit="招商局"))
    assert "有 2 个单位叫“招商局”" in told
    assert "云溪市 &gt; 招商局" in told
    post(client, "new_person", username="wang", name="王某", unit="远山市 > 招商局")
    assert User.objects.get(username="wang").unit == other.units.get(name="招商局")


def test_the_second_administrator_is_shown_both_versions(keeper: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    client = signed_in(keeper)
    form = page(client, "edit_person", user.pk)
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version
    actions.edit_user(by=keeper, user=user, fields={"name": "先改的名"})
    mine = {"version": version[1], "name": "后改的名", "unit": "云溪市"}
    answer = post(client, "edit_person", user.pk, **mine)
    assert answer.status_code == 422
    told = text(answer)
    assert "刚被别人改过" in told
    assert "现在库里是：先改的名" in told
    assert 'value="后改的名"' in told
    newer = re.search(r'name="version" value="(\d+)"', told)
    assert newer
    assert post(client, "edit_person", user.pk, **{**mine, "version": newer[1]}).status_code == 302
    assert User.objects.get(pk=user.pk).name == "后改的名"


def test_an_edit_without_the_version_is_not_taken(keeper: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    assert post(signed_in(keeper), "edit_person", user.pk, name="无版本", unit="").status_code == 422
    assert User.objects.get(pk=user.pk).name != "无版本"


def test_a_role_is_granted_and_taken_back(guard: User, place: Unit) -> None:
    user, town = a_user(place, role=None), a_unit(place, "古城街道")  # type: ignore[arg-type]
    client = signed_in(guard)
    assert post(client, "grant", user.pk, role="head", unit="古城街道").status_code == 302
    grant = user.grants.get()
    assert (grant.role, grant.unit, grant.by) == ("head", town, guard)
    assert post(client, "grant", user.pk, role="office", unit="整个系统").status_code == 302
    assert user.grants.get(role="office").unit is None
    assert post(client, "grant", user.pk, role="team", unit="").status_code == 302
    assert user.grants.get(role="team").unit == place
    post(client, "revoke", user.pk, grant.pk)
    assert not user.grants.filter(role="head").exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "请选择一个角色"),
        ({"role": "god"}, ""),
        ({"role": "head", "unit": ""}, "请填写这个角色在哪个单位有效"),
        ({"role": "head", "unit": "没有的单位"}, "没有名为"),
        ({"role": "reader", "unit": "云溪市"}, "已有这个角色"),
    ],
)
def test_a_grant_that_cannot_be_is_said(guard: User, place: Unit, data: dict[str, str], sentence: str) -> None:
    user = a_user(place, role="reader")
    answer = post(signed_in(guard), "grant", user.pk, **data)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert user.grants.count() == 1


def test_what_is_refused_stands_in_the_journal(guard: User, keeper: User) -> None:
    client = signed_in(guard)
    assert post(client, "grant", guard.pk, role="office", unit="整个系统").status_code == 422
    told = text(client.post(reverse("accounts:revoke", args=[guard.pk, guard.grants.get().pk]), follow=True))
    assert "最后一位在用的安全管理员" in told
    lines = Entry.objects.filter(act="accounts.act_refused", outcome=Outcome.REFUSED)
    assert [line.detail["tried"] for line in lines.order_by("pk")] == ["授予办公室", "收回安全管理员"]
    told = text(signed_in(keeper).post(reverse("accounts:close_person", args=[guard.pk]), follow=True))
    assert "最后一位在用的安全管理员，不能停用" in told
    assert User.objects.get(pk=guard.pk).is_active


def test_passwords_locks_and_sessions_of_others(guard: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    theirs, client = signed_in(user), signed_in(guard)
    told = text(post(client, "secure_person", user.pk, what="password"))
    password = re.search(r'class="one-time num">([^<]+)<', told)
    assert password
    assert User.objects.get(pk=user.pk).check_password(password[1])
    assert theirs.get("/").status_code == 302
    assert theirs.get("/")["Location"].startswith(reverse("accounts:login"))
    AccessAttempt.objects.create(username=user.username, failures_since_start=5)
    assert "已锁定" in page(client, "person", user.pk)
    post(client, "secure_person", user.pk, what="unlock")
    assert "已锁定" not in page(client, "person", user.pk)
    assert post(client, "secure_person", user.pk, what="sessions").status_code == 302
    assert post(client, "secure_person", user.pk, what="nonsense").status_code == 302
    before = User.objects.get(pk=guard.pk).password
    told = text(client.post(reverse("accounts:secure_person", args=[guard.pk]), {"what": "password"}, follow=True))
    assert "不能重置自己的密码" in told
    refused = Entry.objects.get(act="accounts.act_refused")
    assert (refused.by, refused.outcome) == (guard, "refused")
    assert User.objects.get(pk=guard.pk).password == before


def test_the_roles_page_says_every_role_and_what_it_may_do(place: Unit) -> None:
    told = page(signed_in(a_user(place, role="reader")), "roles")
    for role in ROLES.values():
        assert role.name in told
        assert role.description in told
    assert told.count('aria-label="可以"') == sum(len(role.permissions) for role in ROLES.values())
    assert reverse("accounts:people") not in told


def test_the_command_lists_accounts_and_roles(place: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "wang", "--display", "王某", "--unit", "云溪市", "--role", "督查员"]) == 0
    assert main(["user", "add", "li", "--role", "none"]) == 0
    capsys.readouterr()
    assert main(["user", "list"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == ["li\tli\t/\t在用\t没有角色", "wang\t王某\t云溪市\t在用\t督查员·云溪市"]
    assert main(["user", "roles"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in told] == list(ROLES)
    for wrong in (
        ["add", "a b"],
        ["add", "WANG"],
        ["add", "sun", "--unit", "没有的单位"],
        ["add", "sun", "--role", "root"],
    ):
        assert main(["user", *wrong]) == 2
    assert User.objects.count() == 2
