"""The shapes of the files: which keys a block may have and how each value is checked, as tables."""

from zhaoyin.ground.organisations.models import Seat, UnitKind
from zhaoyin.ground.organisations.rules import PostKind
from zhaoyin.kernel.stages import FRAMEWORK, Stage
from zhaoyin.plan.schedules.models import MilestoneKind
from zhaoyin.record.projects.models import Paper, ProblemKind
from zhaoyin.record.projects.rules import phone_of
from zhaoyin.record.promotion.models import EventKind

from .lines import Key, day, file_name, number, one_of, text, texts, words, yes_or_no

LIST = Key(lambda value: value if isinstance(value, list) else [value], default=())
STAGES = one_of([stage.value for stage in Stage])
REACHES = one_of([*[stage.value for stage in Stage], FRAMEWORK])

# organisations.yaml
ORGANISATIONS = {
    "jurisdiction": Key(lambda value: value, required=True),
    "units": LIST, "officials": LIST, "leading": LIST, "groups": LIST, "teams": LIST, "platforms": LIST,
}  # fmt: skip
JURISDICTION = {
    "name": Key(words(100), required=True),
    "code": Key(words(12), default=""),
    "demo": Key(yes_or_no, default=False),
    "opens_on": Key(day),
}
UNIT = {
    "name": Key(words(100), required=True),
    "short": Key(words(30), default=""),
    "kind": Key(one_of([kind.value for kind in UnitKind if kind != UnitKind.JURISDICTION])),
    "reports": Key(yes_or_no, default=True),
    "founded_on": Key(day),
}
OFFICIAL = {"name": Key(words(40), required=True), "posts": LIST}
POST = {
    "unit": Key(text, required=True), "post": Key(words(60), required=True), "since": Key(day), "until": Key(day),
    "kind": Key(one_of([kind.value for kind in PostKind])),
}  # fmt: skip
LEADING = {"name": Key(words(100), required=True), "office": Key(text), "members": LIST}
MEMBER = {
    "official": Key(text, required=True), "seat": Key(one_of(Seat.values), default=Seat.MEMBER.value),
    "in_office": Key(yes_or_no, default=False), "since": Key(day), "until": Key(day),
}  # fmt: skip
GROUP = {
    "number": Key(number, required=True),
    "name": Key(words(60), required=True),
    "lead": Key(text),
    "since": Key(day),
}
TEAM = {
    "name": Key(words(60), required=True), "city_leader": Key(text), "section_official": Key(text),
    "fund": Key(words(60), default=""), "base": Key(words(60), default=""), "commissioners": Key(texts, default=()),
    "since": Key(day),
}  # fmt: skip
PLATFORM = {"name": Key(words(60), required=True), "unit": Key(text)}

# plan.yaml
PLAN = {
    "title": Key(text, required=True),
    "known_on": Key(day, required=True),
    "document": Key(file_name),
    "chapters": LIST,
    "annex": Key(text),
    "sections": LIST,
}
CHAPTER = {"title": Key(text, required=True), "paragraphs": Key(texts, default=())}
SECTION = {"title": Key(text, required=True), "declared": Key(number), "projects": LIST}
ROW = {
    "seq": Key(number, required=True), "name": Key(text, required=True), "investment_yi": Key(number),
    "land_mu": Key(number), "investor": Key(text), "content": Key(text), "progress": Key(texts, default=()),
    "goals": Key(text), "leaders": Key(texts, default=()), "unit": Key(text),
}  # fmt: skip

# records.yaml
RECORDS = {"projects": LIST, "facts": LIST, "records": LIST}
PROJECT = {
    "name": Key(words(200), required=True), "known_on": Key(day, required=True), "stage": Key(STAGES, required=True),
    "investor": Key(words(300), default=""), "investment_yi": Key(number), "land_mu": Key(number), "unit": Key(text),
    "leaders": Key(texts, default=()), "platform": Key(text), "site": Key(words(200), default=""),
    "content": Key(text, default=""), "milestones": LIST,
}  # fmt: skip
MILESTONE = {
    "text": Key(text, required=True), "kind": Key(one_of([kind.value for kind in MilestoneKind]), required=True),
    "when": Key(words(60), default=""), "start": Key(day), "end": Key(day), "stage": Key(REACHES, default=""),
}  # fmt: skip
FACTS = {
    "project": Key(text, required=True), "platform": Key(text), "site": Key(text), "stage": Key(STAGES), "team": Key(text),
    "contacts": LIST, "shared": LIST,
}  # fmt: skip
CONTACT = {
    "name": Key(words(40), required=True), "post": Key(words(60), default=""),
    "phone": Key(lambda value: phone_of(words(40)(value)), default=""),
}  # fmt: skip
SHARE = {"unit": Key(text, required=True), "reports": Key(yes_or_no, default=False)}

_ON = {"on": Key(day, required=True)}
_OF = _ON | {"project": Key(text, required=True)}
# A record is what its telling key says it is.
RECORD: dict[str, dict[str, Key]] = {
    "note": _OF | {"note": Key(text, required=True), "unit": Key(text), "phase": Key(text)},
    "stage": _OF | {
        "stage": Key(STAGES, required=True), "paper": Key(one_of(Paper.values), default=""), "phase": Key(text),
        "why": Key(words(300), default=""),
    },
    "reached": _OF | {"reached": Key(text, required=True)},
    "moved": _OF | {"moved": Key(text, required=True), "from": Key(day), "to": Key(day, required=True),
                    "reason": Key(words(300), required=True)},
    "problem": _OF | {"problem": Key(one_of(ProblemKind.values), required=True), "text": Key(words(300), required=True),
                      "unit": Key(text), "due": Key(day)},
    "solved": _OF | {"solved": Key(text, required=True), "answer": Key(words(300), required=True)},
    "capital": _ON | {"capital": Key(number, required=True), "project": Key(text), "voucher": Key(words(200), default="")},
    "event": _ON | {"event": Key(one_of(EventKind.values), required=True), "title": Key(words(100), required=True),
                    "place": Key(words(60), default=""), "unit": Key(text)},
}  # fmt: skip
