"""What every view of the library begins with: what the person may see, and what the address asks for."""

from zhaoyin.ground.access.queries import holding_of
from zhaoyin.ground.accounts.requests import SignedInRequest
from zhaoyin.record.projects.queries import Sight, sight_of

from .. import memory, queries


def sight(request: SignedInRequest) -> Sight:
    """What the person may see; looked up anew as soon as roles or records change."""
    return memory.recall(("sight", holding_of(request.user)), lambda: sight_of(request.user))


def asked_for(request: SignedInRequest) -> queries.Asked:
    """The list that the address asks for, within what the user may see."""
    field = memory.recall(
        ("field", holding_of(request.user), request.as_of),
        lambda: queries.field_of(request.user, request.as_of, sight(request)),
    )
    pins = queries.pins_of(request.user) if request.GET.get("who") == "pinned" else ()
    return queries.chosen(request.GET, field, pins)


def sums_for(asked: queries.Asked) -> tuple[queries.Totals, int]:
    """What the list adds up to, and how many projects are seen at all."""
    field = asked.field
    totals = memory.recall(("totals", asked.found_key), lambda: queries.library_sums(asked))
    known = memory.recall(
        ("known", field),
        lambda: totals.count if asked.whole else queries.library_total(field.sight, field.as_of),
    )
    return totals, known
