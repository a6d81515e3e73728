"""What every act on organisations shares: the permission, refusals in sentences, the version, fields before and after."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission
from zhaoyin.kernel.verdict import Verdict

from ..models import Unit, UnitKind
from ..rules import Node

Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """What was asked is against a rule; `reasons` are sentences for the person, the message is all of them."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("".join(reasons))
        self.reasons = reasons


class StaleVersion(Exception):
    """Somebody else saved after this person opened the form."""

    def __init__(self) -> None:
        super().__init__("这一项刚被别人改过，请对照后再保存。")


def allow(by: models.Model | None, unit: Unit | None) -> None:
    """Raise Forbidden unless `by` keeps the organisations of `unit`; None is the top of the tree, kept by who keeps it all."""
    permit(by, Permission.ORGANISATION_EDIT, unit if unit is not None else Unit())


def must(verdict: Verdict) -> None:
    """Raise Refused where a rule says no."""
    if not verdict:
        raise Refused(*verdict.reasons)


@contextmanager
def unique(sentence: str) -> Iterator[None]:
    """Turn the database's refusal of a second one, made by somebody else meanwhile, into `sentence`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused(sentence) from None


def locked(row: Row) -> Row:
    """The row as it is stored, held until the transaction ends. Records that refer to it may still be written."""
    found: Row = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    return found


def fresh(row: Row, version: int | None) -> Row:
    """The row, held; StaleVersion when `version` is given and is not the stored one."""
    stored = locked(row)
    if version is not None and vars(stored)["version"] != version:
        raise StaleVersion
    return stored


def set_fields(row: Any, fields: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, list[Any]]:
    """Set what differs and count the version up, without saving. Returns {field: [before, after]} for the journal.

    Raises ValueError for a field that cannot be set.
    """
    unknown = fields.keys() - set(allowed)
    if unknown:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    changes: dict[str, list[Any]] = {}
    for key, after in fields.items():
        before = getattr(row, key)
        if before != after:
            setattr(row, key, after)
            changes[key] = [plain(before), plain(after)]
    if changes:
        row.version += 1
    return changes


def plain(value: Any) -> Any:
    """A value as the journal keeps it: days in ISO form, records by name."""
    if isinstance(value, date):
        return value.isoformat()
    return value.name if isinstance(value, models.Model) and hasattr(value, "name") else value


def node_of(unit: Unit) -> Node:
    """A unit as the rules of the tree see it."""
    return Node(
        unit.name,
        unit.path,
        unit.place_id,
        unit.kind == UnitKind.JURISDICTION,
        unit.founded_on,
        unit.closed_on,
    )


def named(name: str, what: str) -> str:
    """A name without blanks around it; Refused for one that is empty."""
    name = " ".join(name.split())
    if not name:
        raise Refused(f"请填写{what}。")
    return name
