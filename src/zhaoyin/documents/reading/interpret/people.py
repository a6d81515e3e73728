"""Names of leaders and units out of their cells: 、, blanks or lines between them, titles and labels around them."""

import re

from ..model import Doubt, Places, ReadProject
from ..source import Place
from .passage import Span, squeezed, with_next

_BETWEEN = re.compile(r"[、,;/|\n]|\s+|(?<=[^\x00-\x7f])和(?=[^\x00-\x7f]{2,4}(?:$|[、,\s]))")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LABEL = re.compile(r"^[^:]{1,12}:")
_OFFICE = (
    r"(?:第一|常务)?副?(?:书记|市长|县长|区长|州长|旗长|镇长|乡长|主任|部长|局长|主席|秘书长|调研员|巡视员"
    r"|检察长|院长|处长|司令员|政委|厅长|盟长|组长)"
)
_TITLED = re.compile(rf"(.{{2,4}}?)(?:同志|{_OFFICE})")
_TITLE = re.compile(rf".*(?:{_OFFICE}|常委|委员|领导|党组成员|负责人|负责同志|主要负责人)")
_NOT_A_NAME = re.compile(r"委$|府$|办$|人大|政协|政府|党委|常委|市委|县委|区委|党组")
_DASHES = re.compile(r"[/\-—*.]+|无|待定|暂无")

_UNIT_LINE = re.compile(
    r".*(?:局|委|办|办公室|区|镇|乡|街道|政府|中心|公司|集团|部|院|处|会|园|科|站|校|行|厅|所|室|队|专班)\)?$"
)
_UNIT_LABELS = re.compile(
    r"(?P<label>(?:主责|牵头|责任|配合|协助|协同|主办|主管|会办|联系|包抓|落实)(?:单位|部门|责任单位)?)\s?:"
)


def read_leaders(cell: Span) -> tuple[tuple[str, ...], Places]:
    """The names in a cell of leaders, without titles and labels, in the order of printing."""
    names: list[Span] = []
    titles: list[Span] = []
    single: Span | None = None
    for part in _parts(cell):
        text = part.folded
        if _DASHES.fullmatch(text):
            continue
        if len(text) == 1:  # a name of two characters set apart to the width of three: 王　强
            if single is not None:
                names.append(Span(part.sheet, single.start, part.end))
                single = None
            else:
                single = part
            continue
        if (match := _TITLED.fullmatch(text)) and not _NOT_A_NAME.search(match[1]):
            names.append(part.sub(0, len(match[1])))
        elif _TITLE.fullmatch(text):
            titles.append(part)
        else:
            names.append(part)
    if single is not None:
        names.append(single)
    found = names or titles
    return tuple(squeezed(name.text) for name in found), {"leaders": tuple(p for name in found for p in name.places)}


_RUN = re.compile(r"[一-龥]{5,8}")


def part_joined_names(projects: list[ReadProject]) -> None:
    """Names that a narrow cell has run together ("王小明李大华"), parted where one of the two stands alone elsewhere in the
    list; where none does they stay as printed, with a doubt."""
    alone = {name for project in projects for name in project.leaders if 2 <= len(name) <= 4}
    for project in projects:
        if not any(_RUN.fullmatch(name) for name in project.leaders):
            continue
        places = project.places.get("leaders", ())
        sure = len(places) == len(project.leaders)
        names: list[str] = []
        found: list[Place] = []
        for index, name in enumerate(project.leaders):
            place = places[index] if sure else None
            cut = _cut_between(name, alone) if _RUN.fullmatch(name) else 0
            if cut and place is not None and place.end - place.start == len(name):
                names += [name[:cut], name[cut:]]
                found += [place._replace(end=place.start + cut), place._replace(start=place.start + cut)]
                continue
            if _RUN.fullmatch(name) and not _TITLE.fullmatch(name):
                project.doubts.append(Doubt("leaders", "可能是几个人的姓名连在一起，照印未分", name, place))
            names.append(name)
            found += [place] if place is not None else []
        project.leaders = tuple(names)
        if sure:
            project.places["leaders"] = tuple(found)


def _cut_between(name: str, alone: set[str]) -> int:
    """Where one of two names ends and the other begins, both of two to four characters and one of them known; 0 when open."""
    cuts = {cut for cut in range(2, len(name) - 1) if len(name) - cut <= 4 and {name[:cut], name[cut:]} & alone}
    return cuts.pop() if len(cuts) == 1 else 0


def _parts(cell: Span) -> list[Span]:
    folded, parts, at = cell.folded, [], 0
    gaps = [m.span() for m in _BRACKETS.finditer(folded)]
    for start, end in [*gaps, (len(folded), len(folded))]:
        for part in cell.sub(at, start).split(_BETWEEN):
            label = _LABEL.match(part.folded)
            bare = part.sub(label.end()).strip() if label else part
            if bare:
                parts.append(bare)
        at = end
    return parts


def read_unit(cell: Span) -> tuple[str | None, Places, dict[str, str]]:
    """The unit of a cell; where a cell labels several (牵头单位:…;配合单位:…) the first, and the others by their labels."""
    cell = cell.strip("、,;。")
    if not cell or _DASHES.fullmatch(cell.folded):
        return None, {}, {}
    labels = list(_UNIT_LABELS.finditer(cell.folded))
    if not labels or cell.sub(0, labels[0].start()).strip():
        return _lines(cell), {"unit": cell.places}, {}
    first: Span | None = None
    others: dict[str, str] = {}
    for label, following in with_next(labels):
        value = cell.sub(label.end(), following.start() if following else None).strip(";,。、")
        if first is None:
            first = value
        else:
            others[label["label"]] = _lines(value)
    return (_lines(first) if first else None), {"unit": first.places if first else ()}, others


def _lines(cell: Span) -> str:
    """Lines that each end as a unit ends are several units; other line breaks are the width of a column."""
    lines = cell.text.split()
    if len(lines) > 1 and all(_UNIT_LINE.fullmatch(line) for line in lines):
        return "、".join(line.strip("、,，") for line in lines)
    return cell.words
