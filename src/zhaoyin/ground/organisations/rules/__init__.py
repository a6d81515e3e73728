"""What the tree, the posts and the teams must keep to, decided on plain values."""

from .names import forms_of, kind_of
from .posts import CITY_LEADERS, PostKind, Term, may_appoint, post_kind_of
from .teams import Composition, Member, composition
from .terms import on_day, order_fault, overlap, span_words
from .tree import Node, code_fault, days_in_order, may_close, may_merge, may_move

__all__ = [
    "CITY_LEADERS", "Composition", "Member", "Node", "PostKind", "Term", "code_fault", "composition", "days_in_order",
    "forms_of", "kind_of", "may_appoint", "may_close", "may_merge", "may_move", "on_day", "order_fault", "overlap",
    "post_kind_of", "span_words",
]  # fmt: skip
