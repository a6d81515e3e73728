"""Who holds a lead, what it is owed by when, how results are shared; docs/rules/filings.md, computed."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhaoyin.kernel.lights import Light
from zhaoyin.kernel.stages import Stage
from zhaoyin.record.filings.rules import Due, Handover, Times, clock, divided, parts, protected

FILED = date(2022, 7, 1)
steps = st.dictionaries(
    st.sampled_from(["named", "judged", "answered", "followed"]),
    st.lists(st.dates(FILED, date(2022, 12, 31)), max_size=3),
)
handovers = st.lists(
    st.builds(
        Handover,
        giver=st.integers(1, 4),
        taker=st.integers(1, 4),
        kept=st.decimals(0, 100, places=2),
    ).filter(lambda one: one.giver != one.taker),
    max_size=5,
)


def test_the_worked_example() -> None:
    done = {"named": [date(2022, 7, 2)], "judged": [date(2022, 7, 5)]}
    assert clock(FILED, Times(), done, date(2022, 7, 6), introducer=True) == (
        Due("named", date(2022, 7, 2), date(2022, 7, 2)),
        Due("judged", date(2022, 7, 4), date(2022, 7, 5)),
        Due("answered", date(2022, 7, 8)),
    )
    done["answered"] = [date(2022, 7, 8)]
    assert clock(FILED, Times(), done, date(2022, 7, 9), introducer=True)[-1] == Due("followed", date(2022, 7, 22))
    first = parts(1, [Handover(1, 2, Decimal(10))])
    assert first == {1: 10, 2: 90}
    again = parts(1, [Handover(1, 2, Decimal(10)), Handover(2, 3, Decimal(20))])
    assert again == {1: 10, 2: 18, 3: 72}
    assert divided(Decimal("12.5"), again) == {1: Decimal("1.25"), 2: Decimal("2.25"), 3: Decimal(9)}


def test_a_lead_that_nobody_introduced_owes_no_answer() -> None:
    done = {"named": [FILED], "judged": [date(2022, 7, 3)]}
    assert clock(FILED, Times(), done, date(2022, 7, 9), introducer=False)[-1] == Due("followed", date(2022, 7, 17))


def test_lights_of_what_is_owed() -> None:
    due = Due("judged", date(2022, 7, 4))
    assert [due.light(date(2022, 7, day)) for day in (2, 3, 4, 5)] == [
        Light.GREEN,
        Light.YELLOW,
        Light.YELLOW,
        Light.RED,
    ]
    assert due._replace(done_on=date(2022, 7, 9)).light(date(2022, 7, 9)) is Light.GREY


def test_protection_ends_with_its_day_unless_talks_have_begun() -> None:
    assert protected(FILED, Stage.LEAD, FILED)
    assert not protected(FILED, Stage.APPRAISAL, FILED + timedelta(days=1))
    assert protected(FILED, Stage.NEGOTIATION, FILED + timedelta(days=1))


@given(steps, st.dates(FILED, date(2022, 12, 31)), st.integers(0, 60))
def test_what_happens_later_changes_no_earlier_answer(done: dict[str, list[date]], as_of: date, after: int) -> None:
    known = {kind: [day for day in days if day <= as_of] for kind, days in done.items()}
    assert clock(FILED, Times(), done, as_of, introducer=True) == clock(FILED, Times(), known, as_of, introducer=True)


@given(handovers, st.decimals(0, 100_000, places=6))
def test_shares_sum_to_the_whole_and_amounts_too(moves: list[Handover], amount: Decimal) -> None:
    shares = parts(1, moves)
    assert abs(sum(shares.values()) - 100) < Decimal("1e-20")
    assert all(share > 0 for share in shares.values())
    assert sum(divided(amount, shares).values()) == amount
