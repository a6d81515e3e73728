"""Tables of targets: a unit per row and a metric per column (任务分解表), or a metric per row with its value (指标表)."""

import re
from decimal import Decimal

from zhaoyin.kernel.money import UNITS, money_unit
from zhaoyin.kernel.numerals import ARABIC, number, plain

from ..model import Doubt, Places, ReadTarget
from ..source import Place
from .amounts import find_amounts
from .collect import TOTAL
from .grid import Grid, GridCell, own_cells
from .passage import Span, squeezed
from .targets import floor_of, metric_of

_UNIT_HEAD = re.compile(
    r"(?:责任|牵头|承担|目标|任务|各)?(?:单位|镇街|乡镇|部门|地区|县\(?市?、?区?\)?|镇\(?街道\)?|镇\(?街道、?\w*\)?|园区|板块|县市区|区县|街道|名称|设?区市|地市|市州|城市|各?市|各?县|各?区|市\(州\)|县\(区\))(?:名称|别)?"
)
_METRIC_HEAD = re.compile(r"(?:指标|目标|任务|考核|工作)(?:名称|内容|项目|指标|任务)?|主要指标|目标任务")
_VALUE_HEAD = re.compile(r"(?:20\d\d\s?年?)?(?:年度|全年|年)?(?:目标|任务)(?:值|数|任务|数量)?|目标任务数|计划数|数值")
_MEASURE_HEAD = re.compile(r"(?:计量)?单位")
_BRACKET = re.compile(r"\(([^()]{1,8})\)")
_NUMBER = re.compile(rf"(?:≥|>=|不少于|不低于)?\s?({ARABIC})\s?(?:以上)?")
_COUNT_UNITS = re.compile(r"[个家项次场人名批户天支只%]|批次|人次|亩|平方米")


def read_target_table(grid: Grid, scope: str, targets: list[ReadTarget], doubts: list[Doubt]) -> bool:
    """Read the table when it is one of targets; False when it is not. `scope` is the whole area's word (全市)."""
    for row in range(min(4, len(grid.rows))):
        cells = own_cells(grid, row)
        if len(cells) < 2 or any(len(cell.text) > 60 for cell in cells):
            continue
        heads = {cell.column: re.sub(r"\s", "", cell.folded) for cell in cells}
        bare = {column: _BRACKET.sub("", text) for column, text in heads.items()}
        value = next((c for c, text in bare.items() if _VALUE_HEAD.fullmatch(text) and c > 0), None)
        label = next((c for c, text in bare.items() if _METRIC_HEAD.fullmatch(text)), None)
        if value is not None and label is not None and label != value:
            measure = next((c for c, text in bare.items() if _MEASURE_HEAD.fullmatch(text) and c > label), None)
            return _by_metric(grid, row + 1, label, value, measure, scope, targets)
        unit = next((c for c, text in bare.items() if _UNIT_HEAD.fullmatch(text)), None)
        if unit is not None:
            depth = max(cell.rowspan for cell in cells)
            metrics = _metric_columns(grid, row, row + depth, unit)
            if metrics:
                return _by_unit(grid, row + depth, unit, metrics, scope, targets, doubts)
    return False


def _by_metric(
    grid: Grid, start: int, label: int, value: int, measure: int | None, scope: str, targets: list[ReadTarget]
) -> bool:
    found = 0
    for row in range(start, len(grid.rows)):
        name, amount = grid.rows[row].get(label), grid.rows[row].get(value)
        if name is None or amount is None or not name.text.strip() or not amount.text.strip():
            continue
        unit_cell = grid.rows[row].get(measure) if measure is not None else None
        target = _target(name.span.strip(), amount.span.strip(), unit_cell.span.words if unit_cell else "", scope)
        if target is not None:
            targets.append(target)
            found += 1
    return found > 0


def _metric_columns(grid: Grid, first: int, end: int, unit: int) -> dict[int, list[GridCell]]:
    """Columns to the right of the units whose heading, over all its rows, names a metric or a measure."""
    columns: dict[int, list[GridCell]] = {}
    for column in range(unit + 1, grid.width):
        stack: list[GridCell] = []
        for row in range(first, min(end, len(grid.rows))):
            cell = grid.rows[row].get(column)
            if cell is not None and cell.text.strip() and cell not in stack:
                stack.append(cell)
        label = "".join(cell.folded for cell in stack)
        bracket = _BRACKET.search(label)
        measure = bracket[1] if bracket else ""
        counted = bool(money_unit(measure) or _COUNT_UNITS.fullmatch(measure))
        known = metric_of(
            label,
            money=bool(money_unit(measure)) or ("资" in label and not _COUNT_UNITS.fullmatch(measure)),
            share="%" in measure,
        )
        # Beside a known metric a column that states its unit is one too, though its name is strange.
        if stack and (known or (columns and counted)):
            columns[column] = stack
    return columns


