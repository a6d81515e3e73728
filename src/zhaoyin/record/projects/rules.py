"""Pure decisions about projects: moving between stages, the project's stage from its phases, likeness of names, phones."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhaoyin.kernel.stages import Stage
from zhaoyin.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class StageMove:
    """A phase at `current` since `since` (None where unknown) is to move to `target` on `on`, on `paper` if one was signed."""

    current: Stage
    since: date | None
    target: Stage
    on: date
    as_of: date
    paper: str = ""
    standing: str = "active"


def may_move(move: StageMove) -> Verdict:
    """Whether a stage move stands: forwards, in order of days, a signing only on a formal agreement (domain.md §3)."""
    reasons = []
    if move.standing != "active":
        reasons.append("项目已暂缓、终止或流转，不能推进")
    if move.target.order <= move.current.order:
        reasons.append(f"现处“{move.current.label}”阶段，不能改为“{move.target.label}”")
    if move.current.order < Stage.SIGNED.order < move.target.order:
        # A signing that was leapt over could never be recorded, and the year's target would miss it for good.
        reasons.append(f"还没有登记签约：先推进到“{Stage.SIGNED.label}”，再推进到“{move.target.label}”")
    if move.since is not None and move.on < move.since:
        reasons.append(f"日期早于进入“{move.current.label}”阶段的 {move.since}")
    if move.on > move.as_of:
        reasons.append(f"日期晚于截至日 {move.as_of}")
    if move.target is Stage.SIGNED and move.paper != "formal":
        reasons.append("签约须有正式投资协议；框架协议、章程不算签约")
    return Verdict(ok=not reasons, figure=None, required=None, reasons=tuple(reasons))


def furthest(stages: Iterable[str]) -> Stage:
    """The furthest of the phases' stages; a lead where there is none."""
    return max((Stage(stage) for stage in stages), key=lambda stage: stage.order, default=Stage.LEAD)


# Days without movement after which a project turns yellow, by stage (domain.md §4; field-notes.md §1).
SILENCE_DAYS: dict[Stage, int] = {Stage.LEAD: 45, Stage.NEGOTIATION: 30, Stage.SIGNED: 20}

LEGAL_FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|\(集团\)|（集团）|集团|控股|公司|股份|等$)|[\s()（）“”\"'·、，,。-]"
)
PROJECT_WORDS = re.compile(r"(建设项目|项目|工程|（[^）]*期[^）]*）)$|[\s“”\"'·]")


def bare_name(name: str) -> str:
    """A company's name without its legal form, as far as anything remains: two such names are compared for likeness."""
    return LEGAL_FORMS.sub("", name) or name


def bare_project(name: str) -> str:
    """A project's name without the words that every project's name carries."""
    return PROJECT_WORDS.sub("", name) or name


_PHONE = re.compile(
    r"(?P<number>\+?[\d\s()./-]+?)\s*(?:(?:转|分机|ext\.?|x|#)[\s:.]*(?P<extension>\d{1,6}))?", re.IGNORECASE
)
_HOME = re.compile(r"^(\+86|0086|86(?=1[3-9]\d{9}$))")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?P<area>0(?:10|2\d|[3-9]\d{2}))(?P<own>\d{7,8})")
HIDDEN = "****"
NO_PHONE = "电话应为手机号码或座机号码，如 138 0000 0000、0576-8500 0000 转 801"


def phone_of(typed: str) -> str:
    """A telephone number as it is kept: as typed, in half-width digits. Raises ValueError for what is none."""
    words = " ".join(unicodedata.normalize("NFKC", typed).replace("—", "-").split())
    if not words:
        return ""
    found = _PHONE.fullmatch(words)
    if found is None or not 5 <= len(_digits(found["number"])) <= 18:
        raise ValueError(NO_PHONE)
    return words


def masked(phone: str) -> str:
    """What everybody may see of a number that `phone_of` gave: 138****5678, 0576-****5678, +****5678.

    At least four digits are hidden, and how many is not told; of an extension nothing is shown.
    """
    found = _PHONE.fullmatch(phone)
    if found is None:
        return HIDDEN if phone else ""
    bare = found["number"].strip()
    number = _HOME.sub("", ("+" if bare.startswith("+") else "") + _digits(bare))
    extension = f"转{HIDDEN}" if found["extension"] else ""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}{HIDDEN}{number[-4:]}{extension}"
    # A number from abroad has its area code without the zero.
    landline = _LANDLINE.fullmatch(number) or _LANDLINE.fullmatch(f"0{number}")
    if landline and (number.startswith("0") or bare.startswith(("+86", "0086"))):
        return f"{landline['area']}-{HIDDEN}{landline['own'][4:]}{extension}"
    digits = number.removeprefix("+")
    sign = "+" if number.startswith("+") else ""
    return f"{sign}{HIDDEN}{digits[4:][-4:]}{extension}"


def tells(reason: str, phone: str) -> bool:
    """Whether the words hold the number, however it is written: such a reason must not be kept."""
    found = _PHONE.fullmatch(phone)
    number = _digits(found["number"]) if found else ""
    return bool(number) and number[-7:] in _digits(unicodedata.normalize("NFKC", reason))


def _digits(words: str) -> str:
    return "".join(one for one in words if "0" <= one <= "9")
