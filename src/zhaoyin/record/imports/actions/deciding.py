"""What a person decides about a list: what its columns are, and how the questions about its rows are answered."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import models, transaction

from zhaoyin.ground.access.queries import permit
from zhaoyin.ground.access.rules import Permission

from ..models import Batch, BatchState, Line, Remembered
from ..queries import weigh_line
from ..rules import FIELDS, Outcome, fault_of
from .reading import Refused, journalled


@transaction.atomic
def map_columns(*, by: models.Model, batch: Batch, mapping: Sequence[Mapping[str, str]]) -> None:
    """Say what each column is ([{field, unit}] in their order), remembered for lists of the same shape. The rows are then
    weighed anew in the background. Raises Refused for a mapping that cannot be used or a list that is not being reviewed.
    """
    permit(by, Permission.PROJECT_EDIT)
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    _reviewed(batch)
    if len(mapping) != len(batch.table["columns"]) or any(one["field"] not in FIELDS for one in mapping):
        raise Refused("各列的设定与表不符，请刷新后再试")
    if fault := fault_of(mapping):
        raise Refused(fault)
    batch.mapping = [{"field": one["field"], "unit": one["unit"]} for one in mapping]
    batch.state = BatchState.WAITING
    batch.save(update_fields=["mapping", "state"])
    Remembered.objects.update_or_create(
        jurisdiction_id=batch.jurisdiction_id, shape=batch.shape, defaults={"mapping": batch.mapping, "by_id": by.pk}
    )
    journalled(by, "imports.mapped", batch, {"columns": [FIELDS[one["field"]] for one in mapping]})


@transaction.atomic
def answer(*, by: models.Model, batch: Batch, number: int, question: str, given: str, on: date) -> Line:
    """Answer a question about one row; "" takes the answer back. Raises Refused for an answer that was not offered."""
    permit(by, Permission.PROJECT_EDIT)
    batch = Batch.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=batch.pk)
    _reviewed(batch)
    line = Line.objects.filter(batch=batch, number=number).first()
    if line is None:
        raise Refused("表中没有这一行，请刷新后再试")
    offered = {one: dict(answers) for one, answers in line.questions}
    if given:
        if given not in offered.get(question, {}):
            raise Refused("没有这个选项，请刷新后再试")
        line.choice = {**line.choice, question: given}
        words = offered[question][given]
    else:
        line.choice, words = {}, "重新考虑"
    line.save(update_fields=["choice"])
    if (found := weigh_line(batch, by, on, number)) is None:
        raise Refused("表中没有这一行，请刷新后再试")
    _, weighed = found
    line.outcome, line.reasons, line.changes = weighed.outcome.value, weighed.reasons, weighed.changes
    line.questions, line.project_id = weighed.questions, weighed.project
    if given and weighed.outcome in (Outcome.NEW, Outcome.CHANGED):
        line.reasons = [*weighed.reasons, f"已确认：{words}"]
    line.save()
    journalled(by, "imports.decided", batch, {"row": number, "words": words})
    return line


def _reviewed(batch: Batch) -> None:
    if batch.state not in (BatchState.READ, BatchState.UNDONE):
        raise Refused(f"这份清单现在的状态是“{batch.get_state_display()}”，不能再改")
