"""What the name of a unit says about its kind."""

import re

KINDS: tuple[tuple[str, str], ...] = (
    (r"(开发区|园区|高新区|新区|功能区|管委会)$", "zone"),
    (r"(镇|乡|街道|街道办事处|苏木)$", "town"),
    (r"(集团|公司|国资|投资)$", "enterprise"),
    (r"(办公室|专班|办)$", "office"),
    (r"(局|委|委员会|中心|部|院|厅|处|会|总社|联社)$", "department"),
)


def kind_of(name: str) -> str:
    """The kind of unit (a `UnitKind` value) that a printed name speaks of; `other` where it says nothing."""
    return next((kind for pattern, kind in KINDS if re.search(pattern, name)), "other")


def forms_of(name: str, place: str) -> set[str]:
    """The forms under which one unit is printed: with the place's name, with 市/县/区 alone, and bare.

    Two names speak of one unit of `place` (临海市) when their forms meet: 临海市发改局, 市发改局, 发改局.
    """
    forms = {name}
    for prefix in (place, place.rstrip("市县区"), place[-1:]):
        if prefix and name.startswith(prefix) and len(name) > len(prefix) + 1:
            forms.add(name[len(prefix) :])
            if prefix != place[-1:] and name[len(prefix)] in "市县区":
                forms.add(name[len(prefix) + 1 :])
    return forms
