"""Reading the project library, as of any day.

`known_on(visible_to(user), as_of)` is the door for every list and page: what the user may see of what was known on the day.
"""

from .asof import STAGE_BY_RANK, STAGE_RANK, Ids, changed_after, known_on, latest_words, phase_stages
from .finding import leader_names, matching
from .scope import (
    ON_A_PROJECT,
    OPENED_BY_SHARE,
    Numbers,
    Sight,
    allowed_on,
    contacts_visible_to,
    files_visible_to,
    permit_on,
    seen,
    shares_visible_to,
    sight_of,
    tied_to,
    units_to_add_in,
    visible_to,
)

__all__ = [
    "ON_A_PROJECT",
    "OPENED_BY_SHARE",
    "STAGE_BY_RANK",
    "STAGE_RANK",
    "Ids",
    "Numbers",
    "Sight",
    "allowed_on",
    "changed_after",
    "contacts_visible_to",
    "files_visible_to",
    "known_on",
    "latest_words",
    "leader_names",
    "matching",
    "permit_on",
    "phase_stages",
    "seen",
    "shares_visible_to",
    "sight_of",
    "tied_to",
    "units_to_add_in",
    "visible_to",
]
