"""The tree of jurisdictions and units."""

import pytest

from tests.factories.accounts import a_user
from zhaoyin.ground.accounts.actions import change_password
from zhaoyin.ground.journal.queries import history
from zhaoyin.ground.organisations.actions import add_jurisdiction, add_unit
from zhaoyin.ground.organisations.queries import jurisdiction_ids, jurisdiction_of

pytestmark = pytest.mark.django_db


def test_a_jurisdiction_below_another_is_its_own() -> None:
    city = add_jurisdiction(by=None, name="某市")
    county = add_jurisdiction(by=None, name="某县", above=city)
    office = add_unit(by=None, jurisdiction=county, name="县招商局")
    assert county.jurisdiction is None
    assert (jurisdiction_of(county), jurisdiction_of(office)) == (county, county)
    assert (jurisdiction_ids(city), jurisdiction_ids(office)) == ([city.pk, county.pk], [county.pk])


def test_a_line_about_an_account_belongs_to_the_accounts_jurisdiction() -> None:
    county = add_jurisdiction(by=None, name="某县", above=add_jurisdiction(by=None, name="某市"))
    user = a_user(county)
    change_password(by=user, user=user, password="a long password 1")
    assert {line.jurisdiction_id for line in history(user)} == {county.pk}
