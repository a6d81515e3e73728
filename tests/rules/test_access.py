"""Roles, how far they reach, and how that is said: examples, and what no set of grants may do."""

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.ground.access.rules import (
    GROUPS,
    ROLES,
    THREE,
    Grant,
    Holding,
    Permission,
    Reach,
    Scope,
    reasons,
    scope_of,
    scope_words,
)

# A small tree of four characters a step, as treebeard numbers it: two places, places and units below them.
STEPS = st.sampled_from(["0001", "0002", "000A"])
PATHS = st.lists(STEPS, min_size=1, max_size=4).map("".join)


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """A grant anywhere in the tree, or in the whole deployment; its area is a part of its way from the top."""
    role = draw(st.sampled_from(list(ROLES.values())))
    if role.reach is Reach.EVERYTHING or draw(st.integers(0, 9)) == 0:
        return Grant(role)
    path = draw(PATHS)
    area = path[: 4 * draw(st.integers(1, len(path) // 4))]
    return Grant(role, path, area, f"单位{path}", f"辖区{area}")


HOLDINGS = st.builds(
    Holding, st.lists(grants(), max_size=5).map(tuple), st.none() | st.integers(1, 9), st.none() | st.integers(1, 9)
)
PERMISSIONS = st.sampled_from(list(Permission))


def alone(grant: Grant, permission: Permission, path: str) -> bool:
    """Whether a grant by itself reaches a place, said without `scope_of`."""
    if grant.role.reach is Reach.PERSON:
        return permission is Permission.ORGANISATION_SEE and grant.path != "" and path.startswith(grant.path)
    if grant.role.reach is Reach.EVERYTHING or not grant.path:
        return True
    return path.startswith(grant.area if grant.role.reach is Reach.JURISDICTION else grant.path)


@given(HOLDINGS, PERMISSIONS, PATHS)
def test_a_place_is_inside_when_some_grant_reaches_it_and_never_else(
    holding: Holding, permission: Permission, path: str
) -> None:
    carrying = [grant for grant in holding.grants if permission in grant.role.permissions]
    assert scope_of(holding, permission).covers(path) == any(alone(grant, permission, path) for grant in carrying)


@given(HOLDINGS, PERMISSIONS)
def test_the_top_of_the_tree_is_inside_for_the_whole_deployment_only(holding: Holding, permission: Permission) -> None:
    scope = scope_of(holding, permission)
    assert scope.covers("") == scope.everything


@given(HOLDINGS, grants(), PERMISSIONS, PATHS)
def test_one_more_grant_takes_nothing_away(holding: Holding, more: Grant, permission: Permission, path: str) -> None:
    wider = Holding((*holding.grants, more), holding.official, holding.unit)
    before, after = scope_of(holding, permission), scope_of(wider, permission)
    assert after.covers(path) >= before.covers(path)
    if not after.everything:
        assert before.person in (None, after.person)
        assert set(before.shared_with) <= set(after.shared_with)
    assert wider.may(permission) >= holding.may(permission)


@given(HOLDINGS, PERMISSIONS)
def test_no_path_lies_within_another(holding: Holding, permission: Permission) -> None:
    paths = scope_of(holding, permission).paths
    assert not any(one != other and one.startswith(other) for one in paths for other in paths)
    assert list(paths) == sorted(set(paths))


@given(HOLDINGS, PERMISSIONS)
def test_the_order_of_grants_is_of_no_concern(holding: Holding, permission: Permission) -> None:
    turned = Holding(holding.grants[::-1], holding.official, holding.unit)
    assert scope_of(turned, permission) == scope_of(holding, permission)


@given(HOLDINGS, PERMISSIONS)
def test_what_is_held_has_a_reason_and_what_is_not_has_none(holding: Holding, permission: Permission) -> None:
    why = reasons(holding, [permission])[permission]
    assert bool(why) == holding.may(permission)
    carrying = [grant for grant in holding.grants if permission in grant.role.permissions]
    assert len(why) == len(carrying)
    assert all(words.startswith(f"{grant.role.name}：") for words, grant in zip(why, carrying, strict=True))


@given(HOLDINGS, PERMISSIONS)
def test_every_part_of_a_scope_is_said_once(holding: Holding, permission: Permission) -> None:
    scope, words = scope_of(holding, permission), scope_words(holding, permission)
    assert len(words) == len(set(words))
    assert ("整个系统" in words) == scope.everything
    if scope.everything:
        assert words == ("整个系统",)
    else:
        # A unit and its own place may be reached by grants of both kinds, under two names.
        assert len([one for one in words if one.startswith(("单位", "辖区"))]) >= len(scope.paths)
    if not holding.may(permission):
        assert words == ()


def test_nobody_without_a_grant_may_anything() -> None:
    for permission in Permission:
        assert not Holding((), 3, 4).may(permission)
        assert scope_of(Holding((), 3, 4), permission) == Scope()
        assert scope_of(Holding((), 3, 4), permission).nothing


def test_examples_in_words() -> None:
    head, team, office = ROLES["head"], ROLES["team"], ROLES["office"]
    town = Grant(head, "00010002", "0001", "古城街道", "云溪市")
    own = Grant(team, "00010002", "0001", "古城街道", "云溪市")
    both = Holding((town, own), 7, 12)
    assert scope_words(both, Permission.RECORDS_SEE, "古城街道") == (
        "古城街道及下属单位",
        "本人联系或所在专班的项目",
        "共享给古城街道的项目",
    )
    assert scope_words(both, Permission.PROJECT_ADD) == ("古城街道及下属单位",)
    assert reasons(both, [Permission.PROGRESS_WRITE, Permission.PLAN_COMMIT]) == {
        Permission.PROGRESS_WRITE: ("单位负责人：古城街道及下属单位", "专班成员：本人联系或所在专班的项目"),
        Permission.PLAN_COMMIT: (),
    }
    # Of organisations a member of a team sees the own unit, as whoever works there does.
    member = Holding((own,), 7, 12)
    assert scope_words(member, Permission.ORGANISATION_SEE) == ("古城街道及下属单位",)
    assert reasons(member, [Permission.ORGANISATION_SEE])[Permission.ORGANISATION_SEE] == (
        "专班成员：古城街道及下属单位",
    )
    assert scope_words(member, Permission.PLAN_SEE) == ()
    # The town lies in the city: only the city is said.
    city = Grant(office, "00010001", "0001", "投资促进中心", "云溪市")
    assert scope_words(Holding((town, city)), Permission.RECORDS_SEE) == ("云溪市全辖",)
    assert scope_words(Holding((Grant(office),)), Permission.RECORDS_SEE) == ("整个系统",)


def test_every_permission_stands_in_one_group_and_in_some_role() -> None:
    grouped = [permission for _, permissions in GROUPS for permission in permissions]
    assert sorted(grouped) == sorted(Permission)
    assert {permission for role in ROLES.values() for permission in role.permissions} == set(Permission)


def test_the_three_administrators_share_nothing_that_would_let_one_act_alone() -> None:
    system, security, auditor = (ROLES[key].permissions for key in THREE)
    alone_ = {Permission.ACCOUNT_MANAGE, Permission.ROLE_GRANT, Permission.ACCOUNT_SECURE, Permission.JOURNAL_READ}
    assert len((system | security | auditor) & alone_) == sum(len(one & alone_) for one in (system, security, auditor))
    for permissions in (system, security, auditor):
        assert Permission.RECORDS_SEE not in permissions
    assert all(ROLES[key].second_factor for key in THREE)
    for key, role in ROLES.items():
        assert bool(role.permissions & alone_) == (key in THREE)
