"""Recording promotion events and platforms."""

from datetime import date

import pytest

from tests.factories.targets import a_jurisdiction, a_unit
from zhaoyin.ground.journal.queries import history
from zhaoyin.record.promotion.actions import record_event
from zhaoyin.record.promotion.queries import events_between
from zhaoyin.record.resources.actions import add_platform
from zhaoyin.record.resources.queries import platforms_of

pytestmark = pytest.mark.django_db


def test_an_event_is_recorded_and_found_by_its_day() -> None:
    city, other = a_jurisdiction(), a_jurisdiction()
    unit = a_unit(city, "市投资促进中心")
    later = record_event(by=None, jurisdiction=city, kind="small", title="对接会", on=date(2022, 6, 30), unit=unit)
    first = record_event(by=None, jurisdiction=city, kind="large", title="推介会", on=date(2022, 6, 1))
    record_event(by=None, jurisdiction=city, kind="large", title="下月的", on=date(2022, 7, 1))
    record_event(by=None, jurisdiction=other, kind="large", title="别处的", on=date(2022, 6, 2))
    assert list(events_between([city.pk], date(2022, 6, 1), date(2022, 6, 30))) == [first, later]
    assert [entry.act for entry in history(later)] == ["promotion.event_recorded"]


def test_a_kind_that_does_not_exist_is_refused_and_nothing_is_written() -> None:
    city = a_jurisdiction()
    with pytest.raises(ValueError, match="medium"):
        record_event(by=None, jurisdiction=city, kind="medium", title="推介会", on=date(2022, 6, 1))
    assert not city.events.exists()


def test_platforms_of_a_place_in_their_order() -> None:
    city = a_jurisdiction()
    names = ["甲园", "乙园"]
    made = [add_platform(by=None, jurisdiction=city, name=name) for name in names]
    add_platform(by=None, jurisdiction=a_jurisdiction(), name="别处的园")
    assert list(platforms_of([city.pk])) == made
