"""The project library: what each project is and how far it has come.

`Project` is kept narrow (no long text): lists filter, sort and add up ten thousand of these rows in one pass.
"""

from .aliases import Alias, AliasKind
from .capital import ForeignCapital
from .duties import DutyDone, Evidence
from .economy import Economy, LeadingIndustry, Measure, Yield
from .gates import Answer, Gates, MoveRequest
from .investing import Stake, StakeKind
from .merging import Merging
from .people import Contact, ContactLeader, Share
from .progress import Movement, Note, Problem, ProblemKind
from .project import STAGE_CHOICES, Project, ProjectText
from .restricted import Named, Restriction
from .stages import Paper, Phase, StageChange, holding
from .standing import StandingChange
from .team import ChannelKind, Origin, Part, TeamPart

__all__ = [
    "STAGE_CHOICES",
    "Alias",
    "AliasKind",
    "Answer",
    "ChannelKind",
    "Contact",
    "ContactLeader",
    "DutyDone",
    "Economy",
    "Evidence",
    "ForeignCapital",
    "Gates",
    "LeadingIndustry",
    "Measure",
    "Merging",
    "MoveRequest",
    "Movement",
    "Named",
    "Note",
    "Origin",
    "Paper",
    "Part",
    "Phase",
    "Problem",
    "ProblemKind",
    "Project",
    "ProjectText",
    "Restriction",
    "Share",
    "StageChange",
    "Stake",
    "StakeKind",
    "StandingChange",
    "TeamPart",
    "Yield",
    "holding",
]
