"""The project library: what each project is and how far it has come.

`Project` is kept narrow (no long text): lists filter, sort and add up ten thousand of these rows in one pass.
"""

from .capital import ForeignCapital
from .people import Contact, ContactLeader, Share
from .progress import Movement, Note, Problem, ProblemKind
from .project import STAGE_CHOICES, Project, ProjectText
from .stages import Paper, Phase, StageChange

__all__ = [
    "STAGE_CHOICES",
    "Contact",
    "ContactLeader",
    "ForeignCapital",
    "Movement",
    "Note",
    "Paper",
    "Phase",
    "Problem",
    "ProblemKind",
    "Project",
    "ProjectText",
    "Share",
    "StageChange",
]
