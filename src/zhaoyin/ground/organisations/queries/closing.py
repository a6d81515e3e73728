"""What this room knows to be open in a unit that closes."""

from typing import Any

from ..models import Appointment, LeadingGroup, Unit
from .cards import accounts_of


def people_and_accounts(unit: Unit, user: Any) -> list[str]:
    """Officials in office, accounts, and leading groups whose office is here, a phrase each."""
    posts = Appointment.objects.filter(unit=unit, until__isnull=True)
    counted = (
        (posts.count(), "个现任职务没有离任日"),
        (accounts_of(unit), "个在用账号"),
        (LeadingGroup.objects.filter(office=unit, closed_on__isnull=True).count(), "个领导小组的办公室设在这里"),
    )
    return [f"{count} {words}" for count, words in counted if count]
