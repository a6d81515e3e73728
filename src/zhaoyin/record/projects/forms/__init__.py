"""What the project's forms take in."""

from .facts import FactsForm, NewProjectForm
from .fields import Day
from .merging import MergingForm
from .moving import AnswerMoveForm, GatesForm, ReturnForm, StageForm
from .people import ContactForm, ReasonForm, ShareForm
from .recording import AnswerForm, NoteForm, ProblemForm

__all__ = [
    "AnswerForm",
    "AnswerMoveForm",
    "ContactForm",
    "Day",
    "FactsForm",
    "GatesForm",
    "MergingForm",
    "NewProjectForm",
    "NoteForm",
    "ProblemForm",
    "ReasonForm",
    "ReturnForm",
    "ShareForm",
    "StageForm",
]
