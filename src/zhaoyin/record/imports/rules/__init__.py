"""Pure decisions about imported lists: what a column is, what a cell says, what becomes of a row, what a key guards."""

from .columns import FIELDS, MONEY_UNITS, Column, fault_of, shape_of, suggested
from .keys import CHECKED, KEY_LABELS, edited_cells, key_of, printed_as
from .values import Figure, land_of, money_of, names_in
from .weighing import OUTCOMES, Known, Outcome, Row, Surroundings, Weighed, weigh

__all__ = [
    "CHECKED",
    "FIELDS",
    "KEY_LABELS",
    "MONEY_UNITS",
    "OUTCOMES",
    "Column",
    "Figure",
    "Known",
    "Outcome",
    "Row",
    "Surroundings",
    "Weighed",
    "edited_cells",
    "fault_of",
    "key_of",
    "land_of",
    "money_of",
    "names_in",
    "printed_as",
    "shape_of",
    "suggested",
    "weigh",
]