def _by_unit(
    grid: Grid,
    start: int,
    unit: int,
    metrics: dict[int, list[GridCell]],
    scope: str,
    targets: list[ReadTarget],
    doubts: list[Doubt],
) -> bool:
    sums: dict[int, Decimal] = {}
    totals: dict[int, ReadTarget] = {}
    found = 0
    metrics_of = _metrics(metrics)
    for row in range(start, len(grid.rows)):
        who = grid.rows[row].get(unit)
        heads = [cell for cell in own_cells(grid, row) if cell.column <= unit]
        total = next((cell for cell in heads if TOTAL.match(cell.folded)), None)
        named = total or who
        if named is None or not named.text.strip():
            continue
        for column, stack in metrics.items():
            cell = grid.rows[row].get(column)
            if cell is None or cell.row != row or not (match := _NUMBER.fullmatch(cell.folded.strip())):
                continue
            value = number(match[1])
            if value is None:
                continue
            target = _column_target(
                stack, cell.span.strip(), value, scope if total is not None else squeezed(named.text)
            )
            target.metric = target.metric or metrics_of[column]
            targets.append(target)
            found += 1
            if total is not None:
                totals.setdefault(column, target)
            else:
                sums[column] = sums.get(column, Decimal(0)) + value
    for column, target in totals.items():
        if column in sums and sums[column] != target.value:
            place = next(iter(target.places["value"]), None)
            message = f"“{target.label}”合计为{plain(target.value)}{target.unit}，各单位相加为{plain(sums[column])}{target.unit}"
            doubts.append(Doubt("total", message, target.quote, place))
    return found > 0


def _metrics(columns: dict[int, list[GridCell]]) -> dict[int, str]:
    """The metric of each column; "其中:10亿元以上(个)" counts a part of what the column before it counts."""
    found: dict[int, str] = {}
    before = ""
    for column, stack in columns.items():
        label = "".join(cell.folded for cell in stack)
        if "其中" not in label:
            bracket = _BRACKET.search(label)
            before = metric_of(label, money=bool(bracket and money_unit(bracket[1])), share="%" in label)
        found[column] = before if "其中" in label else ""
    return found


def _column_target(stack: list[GridCell], cell: Span, value: Decimal, scope: str) -> ReadTarget:
    label = squeezed("".join(head.text.strip() for head in stack))
    bracket = list(_BRACKET.finditer("".join(head.folded for head in stack)))
    unit = next((m[1] for m in reversed(bracket) if money_unit(m[1]) or _COUNT_UNITS.fullmatch(m[1])), "")
    bare = re.sub(r"[(（][^()（）]{1,8}[)）]", "", label) if unit else label
    money = money_unit(unit) is not None
    return ReadTarget(
        label=bare,
        metric=metric_of(bare, money=money, share=unit == "%"),
        comparator="ge",
        value=value,
        unit=unit,
        floor_yi=floor_of(bare),
        scope=scope,
        quote=f"{scope} {bare} {cell.words}",
        places=_places(tuple(p for head in stack for p in head.span.places), cell, floor_of(bare)),
    )


def _target(name: Span, cell: Span, measure: str, scope: str) -> ReadTarget | None:
    amount = next((a for a in find_amounts(cell.folded) if isinstance(a.value, Decimal)), None)
    bracket = _BRACKET.search(name.folded)
    measure = measure.strip() or (
        bracket[1] if bracket and (money_unit(bracket[1]) or _COUNT_UNITS.fullmatch(bracket[1])) else ""
    )
    if amount is not None and isinstance(amount.value, Decimal):
        value, unit, comparator, at = (
            amount.value,
            amount.unit,
            amount.comparator or "ge",
            cell.sub(amount.at, amount.to),
        )
    elif match := _NUMBER.fullmatch(cell.folded):
        read = number(match[1])
        if read is None:
            return None
        value, unit, comparator, at = read, measure, "ge", cell
    else:
        return None
    label = squeezed(name.text)
    if bracket and measure and bracket[1] == measure:
        label = re.sub(r"[(（][^()（）]{1,8}[)）]", "", label)
    return ReadTarget(
        label=label,
        metric=metric_of(label, money=unit in UNITS, share=unit == "%"),
        comparator=comparator,
        value=value,
        unit=unit,
        floor_yi=floor_of(label),
        scope=scope,
        quote=f"{name.words} {cell.words}",
        places=_places(name.places, at, floor_of(label)),
    )


def _places(label: tuple[Place, ...], value: Span, floor: Decimal | None) -> Places:
    """A floor stands in the words of the label."""
    return {"label": label, "value": value.places} | ({} if floor is None else {"floor_yi": label})
