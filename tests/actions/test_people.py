"""Making, changing and closing accounts; granting roles; lists of accounts. Who may, what is refused, what is written down."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from tests.factories.accounts import a_user, signed_in
from tests.factories.targets import a_jurisdiction, a_unit, an_official
from zhaoyin.ground.access.queries import may
from zhaoyin.ground.access.rules import Forbidden, Permission
from zhaoyin.ground.accounts import actions
from zhaoyin.ground.accounts.actions import AccountExists, GrantRefused, RosterRefused
from zhaoyin.ground.accounts.models import RoleGrant, Session, User
from zhaoyin.ground.accounts.roster import Line
from zhaoyin.ground.journal.models import Entry
from zhaoyin.ground.journal.sentences import sentence
from zhaoyin.ground.organisations.actions import Refused, StaleVersion, close_unit
from zhaoyin.ground.organisations.models import Unit

pytestmark = pytest.mark.django_db
RACES = "the tests' SQLite is in memory, which one connection has for itself; a file has one writer anyway"


@pytest.fixture
def place() -> Unit:
    return a_jurisdiction("云溪市")


@pytest.fixture
def keeper() -> User:
    return a_user(role="system")


@pytest.fixture
def guard() -> User:
    return a_user(role="security")


def reloaded(user: User) -> User:
    """The account as the next request finds it."""
    return User.objects.get(pk=user.pk)


def newest(user: User) -> Entry:
    """The newest line about an account."""
    found = Entry.objects.filter(subject_kind="accounts.user", subject_id=user.pk).order_by("-pk").first()
    assert found
    return found


def test_an_account_is_made_with_a_password_that_must_be_changed(keeper: User, place: Unit) -> None:
    official = an_official(place, "领导甲")
    user, password = actions.add_user(
        by=keeper, username="wang", name="王某", unit=place, fields={"official": official, "mobile": "13800000000"}
    )
    assert user.must_change_password
    assert authenticate(RequestFactory().get("/"), username="wang", password=password) == user
    assert reloaded(user).official == official
    assert newest(user).detail == {"username": "wang", "unit": "云溪市"}
    assert password not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("fields", "sentence_"),
    [
        ({"username": "WANG"}, "账号“wang”已存在"),
        ({"official": True}, "领导甲 已有账号“wang”，一位干部只有一个账号。"),
        ({"mobile": "13800000000"}, "这个手机号已用于账号“wang”。"),
    ],
)
def test_what_only_one_account_can_have_is_refused_to_a_second(
    keeper: User, place: Unit, fields: dict[str, Any], sentence_: str
) -> None:
    official = an_official(place, "领导甲")
    actions.add_user(by=keeper, username="wang", fields={"official": official, "mobile": "13800000000"})
    name = fields.pop("username", "li")
    if fields.get("official"):
        fields["official"] = official
    with pytest.raises(AccountExists, match=sentence_):
        actions.add_user(by=keeper, username=name, fields=fields)
    other, _ = actions.add_user(by=keeper, username="zhao")
    if fields:
        with pytest.raises(AccountExists, match=sentence_):
            actions.edit_user(by=keeper, user=other, fields=fields)
    assert User.objects.count() == 3


def test_an_edit_says_before_and_after_and_whoever_comes_second_is_told(keeper: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    town = a_unit(place, "古城街道")
    seen = user.version
    actions.edit_user(
        by=keeper, user=user, fields={"unit": town, "name": "王某", "mobile": "13800000000"}, version=seen
    )
    line = newest(user)
    assert line.detail["unit"] == ["云溪市", "古城街道"]
    assert "13800000000" not in str(line.detail)
    assert "单位 云溪市 → 古城街道" in sentence(line)
    with pytest.raises(StaleVersion):
        actions.edit_user(by=keeper, user=user, fields={"name": "李某"}, version=seen)
    assert reloaded(user).name == "王某"
    assert actions.edit_user(by=keeper, user=reloaded(user), fields={"name": "王某"}, version=seen + 1) == {}


def test_a_closed_account_is_signed_out_at_once_and_keeps_its_roles(keeper: User, place: Unit) -> None:
    user = a_user(place)
    client = signed_in(user)
    assert client.get("/account/security/").status_code == 200
    actions.close_user(by=keeper, user=user)
    assert not Session.objects.filter(user=user).exists()
    assert client.get("/account/security/").status_code == 302
    assert newest(user).detail == {"active": [True, False]}
    actions.reopen_user(by=keeper, user=user)
    assert reloaded(user).is_active
    assert may(reloaded(user), Permission.PLAN_COMMIT)


def test_nobody_moves_oneself_to_where_more_is_seen(keeper: User, place: Unit) -> None:
    # Whoever keeps accounts may hold a second role: its reach follows from unit and official.
    for field, value in (("unit", a_unit(place, "古城街道")), ("official", an_official(place, "领导甲"))):
        with pytest.raises(Refused, match="由另一位系统管理员办理"):
            actions.edit_user(by=keeper, user=keeper, fields={field: value})
    actions.edit_user(by=keeper, user=keeper, fields={"name": "王某", "unit": keeper.unit})
    actions.edit_user(by=a_user(role="system"), user=keeper, fields={"unit": place})
    assert (reloaded(keeper).name, reloaded(keeper).unit) == ("王某", place)


def test_nobody_closes_the_own_account(keeper: User) -> None:
    with pytest.raises(Refused, match="不能停用自己的账号"):
        actions.close_user(by=keeper, user=keeper)
    assert reloaded(keeper).is_active


@pytest.mark.parametrize("role", ["security", "auditor", "office", "head", "reader", ""])
def test_only_the_system_administrator_keeps_accounts(role: str, place: Unit) -> None:
    by, user = a_user(place, role=role or None), a_user(place, role="reader")  # type: ignore[arg-type]
    acts: list[Callable[[], Any]] = [
        lambda: actions.add_user(by=by, username="new"),
        lambda: actions.edit_user(by=by, user=user, fields={"name": "改名"}),
        lambda: actions.close_user(by=by, user=user),
        lambda: actions.reopen_user(by=by, user=user),
        lambda: actions.import_people(by=by, lines=[Line(2, "new", "新人")], name="a.xlsx"),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert reloaded(user).name == user.name
    assert not User.objects.filter(username="new").exists()


@pytest.mark.parametrize("role", ["system", "auditor", "office", "head", "reader", ""])
def test_only_the_security_administrator_grants_and_secures(role: str, place: Unit) -> None:
    by, user = a_user(place, role=role or None), a_user(place, role="reader")  # type: ignore[arg-type]
    acts: list[Callable[[], Any]] = [
        lambda: actions.grant_role(by=by, user=user, role="office", unit=place),
        lambda: actions.revoke_role(by=by, grant=user.grants.get()),
        lambda: actions.reset_password(by=by, user=user),
        lambda: actions.reset_second_factor(by=by, user=user),
        lambda: actions.unlock(by=by, user=user),
        lambda: actions.end_sessions(by=by, user=user),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert [grant.role for grant in user.grants.all()] == ["reader"]


def test_a_role_holds_from_the_next_request_and_ends_with_it(guard: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    grant = actions.grant_role(by=guard, user=user, role="office", unit=place)
    assert may(reloaded(user), Permission.PLAN_COMMIT)
    assert newest(user).detail == {"role": "office", "unit": "云溪市", "roles": [["reader"], ["reader", "office"]]}
    actions.revoke_role(by=guard, grant=grant)
    assert not may(reloaded(user), Permission.PLAN_COMMIT)
    assert newest(user).detail["roles"] == [["reader", "office"], ["reader"]]
    with pytest.raises(GrantRefused, match="已被收回"):
        actions.revoke_role(by=guard, grant=grant)


def test_nobody_gives_a_role_to_oneself_nor_resets_the_own_sign_in(guard: User) -> None:
    with pytest.raises(GrantRefused, match="不能给自己授予角色"):
        actions.grant_role(by=guard, user=guard, role="office")
    with pytest.raises(Refused, match="不能重置自己的密码"):
        actions.reset_password(by=guard, user=guard)
    with pytest.raises(Refused, match="不能清除自己的动态口令"):
        actions.reset_second_factor(by=guard, user=guard)


def test_one_person_is_never_two_of_the_three_administrators(guard: User, keeper: User) -> None:
    for role in ("security", "auditor"):
        with pytest.raises(GrantRefused, match="须由三人分任"):
            actions.grant_role(by=guard, user=keeper, role=role)
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(user=keeper, role=role)
    assert actions.grant_role(by=guard, user=keeper, role="reader").role == "reader"


def test_a_role_that_reaches_everything_has_no_unit_and_is_held_once(guard: User, place: Unit) -> None:
    user = a_user(place, role="reader")
    assert actions.grant_role(by=guard, user=user, role="auditor", unit=place).unit is None
    with pytest.raises(GrantRefused, match="已有这个角色"):
        actions.grant_role(by=guard, user=user, role="auditor")


def test_no_role_is_granted_in_a_unit_that_is_closed(guard: User, place: Unit) -> None:
    town = a_unit(place, "古城街道")
    close_unit(by=None, unit=town, on=date(2022, 7, 1))
    with pytest.raises(GrantRefused, match="已于 2022-07-01 撤销"):
        actions.grant_role(by=guard, user=a_user(place, role="reader"), role="head", unit=Unit.objects.get(pk=town.pk))


def test_the_last_who_can_grant_stays(guard: User, keeper: User) -> None:
    closed = a_user(role="security")
    actions.close_user(by=keeper, user=closed)  # whoever is closed cannot grant
    with pytest.raises(GrantRefused, match="最后一位在用的安全管理员，不能收回"):
        actions.revoke_role(by=guard, grant=guard.grants.get())
    with pytest.raises(GrantRefused, match="不能停用"):
        actions.close_user(by=keeper, user=guard)
    actions.reopen_user(by=keeper, user=closed)
    actions.close_user(by=keeper, user=guard)
    assert not reloaded(guard).is_active


ROSTER = [
    Line(2, "wang", "王某", "古城街道", "", "13800000001"),
    Line(3, "li", "李某", "云溪市", "", ""),
    Line(4, "zhao", "赵某"),
]


def test_a_list_makes_all_accounts_with_passwords_of_their_own(keeper: User, place: Unit) -> None:
    a_unit(place, "古城街道")
    made = actions.import_people(by=keeper, lines=ROSTER, name="名单.xlsx")
    assert [user.username for user, _ in made] == ["wang", "li", "zhao"]
    assert len({password for _, password in made}) == 3
    for user, password in made:
        stored = reloaded(user)
        assert stored.must_change_password
        assert stored.check_password(password)
        assert newest(user).detail["file"] == "名单.xlsx"
    assert reloaded(made[0][0]).unit_id == Unit.objects.get(name="古城街道").pk


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (Line(9, "WANG", "王某"), "登录名“WANG”在文件里有 2 行"),
        (Line(9, "Sun", "孙某"), "账号“Sun”已存在"),
        (Line(9, "qian", "钱某", "不存在的单位"), "没有名为“不存在的单位”的单位"),
        (Line(9, "qian", "钱某", "", "只读"), "您不能授予角色"),
        (Line(9, "qian", "钱某", "", "", "13800000001"), "手机号 13800000001 在文件里有 2 行"),
        (Line(9, "qian", "钱某", "", "", "13900000000"), "已用于另一个账号"),
    ],
)
def test_one_wrong_row_and_nothing_is_made(keeper: User, place: Unit, line: Line, fault: str) -> None:
    a_unit(place, "古城街道")
    actions.add_user(by=None, username="sun", fields={"mobile": "13900000000"})
    before = User.objects.count(), Entry.objects.count()
    with pytest.raises(RosterRefused) as refused:
        actions.import_people(by=keeper, lines=[*ROSTER, line], name="名单.xlsx")
    assert fault in next(one.sentence for one in refused.value.faults if one.number == 9)
    assert (User.objects.count(), Entry.objects.count()) == before


def test_the_machines_operator_grants_roles_by_the_list(place: Unit) -> None:
    made = actions.import_people(by=None, lines=[Line(2, "wang", "王某", "云溪市", "办公室"), Line(3, "li", "李某", "云溪市", "审计员")], name="名单.xlsx")  # fmt: skip  # noqa: E501
    assert [(grant.role, grant.unit) for user, _ in made for grant in user.grants.all()] == [
        ("office", place),
        ("auditor", None),
    ]
    with pytest.raises(RosterRefused, match="没有“主任”这个角色"):
        actions.import_people(by=None, lines=[Line(2, "sun", "孙某", "云溪市", "主任")], name="名单.xlsx")


def together(*acts: Callable[[], Any]) -> list[Exception | None]:
    """Run acts at once, each on a connection of its own; what each of them raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Exception | None:
        gate.wait()
        try:
            act()
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, acts))


