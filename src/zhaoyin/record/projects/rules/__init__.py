"""Pure decisions about projects: moving between stages, the project's stage from its phases, likeness of names, phones."""

from .likeness import LEGAL_FORMS, PROJECT_WORDS, TELLING, Alike, Lead, alike, bare_name, bare_project, lead_key, sound
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
    "TELLING",
    "Alike",
    "Clash",
    "Lead",
    "Merge",
    "Named",
    "StageMove",
    "alike",
    "bare_name",
    "bare_project",
    "furthest",
    "lead_key",
    "masked",
    "match",
    "may_move",
    "one_to_one",
    "phone_of",
    "repeated",
    "same_project",
    "sound",
    "tells",
    "three_way",
]
