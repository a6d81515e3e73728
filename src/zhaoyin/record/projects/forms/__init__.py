"""What the project's forms take in."""

from .asking import AskingForm
from .duties import EvidenceForm
from .economy import CapitalForm, EconomyForm, LeadingForm, OutcomeForm, YieldForm
from .facts import FactsForm, NewProjectForm
from .fields import Day
from .merging import MergingForm
from .moving import AnswerMoveForm, GatesForm, ReturnForm, StageForm
from .people import ContactForm, ReasonForm, ShareForm
from .record import AliasForm, LeaveForm, OpenInvestorForm, OriginForm, RestrictForm, StakeForm, TeamForm, WhyForm
from .recording import AnswerForm, NoteForm, OpenProblemForm, ProblemForm
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
    "OpenInvestorForm",
    "OpenProblemForm",
    "OriginForm",
    "OutcomeForm",
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