def refusals(outcome: list[Exception | None]) -> list[str]:
    return [str(one) for one in outcome if one is not None]


@pytest.mark.django_db(transaction=True)
def test_two_who_make_one_person_two_administrators_at_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip(RACES)
    user, first, second = a_user(role="reader"), a_user(role="security"), a_user(role="security")
    refused = refusals(
        together(
            lambda: actions.grant_role(by=first, user=user, role="system"),
            lambda: actions.grant_role(by=second, user=user, role="auditor"),
        )
    )
    assert len(refused) == 1
    assert "须由三人分任" in refused[0]
    assert user.grants.filter(role__in=("system", "auditor")).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["revoke", "close", "both"])
def test_two_security_administrators_who_remove_each_other_at_once(how: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip(RACES)
    first, second, keeper = a_user(role="security"), a_user(role="security"), a_user(role="system")

    def revoke(by: User, user: User) -> None:
        actions.revoke_role(by=by, grant=user.grants.get())

    def close(user: User) -> None:
        actions.close_user(by=keeper, user=user)

    acts = {
        "revoke": (lambda: revoke(first, second), lambda: revoke(second, first)),
        "close": (lambda: close(first), lambda: close(second)),
        "both": (lambda: close(first), lambda: revoke(first, second)),
    }[how]
    refused = refusals(together(*acts))
    assert len(refused) == 1
    assert "最后一位" in refused[0]
    assert User.objects.filter(grants__role="security", is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_list_at_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip(RACES)
    keeper = a_user(role="system")
    lines = [Line(number, f"user-{number}", f"人{number}") for number in range(2, 30)]
    refused = refusals(together(*[lambda: actions.import_people(by=keeper, lines=lines, name="名单.xlsx")] * 2))
    assert len(refused) == 1
    assert "已存在" in refused[0]
    assert User.objects.filter(username__startswith="user-").count() == 28
    assert Entry.objects.filter(act="accounts.added", detail__file="名单.xlsx").count() == 28


@pytest.mark.django_db(transaction=True)
def test_two_who_give_one_official_two_accounts_at_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip(RACES)
    keeper, place = a_user(role="system"), a_jurisdiction("云溪市")
    official, one, two = an_official(place, "领导甲"), a_user(place, role="team"), a_user(place, role="team")
    refused = refusals(
        together(
            lambda: actions.edit_user(by=keeper, user=one, fields={"official": official}),
            lambda: actions.edit_user(by=keeper, user=two, fields={"official": official}),
        )
    )
    assert len(refused) == 1
    assert "一位干部只有一个账号" in refused[0]
