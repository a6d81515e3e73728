"""`zhaoyin user add`, and that no account with a known password comes about but the sample's."""

import pytest

from tests.factories.targets import a_jurisdiction
from zhaoyin.config.cli import main
from zhaoyin.config.cli.sample import load_into_empty
from zhaoyin.ground.accounts.demo import DEMO_PASSWORD, DEMO_USER
from zhaoyin.ground.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_account_has_its_role_and_a_password_for_once(capsys: pytest.CaptureFixture[str]) -> None:
    here = a_jurisdiction("云溪市")
    assert main(["user", "add", "wang", "--display", "王某", "--unit", "云溪市", "--role", "supervisor"]) == 0
    told = capsys.readouterr().out
    user = User.objects.get()
    assert (user.username, user.name, user.unit, user.must_change_password) == ("wang", "王某", here, True)
    assert [(grant.role, grant.unit) for grant in user.grants.all()] == [("supervisor", here)]
    assert user.check_password(told.split("一次性密码 ")[1].split()[0])


def test_without_a_role_it_is_the_offices(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "wang"]) == 0
    assert [grant.role for grant in User.objects.get().grants.all()] == ["office"]
    assert main(["user", "add", "wang"]) == 2
    assert "已存在" in capsys.readouterr().err


def test_an_unknown_unit_or_role_makes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "wang", "--unit", "没有的单位"]) == 2
    assert main(["user", "add", "wang", "--role", "root"]) == 2
    assert not User.objects.exists()


def test_only_the_sample_has_an_account_whose_password_is_known() -> None:
    a_jurisdiction("云溪市", demo=False)
    assert not load_into_empty()
    assert not User.objects.exists()


def test_the_samples_account_comes_with_demonstration_data_only() -> None:
    assert load_into_empty()
    demo = User.objects.get(username=DEMO_USER)
    assert demo.check_password(DEMO_PASSWORD)
    assert demo.unit
    assert demo.unit.jurisdiction
    assert demo.unit.jurisdiction.demo
