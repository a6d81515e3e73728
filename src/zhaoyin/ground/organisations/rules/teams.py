"""How a special team (专班) is composed: docs/plan.md 3.1.2, as docs/rules/organisations.md explains."""

from dataclasses import dataclass

from zhaoyin.kernel.verdict import Verdict

from .posts import CITY_LEADERS, PostKind

PARTS = 5  # city leader, section-level official, fund, base, commissioners


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team, with the kinds of posts held on the day that the team is judged for."""

    name: str
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Composition:
    """Who sits where, and which funds and bases are named."""

    city_leaders: tuple[Member, ...] = ()
    section_officials: tuple[Member, ...] = ()
    funds: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    commissioners: tuple[Member, ...] = ()


def composition(team: Composition) -> Verdict:
    """Whether a team is complete: exactly one city leader, one section-level official, one fund and one base, and at
    least one commissioner; each holds a post of that kind, and nobody sits twice.

    `figure` is how many of the five parts are in order, `required` is five; `reasons` say what each other one lacks.
    """
    faults = [
        _seats("市领导", team.city_leaders, CITY_LEADERS, 1),
        _seats("中层干部", team.section_officials, frozenset({PostKind.SECTION}), 1),
        _named("基金", "支", team.funds),
        _named("基地", "个", team.bases),
        _seats("招商专员", team.commissioners, frozenset({PostKind.COMMISSIONER}), None),
    ]
    everybody = [one.name for one in (*team.city_leaders, *team.section_officials, *team.commissioners)]
    twice = sorted({name for name in everybody if everybody.count(name) > 1})
    reasons = [fault for fault in faults if fault]
    if twice:
        reasons.append(f"{'、'.join(twice)}在专班中重复：一人只占一个位置。")
    return Verdict(not reasons, faults.count(""), PARTS, tuple(reasons))


def _seats(what: str, members: tuple[Member, ...], kinds: frozenset[str], most: int | None) -> str:
    named = "、".join(one.name for one in members)
    if not members:
        return f"缺{what}：应有 1 名。" if most == 1 else f"缺{what}：应不少于 1 名。"
    if most is not None and len(members) > most:
        return f"{what}应为 {most} 名，现为 {len(members)} 名：{named}。"
    others = [one.name for one in members if not one.kinds & kinds]
    return f"{'、'.join(others)}当日没有{what}的任职。" if others else ""


def _named(what: str, measure: str, names: tuple[str, ...]) -> str:
    if not names:
        return f"缺{what}：应有 1 {measure}。"
    return f"{what}应为 1 {measure}，现为 {len(names)} {measure}：{'、'.join(names)}。" if len(names) > 1 else ""
