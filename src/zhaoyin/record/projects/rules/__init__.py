"""Pure decisions about projects: moving between stages, the project's stage from its phases, likeness of names, phones."""

from .likeness import LEGAL_FORMS, PROJECT_WORDS, bare_name, bare_project
from .matching import Named, match, one_to_one, repeated, same_project
from .merging import Clash, Merge, three_way
from .moving import SILENCE_DAYS, StageMove, furthest, may_move
from .phones import HIDDEN, NO_PHONE, masked, phone_of, tells

__all__ = [
    "HIDDEN",
    "LEGAL_FORMS",
    "NO_PHONE",
    "PROJECT_WORDS",
    "SILENCE_DAYS",
    "Clash",
    "Merge",
    "Named",
    "StageMove",
    "bare_name",
    "bare_project",
    "furthest",
    "masked",
    "match",
    "may_move",
    "one_to_one",
    "phone_of",
    "repeated",
    "same_project",
    "tells",
    "three_way",
]
