"""What the project's forms take in."""

from .facts import FactsForm, NewProjectForm
from .fields import Day
from .merging import MergingForm
from .people import ContactForm, ReasonForm, ShareForm
from .recording import AnswerForm, NoteForm, ProblemForm, StageForm

__all__ = [
    "AnswerForm", "ContactForm", "Day", "FactsForm", "MergingForm", "NewProjectForm", "NoteForm", "ProblemForm",
    "ReasonForm", "ShareForm", "StageForm",
]  # fmt: skip
