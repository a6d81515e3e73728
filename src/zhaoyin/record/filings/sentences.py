"""How the journal says what was done to a filing."""

from zhaoyin.ground.journal.sentences import Sentence

from .models import KINDS, Outcome

SENTENCES: dict[str, Sentence] = {
    "filings.filed": lambda detail: f"{detail['unit']}备案，{detail['status']}",
    "filings.step_taken": lambda detail: f"{detail['on']} {dict(KINDS)[detail['kind']]}：{detail['text']}",
    "filings.appealed": lambda detail: f"{detail['unit']}申诉：{detail['text']}",
    "filings.decided": lambda detail: f"裁定{Outcome(detail['outcome']).label}，理由：{detail['reason']}",
}
NAMES = {
    "filings.filed": "招引备案",
    "filings.step_taken": "记备案事项",
    "filings.appealed": "备案申诉",
    "filings.decided": "裁定备案申诉",
}
