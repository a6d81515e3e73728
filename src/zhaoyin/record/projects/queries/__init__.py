"""Reading the project library, as of any day.

`known_on(visible_to(user), as_of)` is the door for every list and page: what the user may see of what was known on the day.
"""

from .asof import STAGE_BY_RANK, STAGE_RANK, Ids, changed_after, known_on, latest_words, phase_stages
from .dossier import Dossier, dossier_of, investors_visible_to, leading_in, projects_of_investor
from .finding import leader_names, matching
from .scope import (
    ON_A_PROJECT,
    OPENED_BY_SHARE,
    RESTRICTED,
    Numbers,
    Sight,
    allowed_on,
    contacts_visible_to,
    files_visible_to,
    permit_on,
    restricted_ids,
    seen,
    shares_visible_to,
    sight_of,
    tied_to,
    units_to_add_in,
    unrestricted,
    visible_to,
)
from .timeline import Moment, timeline_of

__all__ = [
    "ON_A_PROJECT",
    "OPENED_BY_SHARE",
    "RESTRICTED",
    "STAGE_BY_RANK",
    "STAGE_RANK",
    "Dossier",
    "Ids",
    "Moment",
    "Numbers",
    "Sight",
    "allowed_on",
    "changed_after",
    "contacts_visible_to",
    "dossier_of",
    "files_visible_to",
    "investors_visible_to",
    "known_on",
    "latest_words",
    "leader_names",
    "leading_in",
    "matching",
    "permit_on",
    "phase_stages",
    "projects_of_investor",
    "restricted_ids",
    "seen",
    "shares_visible_to",
    "sight_of",
    "tied_to",
    "timeline_of",
    "units_to_add_in",
    "unrestricted",
    "visible_to",
]
