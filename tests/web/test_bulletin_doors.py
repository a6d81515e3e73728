"""The figures of the bulletin open what they count, as of the bulletin's own day."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.targets import a_jurisdiction, a_plan, a_project
from tests.web.test_targets import signed_in
from zhaoyin.kernel.stages import Stage

pytestmark = pytest.mark.django_db


def test_a_targets_figure_opens_on_the_day_of_the_bulletin(client: Client) -> None:
    place = a_jurisdiction("某某市")
    a_plan(place)
    a_project(place, "甲项目", yi="12", reached={Stage.SIGNED: date(2022, 6, 1)})
    page = signed_in(place).get("/supervision/bulletins/2022-06/?as_of=2022-07-15").content.decode()
    assert "/?as_of=2022-06-30" in page.partition('class="sheet-figure" href="/targets/')[2][:60]
