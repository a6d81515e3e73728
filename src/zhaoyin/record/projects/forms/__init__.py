"""What the project's forms take in."""

from .asking import AskingForm
from .duties import EvidenceForm
from .facts import FactsForm, NewProjectForm
from .fields import Day
from .merging import MergingForm
from .moving import AnswerMoveForm, GatesForm, ReturnForm, StageForm
from .people import ContactForm, ReasonForm, ShareForm
from .record import (
    AliasForm,
    CapitalForm,
    EconomyForm,
    LeadingForm,
    LeaveForm,
    OriginForm,
    RestrictForm,
    StakeForm,
    TeamForm,
    WhyForm,
    YieldForm,
)  # fmt: skip
from .recording import AnswerForm, NoteForm, ProblemForm
from .standing import TurnForm

__all__ = [
    "AliasForm",
    "AnswerForm",
    "AnswerMoveForm",
    "AskingForm",
    "CapitalForm",
    "ContactForm",
    "Day",
    "EconomyForm",
    "EvidenceForm",
    "FactsForm",
    "GatesForm",
    "LeadingForm",
    "LeaveForm",
    "MergingForm",
    "NewProjectForm",
    "NoteForm",
    "OriginForm",
    "ProblemForm",
    "ReasonForm",
    "RestrictForm",
    "ReturnForm",
    "ShareForm",
    "StageForm",
    "StakeForm",
    "TeamForm",
    "TurnForm",
    "WhyForm",
    "YieldForm",
]
