"""Pure decisions about projects: moving between stages, the project's stage from its phases, likeness of names, phones."""

from .economy import DOUBTFUL, UNITS_OF_MEASURES, Outcome, doubt_of, in_wan_usd
from .likeness import LEGAL_FORMS, PROJECT_WORDS, TELLING, Alike, Lead, alike, bare_name, bare_project, lead_key, sound
from .matching import Named, match, one_to_one, repeated, same_project
from .merging import Clash, Merge, three_way
from .moving import SILENCE_DAYS, StageMove, furthest, may_move
from .phones import HIDDEN, NO_PHONE, masked, phone_of, tells

__all__ = [
    "DOUBTFUL",
    "HIDDEN",
    "LEGAL_FORMS",
    "NO_PHONE",
    "PROJECT_WORDS",
    "SILENCE_DAYS",
    "TELLING",
    "UNITS_OF_MEASURES",
    "Alike",
    "Clash",
    "Lead",
    "Merge",
    "Named",
    "Outcome",
    "StageMove",
    "alike",
    "bare_name",
    "bare_project",
    "doubt_of",
    "furthest",
    "in_wan_usd",
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
