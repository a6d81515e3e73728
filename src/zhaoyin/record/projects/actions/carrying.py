"""Rows carried from one record to another, whatever room they are of, and put back again.

Which rows hang on a record the models say themselves by their foreign keys, so that a room above takes part without being named.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.db.models.deletion import Collector

# What may differ between two rows that say the same: where they hang, in which order, who wrote them and when.
NOT_SAID = {"position", "at", "by", "known_on"}

Kinds = frozenset[type[models.Model]]


class Carrier:
    """Collects what was moved, left out and changed; `changes` is what `put_back` needs. Rows of the `ordered` kinds have a
    `position` among those of their record.
    """

    def __init__(self, ordered: Kinds = frozenset()) -> None:
        self._ordered = ordered
        self.moved: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self._moves: list[tuple[type[models.Model], Any, dict[str, Any]]] = []
        self._changed: list[list[Any]] = []
        self._removed: list[dict[str, Any]] = []
        self._seen: set[tuple[type[models.Model], Any]] = set()

    def carry_all(self, source: models.Model, target: models.Model, *, apart: Kinds = frozenset()) -> None:
        """Move every row that refers to `source`; one that `target` has already is left out, and what hangs on it goes over
        to its twin. `apart` are not looked at.
        """
        for model, field in _hanging_on(type(source)):
            if model not in apart:
                self._carry(model, field, source, target)

    def move(self, row: models.Model, after: Mapping[str, Any]) -> bool:
        """Set columns of a row without its knowing; False where a constraint does not let it."""
        model = type(row)
        before = {name: getattr(row, name) for name in after}
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**after)
                connection.check_constraints(table_names=[model._meta.db_table])
        except IntegrityError:
            return False
        key = after.get(model._meta.pk.attname, row.pk)
        if (model, key) not in self._seen:
            self._seen.add((model, key))
            self.moved[str(model._meta.verbose_name)] += 1
        self._moves.append((model, key, before))
        return True

    def change(self, row: models.Model, after: Mapping[str, Any]) -> None:
        """Set fields of a row that stays, by the names of their columns."""
        given = {name: value for name, value in after.items() if getattr(row, name) != value}
        for name, value in given.items():
            before = _kept(row, name)
            setattr(row, name, value)
            self._changed.append([row._meta.label_lower, row.pk, name, before, _kept(row, name)])
        if given:
            row.save(update_fields=[row._meta.get_field(name).name for name in given])

    def remove(self, row: models.Model, *, count: bool = True) -> None:
        """Delete a row with all that hangs on it still, and keep how it was. Raises ProtectedError."""
        collector = _Whole(using=connection.alias, origin=row)
        collector.collect([row])
        groups: Any  # lists of rows, each a query or a list
        for (field, _), groups in collector.field_updates.items():
            for referring in (one for group in groups for one in group):
                self._moves.append((type(referring), referring.pk, {field.attname: getattr(referring, field.attname)}))
        for rows in collector.data.values():
            printed = json.dumps(serializers.serialize("python", list(rows)), cls=DjangoJSONEncoder)
            self._removed.extend(json.loads(printed))
        if count:
            self.left[str(row._meta.verbose_name)] += 1
        row.delete()

    def changes(self) -> dict[str, Any]:
        """What `put_back` needs, as JSON; with what each moved row says now, so that one touched later is known."""
        marks = {
            (model, key): _mark(row)
            for model, key in {(model, key) for model, key, _ in self._moves}
            if (row := model._base_manager.filter(pk=key).first()) is not None
        }
        moves = [
            [model._meta.label_lower, key, before, marks[model, key]]
            for model, key, before in self._moves
            if (model, key) in marks
        ]
        return {"moves": moves, "changed": self._changed, "removed": self._removed}

    def _carry(
        self, model: type[models.Model], field: models.ForeignKey[Any], source: models.Model, target: models.Model
    ) -> None:
        held = list(model._base_manager.filter(**{field.attname: target.pk}).order_by("pk"))
        said = {words: row for row in held if (words := _said(row, field))}
        offset = max((_position(row) for row in held), default=-1) + 1 if model in self._ordered else 0
        for row in model._base_manager.filter(**{field.attname: source.pk}).order_by("pk"):
            after = {field.attname: target.pk} | (
                {"position": _position(row) + offset} if model in self._ordered else {}
            )
            twin = said.get(_said(row, field))
            if twin is None and (twin := _rival(row, field, held)) is not None:
                self._fill(twin, row)
            if twin is None and self.move(row, after):
                continue
            if twin is not None:
                self.carry_all(row, twin)
            self.remove(row)

    def _fill(self, row: models.Model, other: models.Model) -> None:
        """What is blank in a row of which there is only one, from the other's."""
        names = [one.attname for one in row._meta.concrete_fields if not one.unique and one.name not in NOT_SAID]
        blank = [name for name in names if getattr(row, name) in (None, "")]
        self.change(row, {name: value for name in blank if (value := getattr(other, name)) not in (None, "")})


class _Whole(Collector):
    """A collector that looks at every row, so that each can be kept."""

    def can_fast_delete(self, *args: Any, **options: Any) -> bool:
        return False


def put_back(changes: Mapping[str, Any]) -> list[str]:
    """Restore what a carrier removed, moved and changed. Returns the names of what stays because it was touched since.

    Raises IntegrityError where something that the rows refer to is no longer there.
    """
    kept: dict[str, None] = {}
    for restored in serializers.deserialize("python", changes["removed"]):
        restored.save()
    stay = set()
    for label, key, _, mark in changes["moves"]:
        row = apps.get_model(label)._base_manager.filter(pk=key).first()
        if row is None or _mark(row) != mark:
            stay.add((label, key))
            kept[_name(apps.get_model(label), row)] = None
    for label, key, before, _ in reversed(changes["moves"]):
        if (label, key) not in stay:
            apps.get_model(label)._base_manager.filter(pk=key).update(**before)
    for label, key, name, before, after in reversed(changes["changed"]):
        row = apps.get_model(label)._base_manager.filter(pk=key).first()
        if row is None or before == after:
            continue
        field = row._meta.get_field(name)
        if _kept(row, name) != after:
            kept[f"{row._meta.verbose_name}“{str(row)[:40]}”的{field.verbose_name}"] = None
            continue
        setattr(row, name, _read(field, before))
        row.save(update_fields=[field.name])
    connection.check_constraints()
    return list(kept)


def _hanging_on(model: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Every table with a foreign key to `model`, and that key."""
    for one in model._meta.get_fields(include_hidden=True):
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one):
            yield one.related_model, one.field  # type: ignore[misc, union-attr]


def _rival(row: models.Model, field: Any, held: list[models.Model]) -> models.Model | None:
    """The row beside which `row` cannot stand: of those `held` there may be one only, or one only that is the same in this."""
    if field.unique:
        return held[0] if held else None
    for one in row._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and field.name in one.fields:
            names = [row._meta.get_field(name).attname for name in one.fields if name != field.name]  # type: ignore[union-attr]
            same = [other for other in held if all(getattr(other, name) == getattr(row, name) for name in names)]
            if one.condition is not None:
                same = [
                    other for other in same if one.condition.check(_values(other)) and one.condition.check(_values(row))
                ]
            if same:
                return same[0]
    return None


def _values(row: models.Model) -> dict[str, Any]:
    return {one.name: getattr(row, one.attname) for one in row._meta.concrete_fields}


def _position(row: Any) -> int:
    return int(row.position)


def _said(row: models.Model, field: Any) -> str:
    """What a row says, wherever it hangs; empty where it says nothing but where it hangs."""
    facts = [
        one
        for one in row._meta.concrete_fields
        if not one.primary_key and one is not field and one.name not in NOT_SAID and one.name != "phase"
    ]
    plain = [one for one in facts if not one.is_relation]
    return json.dumps([one.value_to_string(row) for one in facts], ensure_ascii=False) if plain else ""


def _mark(row: models.Model) -> str:
    """A short mark of everything that a row holds."""
    words = [one.value_to_string(row) for one in row._meta.concrete_fields]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:24]


def _kept(row: models.Model, name: str) -> str | None:
    """A field's value as JSON keeps it."""
    value = getattr(row, name)
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    field: Any = row._meta.get_field(name)
    return None if value is None else str(field.value_to_string(row))


def _read(field: Any, kept: str | None) -> Any:
    if kept is None:
        return None
    return json.loads(kept) if isinstance(field, models.JSONField) else field.to_python(kept)


def _name(model: type[models.Model], row: models.Model | None) -> str:
    kind = str(model._meta.verbose_name)
    words = "" if row is None or type(row).__str__ is models.Model.__str__ else str(row)[:40]
    return f"{kind}“{words}”" if words else f"{kind}（已删除）" if row is None else f"改过的{kind}"
